// SPDX-License-Identifier: GPL-2.0-or-later
/* The first page: what there is, in pictures with the numbers below. */
#include <string.h>

#include "render/page/keys.h"
#include "render/page/site_pairs.h"
#include "render/words/text.h"
#include "site_overview.h"

#define BAR_WIDTH  560
#define BAR_LEFT   250
#define BAR_HEIGHT 26

/* What the bars show, and in which style; each is a share of the image's functions. */
static const struct share {
	enum mark mark;
	const char *text;
} shares[] = {
	{MARK_FULL, "full inline"},	   {MARK_NO_SYMBOL, "no symbol"}, {MARK_SELECTIVE, "selective inline"},
	{MARK_TRANSFORMED, "transformed"}, {MARK_COLLISION, "collision"}, {MARK_DUPLICATE, "duplicate"},
};

static void add_escaped(struct str *svg, const char *text)
{
	escape_text(svg, text, strlen(text), ESCAPE_HTML);
}

/* One bar an image, as long as it has functions of this kind. */
static void add_bar(struct str *svg, size_t row, const char *name, size_t value, size_t most)
{
	size_t y = row * BAR_HEIGHT, width = most ? value * BAR_WIDTH / most : 0;

	str_addf(svg, "<text class=\"bar-label\" x=\"%d\" y=\"%zu\">", BAR_LEFT - 8, y + 17);
	add_escaped(svg, name);
	str_addf(svg,
		 "</text><rect x=\"%d\" y=\"%zu\" width=\"%zu\" height=\"%d\"/><text x=\"%zu\" y=\"%zu\">%zu</text>",
		 BAR_LEFT, y + 4, width, BAR_HEIGHT - 8, BAR_LEFT + width + 6, y + 17, value);
}

/* One bar an image: an SVG in writer->arena; NULL if all are 0. */
static const char *site_plot(struct site_writer *writer, const size_t *of_images, const char *what, const char *id)
{
	const struct site_plan *plan = writer->data->plan;
	const char *visible = text_visible(&writer->arena, what);
	AUTO_STR struct str svg = {0};
	size_t most = 0;

	for (size_t i = 0; i < plan->image_count; i++)
		if (of_images[i] > most)
			most = of_images[i];
	if (!most)
		return NULL;
	str_addf(&svg,
		 "<svg class=\"bars\" role=\"img\" aria-labelledby=\"%s\" viewBox=\"0 0 %d %zu\" width=\"%d\" "
		 "height=\"%zu\">"
		 "<title id=\"%s\">Functions per image: ",
		 id, BAR_LEFT + BAR_WIDTH + 70, plan->image_count * BAR_HEIGHT, BAR_LEFT + BAR_WIDTH + 70,
		 plan->image_count * BAR_HEIGHT, id);
	add_escaped(&svg, visible);
	str_add(&svg, "</title>");
	for (size_t i = 0; i < plan->image_count; i++)
		add_bar(&svg, i, text_visible(&writer->arena, plan->images[i].name), of_images[i], most);
	str_add(&svg, "</svg>");
	return arena_strndup(&writer->arena, svg.data, svg.length);
}

void site_add_plot(struct site_writer *writer, struct list *plots, const size_t *of_images, const char *what,
		   const char *id, bool open)
{
	const char *svg = site_plot(writer, of_images, what, id);

	if (!svg)
		return;
	struct object *object = list_object(plots);

	object_text(object, KEY_title, text_visible(&writer->arena, what));
	object_text(object, KEY_plot, svg);
	object_flag(object, KEY_open, open);
}

static void add_plots(struct site_writer *writer, struct object *values, const struct site_counts *counts)
{
	struct list *plots = object_list(values, KEY_series);
	size_t images = writer->data->plan->image_count;
	size_t *of_images = arena_alloc(&writer->arena, images * sizeof(*of_images));

	for (size_t i = 0; i < ARRAY_LEN(shares); i++) {
		for (size_t image = 0; image < images; image++)
			of_images[image] = counts[image].marks[shares[i].mark];
		site_add_plot(writer, plots, of_images, shares[i].text, arena_printf(&writer->arena, "plot%zu", i),
			      i == 0);
	}
}

static void add_table(struct site_writer *writer, struct object *values, const struct site_counts *counts)
{
	const struct site_plan *plan = writer->data->plan;
	struct object *table = object_object(values, KEY_table);
	struct list *columns = object_list(table, KEY_columns), *rows = object_list(table, KEY_rows);
	bool used[MARK_COUNT] = {false};

	for (size_t mark = 0; mark < MARK_COUNT; mark++) {
		for (size_t i = 0; i < plan->image_count; i++)
			used[mark] |= counts[i].marks[mark] > 0;
		if (used[mark])
			list_text(columns, mark_text((enum mark)mark));
	}
	for (size_t i = 0; i < plan->image_count; i++) {
		struct object *row = list_object(rows);
		struct list *cells = object_list(row, KEY_cells);

		object_text(row, KEY_label, text_visible(&writer->arena, plan->images[i].name));
		object_text(row, KEY_href, url_image(&writer->arena, &plan->images[i]));
		object_number(row, KEY_sum, counts[i].names);
		object_number(row, KEY_plain, counts[i].plain);
		for (size_t mark = 0; mark < MARK_COUNT; mark++)
			if (used[mark])
				list_text(cells, arena_printf(&writer->arena, "%zu", counts[i].marks[mark]));
	}
}

struct error *site_write_overview(struct site_writer *writer)
{
	const struct site_plan *plan = writer->data->plan;
	struct object *values = object_new(&writer->arena);
	struct site_counts *counts = arena_alloc(&writer->whole, plan->image_count * sizeof(*counts));
	struct layout_page page = {"index.html", "Kernel function atlas",
				   "What became of every function of the Linux kernel, build by build."};

	for (size_t i = 0; i < plan->image_count; i++)
		site_count_image(writer->data, i, &counts[i]);
	object_number(values, KEY_count, plan->wanted_count);
	object_number(values, KEY_total, plan->image_count);
	object_flag(values, KEY_others, plan->wanted_count < plan->name_count);
	object_text(values, KEY_image, text_visible(&writer->arena, plan->images[plan->groups.baseline].name));
	add_plots(writer, values, counts);
	add_table(writer, values, counts);
	TRY(site_add_suffixes(writer, values));
	site_add_heat(writer, values);
	return site_write(writer, "overview.html", &page, values);
}
