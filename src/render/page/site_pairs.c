// SPDX-License-Identifier: GPL-2.0-or-later
/* What changed from one image to the next, over all functions. */
#include "site_pairs.h"
#include "atlas/differences.h"
#include "keys.h"
#include "render/words/text.h"

#define KINDS	  63
#define OPEN_MAX  120
#define HEAT_STEP 5

size_t site_pairs(const struct site_plan *plan, struct site_pair *pairs, size_t room)
{
	size_t count = 0;

	for (size_t i = 0; i < GROUP_COUNT; i++) {
		const struct group *group = &plan->groups.groups[i];

		for (size_t j = 0; j < group->count && count < room; j++) {
			const struct group_member *member = &group->members[j];

			if (member->compared != NO_IMAGE)
				pairs[count++] = (struct site_pair){member->compared, member->image,
								    member->compared_label, member->label};
		}
	}
	return count;
}

static void count_kinds(const struct site_data *data, size_t image, size_t *counts)
{
	const struct site_plan *plan = data->plan;

	for (size_t i = 0; i < plan->wanted_count; i++) {
		change_set found = data->written[i] ? data->all_changes[i * plan->image_count + image] : 0;

		for (size_t kind = 0; found; kind++, found >>= 1)
			counts[kind] += found & 1;
	}
}

static void add_functions(struct site_writer *writer, struct object *object, size_t image, size_t kind)
{
	const struct site_plan *plan = writer->data->plan;
	struct list *functions = object_list(object, KEY_functions);

	for (size_t i = 0; i < plan->wanted_count; i++) {
		if (!writer->data->written[i] ||
		    !(writer->data->all_changes[i * plan->image_count + image] >> kind & 1))
			continue;
		struct object *function = list_object(functions);
		const char *name = plan->names[plan->wanted[i]];

		object_text(function, KEY_name, text_function(&writer->arena, name));
		object_text(function, KEY_href, url_function(&writer->arena, plan, name));
	}
}

static const char *kind_text(size_t kind)
{
	return kind == KINDS ? "Not comparable in part" : change_text((enum change_kind)kind);
}

static struct error *write_pair(struct site_writer *writer, const struct site_pair *pair)
{
	const struct site_plan *plan = writer->data->plan;
	const struct image *before = &plan->images[pair->before], *after = &plan->images[pair->after];
	struct object *values = object_new(&writer->arena);
	struct list *kinds = object_list(values, KEY_kinds);
	size_t counts[KINDS + 1] = {0};
	struct layout_page page = {
		.link = url_pair(&writer->arena, before, after),
		.title = arena_printf(&writer->arena, "Changes from %s to %s", before->name, after->name),
	};

	object_text(values, KEY_before, text_visible(&writer->arena, before->name));
	object_text(values, KEY_after, text_visible(&writer->arena, after->name));
	object_text(values, KEY_link, url_image(&writer->arena, before));
	object_text(values, KEY_image, url_image(&writer->arena, after));
	count_kinds(writer->data, pair->after, counts);
	for (size_t kind = 0; kind <= KINDS; kind++) {
		if (!counts[kind])
			continue;
		struct object *object = list_object(kinds);

		object_text(object, KEY_title, kind_text(kind));
		object_number(object, KEY_anchor, kind);
		object_number(object, KEY_sum, counts[kind]);
		object_flag(object, KEY_open, counts[kind] <= OPEN_MAX);
		add_functions(writer, object, pair->after, kind);
	}
	return site_write(writer, "pair.html", &page, values);
}

/* Shades by powers of ten: what is changed once and what is changed a thousand times both have to be seen. */
static const char *heat_of(size_t count)
{
	static const char *const steps[HEAT_STEP + 1] = {"heat0", "heat1", "heat2", "heat3", "heat4", "heat5"};
	size_t step = 0;

	for (; count && step < HEAT_STEP; count /= 10)
		step++;
	return steps[step];
}

void site_add_heat(struct site_writer *writer, struct object *values)
{
	const struct site_plan *plan = writer->data->plan;
	struct arena *arena = &writer->arena;
	struct site_pair *pairs = arena_alloc(arena, plan->image_count * sizeof(*pairs));
	size_t count = site_pairs(plan, pairs, plan->image_count), used[KINDS + 1] = {0};
	size_t(*counts)[KINDS + 1] = arena_zalloc(arena, (count + 1) * sizeof(*counts));
	struct object *heat = count ? object_object(values, KEY_heat) : NULL;
	struct list *columns = heat ? object_list(heat, KEY_columns) : NULL,
		    *rows = heat ? object_list(heat, KEY_rows) : NULL;

	for (size_t i = 0; i < count; i++) {
		count_kinds(writer->data, pairs[i].after, counts[i]);
		for (size_t kind = 0; kind <= KINDS; kind++)
			used[kind] += counts[i][kind];
	}
	for (size_t i = 0; i < count; i++) {
		struct object *row = list_object(columns);

		object_text(row, KEY_before, text_visible(arena, pairs[i].before_label));
		object_text(row, KEY_after, text_visible(arena, pairs[i].after_label));
		object_text(row, KEY_href,
			    url_pair(arena, &plan->images[pairs[i].before], &plan->images[pairs[i].after]));
	}
	for (size_t kind = 0; kind <= KINDS; kind++) {
		if (!used[kind])
			continue;
		struct object *row = list_object(rows);
		struct list *cells = object_list(row, KEY_cells);

		object_text(row, KEY_label, kind_text(kind));
		for (size_t i = 0; i < count; i++) {
			struct object *cell = list_object(cells);

			object_number(cell, KEY_sum, counts[i][kind]);
			object_text(cell, KEY_style, heat_of(counts[i][kind]));
		}
	}
}

struct error *site_write_pairs(struct site_writer *writer)
{
	const struct site_plan *plan = writer->data->plan;
	struct site_pair *pairs = arena_alloc(&writer->whole, plan->image_count * sizeof(*pairs));
	size_t count = site_pairs(plan, pairs, plan->image_count);
	struct layout_page page = {.link = "diff/index.html", .title = "Changes between images"};

	for (size_t i = 0; i < count; i++)
		TRY(write_pair(writer, &pairs[i]));
	struct object *values = object_new(&writer->arena);

	site_add_heat(writer, values);
	return site_write(writer, "pairs.html", &page, values);
}
