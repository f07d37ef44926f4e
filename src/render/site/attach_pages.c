// SPDX-License-Identifier: GPL-2.0-or-later
#include "attach_pages.h"

#include <stdlib.h>

#include "render/page/keys.h"
#include "render/page/page_file.h"
#include "render/page/verdicts.h"
#include "render/page/writer.h"
#include "render/words/text.h"

#define LETTERS 256

struct attach_writer {
	const struct site_plan *plan;
	const marks *all_marks;
	const char *dir;
	struct templates *templates;
	struct arena arena; /* for the page at hand */
	struct str text;
	/* Functions by kind, reach and letter. */
	size_t counts[ATTACH_KIND_COUNT][REACH_COUNT][LETTERS];
};

static const char *name_of(const struct attach_writer *writer, size_t wanted)
{
	return writer->plan->names[writer->plan->wanted[wanted]];
}

static enum reach reach(const struct attach_writer *writer, size_t wanted, enum attach_kind kind)
{
	size_t images = writer->plan->image_count;

	return reach_of(writer->all_marks + wanted * images, images, kind);
}

static struct error *write_page(struct attach_writer *writer, const char *template_file, const struct object *page,
				const char *path)
{
	const struct template *template;

	TRY(templates_get(writer->templates, template_file, &template));
	str_clear(&writer->text);
	template_run(template, page, ESCAPE_MARKDOWN, &writer->text);
	TRY(writer_write(path, &writer->text));
	arena_reset(&writer->arena);
	return NULL;
}

static void add_row(struct attach_writer *writer, struct list *rows, size_t wanted, enum attach_kind kind)
{
	const struct site_plan *plan = writer->plan;
	const char *name = name_of(writer, wanted);
	const char *file = page_file_name(&writer->arena, name, plan->shadowed[plan->wanted[wanted]]);
	struct object *row = list_object(rows);

	object_text(row, KEY_name, text_visible(&writer->arena, name));
	object_text(row, KEY_link,
		    arena_printf(&writer->arena, "../../function/%c/%s", page_letter(name),
				 text_href(&writer->arena, file)));
	object_text(
		row, KEY_text,
		reach_counts(&writer->arena, writer->all_marks + wanted * plan->image_count, plan->image_count, kind));
}

static struct error *write_letter(struct attach_writer *writer, enum attach_kind kind, enum reach wanted, char letter)
{
	AUTO_FREE char *dir = xasprintf("%s/%s-%s", writer->dir, attach_kind_key(kind), reach_key(wanted));
	AUTO_FREE char *path = xasprintf("%s/%c.md", dir, letter);
	struct object *page = object_new(&writer->arena);
	struct list *rows = object_list(page, KEY_rows);

	object_text(page, KEY_kind, attach_kind_name(kind));
	object_text(page, KEY_text, reach_text(wanted));
	object_text(page, KEY_letter, arena_strndup(&writer->arena, &letter, 1));
	object_number(page, KEY_count, writer->counts[kind][wanted][(unsigned char)letter]);
	for (size_t i = 0; i < writer->plan->wanted_count; i++)
		if (page_letter(name_of(writer, i)) == letter && reach(writer, i, kind) == wanted)
			add_row(writer, rows, i, kind);
	TRY(writer_make_dir(dir));
	return write_page(writer, "attach-letter.md", page, path);
}

/* Where nothing at all is known of a kind (imported facts), a list of everything would tell nothing. */
static bool is_listed(const struct attach_writer *writer, int kind, int far)
{
	size_t known = 0;

	for (int other = 0; other < REACH_COUNT; other++)
		for (size_t letter = 0; other != REACH_UNKNOWN && letter < LETTERS; letter++)
			known += writer->counts[kind][other][letter];
	return known || far != REACH_UNKNOWN;
}

/* The letters of one list, with links to them. */
static size_t add_letters(struct attach_writer *writer, struct object *row, int kind, int far)
{
	struct list *items = object_list(row, KEY_items);
	size_t all = 0;

	for (size_t letter = 0; letter < LETTERS; letter++) {
		char text = (char)letter;
		size_t count = writer->counts[kind][far][letter];

		all += count;
		if (!count || !is_listed(writer, kind, far))
			continue;
		struct object *item = list_object(items);

		object_text(item, KEY_letter, arena_strndup(&writer->arena, &text, 1));
		object_text(item, KEY_link,
			    arena_printf(&writer->arena, "%s-%s/%c.md", attach_kind_key((enum attach_kind)kind),
					 reach_key((enum reach)far), text));
		object_number(item, KEY_count, count);
	}
	return all;
}

static struct error *write_top(struct attach_writer *writer)
{
	AUTO_FREE char *path = xasprintf("%s/index.md", writer->dir);
	struct object *page = object_new(&writer->arena);
	struct list *rows = object_list(page, KEY_rows);

	for (int kind = 0; kind < ATTACH_KIND_COUNT; kind++) {
		for (int far = 0; far < REACH_COUNT; far++) {
			struct object *row = list_object(rows);

			object_text(row, KEY_kind, attach_kind_name((enum attach_kind)kind));
			object_text(row, KEY_text, reach_text((enum reach)far));
			object_number(row, KEY_count, add_letters(writer, row, kind, far));
		}
	}
	return write_page(writer, "attach.md", page, path);
}

static struct error *write_all(struct attach_writer *writer)
{
	for (size_t i = 0; i < writer->plan->wanted_count; i++) {
		for (int kind = 0; kind < ATTACH_KIND_COUNT; kind++) {
			enum reach found = reach(writer, i, (enum attach_kind)kind);

			if (found != REACH_NOWHERE)
				writer->counts[kind][found][(unsigned char)page_letter(name_of(writer, i))]++;
		}
	}
	TRY(writer_make_dir(writer->dir));
	for (int kind = 0; kind < ATTACH_KIND_COUNT; kind++)
		for (int far = 0; far < REACH_COUNT; far++)
			for (size_t letter = 0; letter < LETTERS; letter++)
				if (writer->counts[kind][far][letter] && is_listed(writer, kind, far))
					TRY(write_letter(writer, (enum attach_kind)kind, (enum reach)far,
							 (char)letter));
	return write_top(writer);
}

struct error *attach_pages_write(const struct site_plan *plan, const marks *all_marks)
{
	AUTO_FREE char *dir = xasprintf("%s/attach", plan->options->out_dir);
	struct attach_writer *writer = xcalloc(1, sizeof(*writer));

	writer->plan = plan;
	writer->all_marks = all_marks;
	writer->dir = dir;
	arena_init(&writer->arena);
	templates_open(plan->options->template_dir, &template_keys, &writer->templates);
	struct error *err = write_all(writer);

	templates_close(writer->templates);
	arena_fini(&writer->arena);
	str_free(&writer->text);
	free(writer);
	return err;
}
