// SPDX-License-Identifier: GPL-2.0-or-later
#include "site_writer.h"

#include <string.h>

#include "atlas/search.h"
#include "keys.h"
#include "render/words/text.h"
#include "verdicts.h"
#include "writer.h"

struct error *site_writer_open(const struct site_data *data, struct site_writer *writer)
{
	*writer = (struct site_writer){.data = data};
	arena_init(&writer->arena);
	arena_init(&writer->whole);
	templates_open(data->plan->options->template_dir, &template_keys, &writer->templates);
	struct error *err = layout_open(data->plan, writer->templates, &writer->layout);

	if (err)
		site_writer_close(writer);
	return err;
}

void site_writer_close(struct site_writer *writer)
{
	layout_close(&writer->layout);
	templates_close(writer->templates);
	arena_fini(&writer->arena);
	arena_fini(&writer->whole);
	str_free(&writer->text);
	vec_free(&writer->links);
	free(writer->made);
	manifest_page_fini(&writer->page);
	if (writer->store)
		store_close(writer->store);
}

struct error *site_writer_store(struct site_writer *writer, struct store **store)
{
	if (!writer->store)
		TRY(store_open(writer->data->plan->options->atlas_path, STORE_READ, &writer->store));
	*store = writer->store;
	return NULL;
}

struct error *site_write_text(struct site_writer *writer, const char *link)
{
	const char *file = url_file(&writer->arena, link);
	AUTO_FREE char *path = xasprintf("%s/%s", writer->data->plan->options->out_dir, file);
	AUTO_FREE char *dir = xstrndup(path, (size_t)(strrchr(path, '/') - path));

	if (!writer->made || strcmp(writer->made, dir) != 0) {
		TRY(writer_make_dir(dir));
		free(writer->made);
		writer->made = xstrdup(dir);
	}
	TRY(writer_write(path, &writer->text));
	manifest_page_file(writer->data->manifest, &writer->page, file);
	return NULL;
}

struct error *site_write(struct site_writer *writer, const char *template_file, const struct layout_page *page,
			 struct object *values)
{
	const struct template *template;

	TRY(templates_get(writer->templates, template_file, &template));
	str_clear(&writer->text);
	layout_run(&writer->layout, &writer->arena, template, page, values, &writer->text);
	vec_add(&writer->links, arena_strdup(&writer->whole, page->link));
	TRY(site_write_text(writer, page->link));
	arena_reset(&writer->arena);
	return NULL;
}

struct error *site_write_markdown(struct site_writer *writer, const char *template_file, const char *link,
				  struct object *values)
{
	const struct template *template;

	TRY(templates_get(writer->templates, template_file, &template));
	str_clear(&writer->text);
	object_text(values, KEY_root, url_root(&writer->arena, link));
	template_run(template, values, ESCAPE_MARKDOWN, &writer->text);
	TRY(site_write_text(writer, link));
	arena_reset(&writer->arena);
	return NULL;
}

void site_add_columns(struct site_writer *writer, struct object *page)
{
	const struct site_plan *plan = writer->data->plan;
	struct list *columns = object_list(page, KEY_columns);

	for (size_t i = 0; i < GROUP_COUNT; i++)
		if (plan->groups.groups[i].count)
			list_text(columns, plan->groups.groups[i].title);
}

void site_add_row(struct site_writer *writer, struct list *rows, size_t wanted)
{
	const struct site_plan *plan = writer->data->plan;
	const char *name = plan->names[plan->wanted[wanted]];
	struct object *row = list_object(rows);
	struct list *cells = object_list(row, KEY_cells);

	object_text(row, KEY_name, text_function(&writer->arena, name));
	object_text(row, KEY_href, url_function(&writer->arena, plan, name));
	object_text(
		row, KEY_attach,
		reach_words(&writer->arena, writer->data->all_marks + wanted * plan->image_count, plan->image_count));
	for (size_t i = 0; i < GROUP_COUNT; i++)
		if (plan->groups.groups[i].count)
			list_text(cells,
				  marks_text(&writer->arena, writer->data->all_marks + wanted * plan->image_count,
					     &plan->groups.groups[i]));
}

void site_add_letters(struct site_writer *writer, struct object *page, const size_t *counts, char shown)
{
	struct list *letters = object_list(page, KEY_items);

	for (size_t letter = 0; letter < LETTERS; letter++) {
		if (!counts[letter])
			continue;
		struct object *object = list_object(letters);
		char text = (char)letter;

		object_text(object, KEY_letter, arena_strndup(&writer->arena, &text, 1));
		object_number(object, KEY_sum, counts[letter]);
		object_flag(object, KEY_same, text == shown);
	}
}

size_t site_find_wanted(const struct site_plan *plan, const char *name)
{
	size_t low = lower_bound(at, plan->wanted_count, strcmp(plan->names[plan->wanted[at]], name) < 0);

	return low < plan->wanted_count && str_eq(plan->names[plan->wanted[low]], name) ? low : SIZE_MAX;
}

#define THERE_NOT \
	(1u << MARK_ABSENT | 1u << MARK_NOT_IN_VMLINUX | 1u << MARK_UNKNOWN | 1u << MARK_MACRO | 1u << MARK_DECLARED)

void site_count_image(const struct site_data *data, size_t image, struct site_counts *counts)
{
	const struct site_plan *plan = data->plan;

	*counts = (struct site_counts){0};
	for (size_t i = 0; i < plan->wanted_count; i++) {
		marks found = data->all_marks[i * plan->image_count + image];

		if (!data->written[i])
			continue;
		counts->names += !(found & THERE_NOT);
		counts->plain += !(found & MARKS_ISSUES);
		for (size_t mark = 0; mark < MARK_COUNT; mark++)
			counts->marks[mark] += found >> mark & 1;
	}
}
