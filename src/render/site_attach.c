// SPDX-License-Identifier: GPL-2.0-or-later
/* Lists of functions by where probes attach: kind, how far, letter. */
#include "keys.h"
#include "page_file.h"
#include "site_writer.h"
#include "text.h"
#include "verdicts.h"

#define LETTERS 256

static enum reach reach(const struct site_data *data, size_t wanted, enum attach_kind kind)
{
	size_t images = data->plan->image_count;

	return data->written[wanted] ? reach_of(data->all_marks + wanted * images, images, kind) : REACH_NOWHERE;
}

static const char *folder(struct arena *arena, enum attach_kind kind, enum reach wanted)
{
	return arena_printf(arena, "attach/%s-%s", attach_kind_key(kind), reach_key(wanted));
}

/* The functions of one list, one letter or (0) only their letters. */
struct selection {
	enum attach_kind kind;
	enum reach reach;
	size_t letters[LETTERS], all;
	bool unlisted;
};

static bool is_listed(const struct selection *selection)
{
	return selection->all && !selection->unlisted;
}

static void count(const struct site_data *data, struct selection *selection)
{
	for (size_t i = 0; i < data->plan->wanted_count; i++) {
		if (reach(data, i, selection->kind) != selection->reach)
			continue;
		selection->letters[(unsigned char)page_letter(data->plan->names[data->plan->wanted[i]])]++;
		selection->all++;
	}
}

static const char *title_of(struct arena *arena, const struct selection *selection)
{
	return arena_printf(arena, "Attachable by %s: %s", attach_kind_name(selection->kind),
			    reach_key(selection->reach));
}

static struct object *new_values(struct site_writer *writer, const struct selection *selection, size_t functions)
{
	struct object *values = object_new(&writer->arena);
	struct list *items = object_list(values, KEY_items);

	object_text(values, KEY_title, title_of(&writer->arena, selection));
	object_text(values, KEY_kind, attach_kind_name(selection->kind));
	object_text(values, KEY_text, reach_text(selection->reach));
	object_number(values, KEY_count, functions);
	for (size_t letter = 0; letter < LETTERS; letter++) {
		char text = (char)letter;

		if (!selection->letters[letter])
			continue;
		struct object *item = list_object(items);

		object_text(item, KEY_letter, arena_strndup(&writer->arena, &text, 1));
		object_text(item, KEY_href,
			    arena_printf(&writer->arena, "%s/%c.html",
					 folder(&writer->arena, selection->kind, selection->reach), text));
		object_number(item, KEY_sum, selection->letters[letter]);
	}
	return values;
}

static struct error *write_letter(struct site_writer *writer, const struct selection *selection, char letter)
{
	const struct site_plan *plan = writer->data->plan;
	struct object *values = new_values(writer, selection, selection->letters[(unsigned char)letter]);
	struct list *rows = object_list(values, KEY_rows);
	struct layout_page page = {
		.link = arena_printf(&writer->arena, "%s/%c.html",
				     folder(&writer->arena, selection->kind, selection->reach), letter),
		.title = arena_printf(&writer->arena, "%s, %c", title_of(&writer->arena, selection), letter),
	};

	for (size_t i = 0; i < plan->wanted_count; i++) {
		const char *name = plan->names[plan->wanted[i]];

		if (page_letter(name) != letter || reach(writer->data, i, selection->kind) != selection->reach)
			continue;
		struct object *row = list_object(rows);

		object_text(row, KEY_name, text_function(&writer->arena, name));
		object_text(row, KEY_href, url_function(&writer->arena, plan, name));
		object_text(row, KEY_text,
			    reach_counts(&writer->arena, writer->data->all_marks + i * plan->image_count,
					 plan->image_count, selection->kind));
	}
	return site_write(writer, "attach-letter.html", &page, values);
}

static struct error *write_selection(struct site_writer *writer, const struct selection *selection)
{
	struct layout_page page = {
		.link = arena_printf(&writer->arena, "%s/index.html",
				     folder(&writer->arena, selection->kind, selection->reach)),
		.title = title_of(&writer->arena, selection),
	};

	TRY(site_write(writer, "attach-letters.html", &page, new_values(writer, selection, selection->all)));
	for (size_t letter = 0; letter < LETTERS; letter++)
		if (selection->letters[letter])
			TRY(write_letter(writer, selection, (char)letter));
	return NULL;
}

static void add_cell(struct site_writer *writer, struct list *cells, const struct selection *selection)
{
	struct object *cell = list_object(cells);

	object_number(cell, KEY_sum, selection->all);
	if (is_listed(selection))
		object_text(cell, KEY_href,
			    arena_printf(&writer->whole, "%s/index.html",
					 folder(&writer->whole, selection->kind, selection->reach)));
}

struct error *site_write_attach(struct site_writer *writer)
{
	static const struct layout_page page = {.link = "attach/index.html", .title = "Where probes attach"};
	struct selection selections[ATTACH_KIND_COUNT][REACH_COUNT] = {0};

	for (int kind = 0; kind < ATTACH_KIND_COUNT; kind++) {
		size_t known = 0;

		for (int far = 0; far < REACH_COUNT; far++) {
			struct selection *selection = &selections[kind][far];

			selection->kind = (enum attach_kind)kind;
			selection->reach = (enum reach)far;
			count(writer->data, selection);
			known += far == REACH_UNKNOWN ? 0 : selection->all;
		}
		/* Where nothing at all is known (imported facts), a list of everything would tell nothing. */
		if (!known)
			selections[kind][REACH_UNKNOWN].unlisted = true;
		for (int far = 0; far < REACH_COUNT; far++)
			if (is_listed(&selections[kind][far]))
				TRY(write_selection(writer, &selections[kind][far]));
	}
	struct object *values = object_new(&writer->arena);
	struct list *columns = object_list(values, KEY_columns), *rows = object_list(values, KEY_rows);

	for (int far = 0; far < REACH_COUNT; far++)
		list_text(columns, reach_text((enum reach)far));
	for (int kind = 0; kind < ATTACH_KIND_COUNT; kind++) {
		struct object *row = list_object(rows);
		struct list *cells = object_list(row, KEY_cells);

		object_text(row, KEY_name, attach_kind_name((enum attach_kind)kind));
		for (int far = 0; far < REACH_COUNT; far++)
			add_cell(writer, cells, &selections[kind][far]);
	}
	return site_write(writer, "attach.html", &page, values);
}
