// SPDX-License-Identifier: GPL-2.0-or-later
/* Lists of functions by where probes attach: kind, how far, letter. */
#include "render/page/keys.h"
#include "render/page/page_file.h"
#include "render/page/site_writer.h"
#include "render/page/verdicts.h"
#include "render/words/text.h"

#define LETTERS 256
/* As in the lists by letter. */
#define PAGE_NAMES 1000

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

/* The functions of one letter, by number. */
struct names {
	VEC(size_t) wanted;
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
			    reach_text(selection->reach));
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

static const char *page_link(struct arena *arena, const struct selection *selection, char letter, size_t number)
{
	const char *dir = folder(arena, selection->kind, selection->reach);

	return number ? arena_printf(arena, "%s/%c-%zu.html", dir, letter, number + 1)
		      : arena_printf(arena, "%s/%c.html", dir, letter);
}

/* Which page has which names: from the first of each on. */
static void add_pages(struct site_writer *writer, const struct selection *selection, const struct names *names,
		      char letter, size_t shown, struct object *values)
{
	const struct site_plan *plan = writer->data->plan;
	struct list *pages = object_list(object_object(values, KEY_some), KEY_pages);

	for (size_t number = 0; number * PAGE_NAMES < names->wanted.count; number++) {
		struct object *page = list_object(pages);
		const char *first = plan->names[plan->wanted[names->wanted.items[number * PAGE_NAMES]]];

		object_text(page, KEY_name, text_function(&writer->arena, first));
		object_text(page, KEY_href,
			    number == shown ? NULL : page_link(&writer->arena, selection, letter, number));
	}
}

static void add_row(struct site_writer *writer, const struct selection *selection, size_t wanted, struct list *rows)
{
	const struct site_plan *plan = writer->data->plan;
	const char *name = plan->names[plan->wanted[wanted]];
	struct object *row = list_object(rows);

	object_text(row, KEY_name, text_function(&writer->arena, name));
	object_text(row, KEY_href, url_function(&writer->arena, plan, name));
	object_text(row, KEY_text,
		    reach_counts(&writer->arena, writer->data->all_marks + wanted * plan->image_count,
				 plan->image_count, selection->kind));
}

static struct error *write_page(struct site_writer *writer, const struct selection *selection,
				const struct names *names, char letter, size_t number)
{
	struct object *values = new_values(writer, selection, selection->letters[(unsigned char)letter]);
	struct list *rows = object_list(values, KEY_rows);
	const char *part = number ? arena_printf(&writer->arena, ", page %zu", number + 1) : "";
	struct layout_page page = {
		.link = page_link(&writer->arena, selection, letter, number),
		.title = arena_printf(&writer->arena, "%s, %c%s", title_of(&writer->arena, selection), letter, part),
	};

	if (names->wanted.count > PAGE_NAMES)
		add_pages(writer, selection, names, letter, number, values);
	for (size_t i = number * PAGE_NAMES; i < names->wanted.count && i < (number + 1) * PAGE_NAMES; i++)
		add_row(writer, selection, names->wanted.items[i], rows);
	return site_write(writer, "attach-letter.html", &page, values);
}

static struct error *write_letter(struct site_writer *writer, const struct selection *selection, char letter)
{
	const struct site_plan *plan = writer->data->plan;
	struct error *err = NULL;
	struct names names = {0};

	for (size_t i = 0; i < plan->wanted_count; i++)
		if (page_letter(plan->names[plan->wanted[i]]) == letter &&
		    reach(writer->data, i, selection->kind) == selection->reach)
			vec_add(&names.wanted, i);
	for (size_t number = 0; !err && number * PAGE_NAMES < names.wanted.count; number++)
		err = write_page(writer, selection, &names, letter, number);
	vec_free(&names.wanted);
	return err;
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
