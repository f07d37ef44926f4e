// SPDX-License-Identifier: GPL-2.0-or-later
/* Size and callers of a function from release to release, as a small picture whose numbers are text. */
#include <string.h>

#include "html.h"

#include "atlas/str.h"
#include "render/words/text.h"

#define STEP	    76
#define LEFT	    76
#define ROW	    56
#define POINTS_MAX  64
#define PLOT_HEIGHT 24

struct point {
	const char *label;
	uint64_t value;
	bool known;
};

struct points {
	struct point items[POINTS_MAX];
	size_t count, known;
	uint64_t most;
};

static void add_point(struct points *points, const char *label, bool known, uint64_t value)
{
	points->items[points->count++] = (struct point){label, value, known};
	points->known += known;
	if (known && value > points->most)
		points->most = value;
}

static void collect(const struct page_input *input, struct points *sizes, struct points *callers)
{
	const struct group *group = &input->groups->groups[GROUP_REGULAR];
	size_t first = group->count > POINTS_MAX ? group->count - POINTS_MAX : 0;

	for (size_t i = first; i < group->count; i++) {
		const struct group_member *member = &group->members[i];
		const struct function *function = input->functions[member->image];
		bool there = function && presence_of(&input->images[member->image], function, input->name) == PRESENT;
		const struct symbol *symbol = there ? function_plain_symbol(function) : NULL;
		bool counted = there && function->instance_count > 0;

		add_point(sizes, member->label, symbol && symbol->size_bytes, symbol ? symbol->size_bytes : 0);
		add_point(callers, member->label, counted,
			  counted ? (uint64_t)function->class.call_sites + function->class.inlined_sites : 0);
	}
}

static unsigned height_of(const struct points *points, size_t i)
{
	return points->most ? (unsigned)(points->items[i].value * PLOT_HEIGHT / points->most) : 0;
}

static void add_line(struct str *svg, const struct points *points, unsigned top)
{
	bool going = false;

	str_add(svg, "<path d=\"");
	for (size_t i = 0; i < points->count; i++) {
		if (points->items[i].known)
			str_addf(svg, "%c%zu %u", going ? 'L' : 'M', LEFT + i * STEP + STEP / 2,
				 top + ROW - 8 - height_of(points, i));
		going = points->items[i].known;
	}
	str_add(svg, "\"/>");
}

static void add_row(struct str *svg, const struct points *points, unsigned top, const char *title)
{
	str_addf(svg, "<text class=\"row\" x=\"0\" y=\"%u\">%s</text>", top + ROW - 14, title);
	add_line(svg, points, top);
	for (size_t i = 0; i < points->count; i++) {
		size_t x = LEFT + i * STEP + STEP / 2;
		unsigned y = top + ROW - 8 - height_of(points, i);

		if (!points->items[i].known) {
			str_addf(svg, "<text x=\"%zu\" y=\"%u\">–</text>", x, top + ROW - 8);
			continue;
		}
		str_addf(svg, "<circle cx=\"%zu\" cy=\"%u\" r=\"3\"/><text x=\"%zu\" y=\"%u\">", x, y, x, y - 6);
		str_add_u64(svg, points->items[i].value);
		str_add(svg, "</text>");
	}
}

static void add_labels(struct str *svg, const struct points *points, unsigned top, struct arena *arena)
{
	for (size_t i = 0; i < points->count; i++) {
		const char *label = text_visible(arena, points->items[i].label);

		str_addf(svg, "<text class=\"tick\" x=\"%zu\" y=\"%u\">", LEFT + i * STEP + STEP / 2, top);
		escape_text(svg, label, strlen(label), ESCAPE_HTML);
		str_add(svg, "</text>");
	}
}

const char *html_timeline(struct arena *arena, const struct page_input *input)
{
	struct points sizes = {0}, callers = {0};
	AUTO_STR struct str svg = {0};

	collect(input, &sizes, &callers);
	if (sizes.known + callers.known == 0 || sizes.count < 2)
		return NULL;
	size_t width = LEFT + sizes.count * STEP, height = 2 * ROW + 24;

	str_addf(&svg,
		 "<svg class=\"timeline\" role=\"img\" aria-labelledby=\"timeline-title\" viewBox=\"0 0 %zu %zu\" "
		 "width=\"%zu\" "
		 "height=\"%zu\"><title id=\"timeline-title\">Code size in bytes and number of call sites, release by "
		 "release</title>",
		 width, height, width, height);
	add_row(&svg, &sizes, 0, "size, bytes");
	add_row(&svg, &callers, ROW, "call sites");
	add_labels(&svg, &sizes, 2 * ROW + 16, arena);
	str_add(&svg, "</svg>");
	return arena_strndup(arena, svg.data, svg.length);
}
