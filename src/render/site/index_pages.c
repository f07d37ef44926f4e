// SPDX-License-Identifier: GPL-2.0-or-later
#include "index_pages.h"

#include "render/page/keys.h"
#include "render/page/page_file.h"
#include "render/page/writer.h"
#include "render/words/text.h"

#define LETTERS 256

struct index_writer {
	const struct site_plan *plan;
	const marks *all_marks;
	const char *dir;
	struct arena arena; /* for the list at hand */
	struct templates *templates;
	struct str text;
	size_t counts[LETTERS];
};

static void add_columns(struct object *page, const struct site_plan *plan)
{
	struct list *columns = object_list(page, KEY_columns);

	for (size_t i = 0; i < GROUP_COUNT; i++)
		if (plan->groups.groups[i].count)
			list_text(columns, plan->groups.groups[i].title);
}

static void add_row(struct index_writer *writer, struct list *rows, size_t number)
{
	const struct site_plan *plan = writer->plan;
	const char *name = plan->names[plan->wanted[number]];
	const char *file = page_file_name(&writer->arena, name, plan->shadowed[plan->wanted[number]]);
	struct object *row = list_object(rows);
	struct list *cells = object_list(row, KEY_cells);

	object_text(row, KEY_name, text_visible(&writer->arena, name));
	object_text(row, KEY_link, text_href(&writer->arena, file));
	for (size_t i = 0; i < GROUP_COUNT; i++)
		if (plan->groups.groups[i].count)
			list_text(cells, marks_text(&writer->arena, writer->all_marks + number * plan->image_count,
						    &plan->groups.groups[i]));
}

static struct error *write_page(struct index_writer *writer, const char *template_file, const struct object *page,
				const char *path)
{
	const struct template *template;

	TRY(templates_get(writer->templates, template_file, &template));
	str_clear(&writer->text);
	template_run(template, page, ESCAPE_MARKDOWN, &writer->text);
	return writer_write(path, &writer->text);
}

static struct error *write_letter(struct index_writer *writer, char letter)
{
	const struct site_plan *plan = writer->plan;
	AUTO_FREE char *path = xasprintf("%s/%c/index.md", writer->dir, letter);

	arena_reset(&writer->arena);
	struct object *page = object_new(&writer->arena);
	struct list *rows = object_list(page, KEY_rows);

	object_text(page, KEY_letter, arena_strndup(&writer->arena, &letter, 1));
	object_number(page, KEY_count, writer->counts[(unsigned char)letter]);
	add_columns(page, plan);
	for (size_t i = 0; i < plan->wanted_count; i++)
		if (page_letter(plan->names[plan->wanted[i]]) == letter)
			add_row(writer, rows, i);
	return write_page(writer, "index-letter.md", page, path);
}

static void add_images(struct index_writer *writer, struct object *page)
{
	const struct site_plan *plan = writer->plan;
	struct list *list = object_list(page, KEY_images);

	for (size_t i = 0; i < plan->image_count; i++) {
		const struct image *image = &plan->images[i];
		struct object *object = list_object(list);

		object_text(object, KEY_image, text_visible(&writer->arena, image->name));
		object_text(object, KEY_evidence, evidence_text(image->evidence));
		object_number(object, KEY_count, (uint64_t)image->function_count);
		object_flag(object, KEY_baseline, i == plan->groups.baseline);
	}
}

static struct error *write_top(struct index_writer *writer)
{
	AUTO_FREE char *path = xasprintf("%s/index.md", writer->dir);

	arena_reset(&writer->arena);
	struct object *page = object_new(&writer->arena);
	struct list *rows = object_list(page, KEY_rows);

	object_number(page, KEY_count, writer->plan->wanted_count);
	add_images(writer, page);
	for (size_t letter = 0; letter < LETTERS; letter++) {
		if (!writer->counts[letter])
			continue;
		struct object *row = list_object(rows);
		char text = (char)letter;

		object_text(row, KEY_letter, arena_strndup(&writer->arena, &text, 1));
		object_number(row, KEY_count, writer->counts[letter]);
	}
	return write_page(writer, "index.md", page, path);
}

static struct error *write_all(struct index_writer *writer)
{
	for (size_t i = 0; i < writer->plan->wanted_count; i++)
		writer->counts[(unsigned char)page_letter(writer->plan->names[writer->plan->wanted[i]])]++;
	for (size_t letter = 0; letter < LETTERS; letter++)
		if (writer->counts[letter])
			TRY(write_letter(writer, (char)letter));
	return write_top(writer);
}

struct error *index_pages_write(const struct site_plan *plan, const marks *all_marks, const char *dir)
{
	struct index_writer writer = {.plan = plan, .all_marks = all_marks, .dir = dir};

	arena_init(&writer.arena);
	templates_open(plan->options->template_dir, &template_keys, &writer.templates);
	struct error *err = write_all(&writer);

	templates_close(writer.templates);
	arena_fini(&writer.arena);
	str_free(&writer.text);
	return err;
}
