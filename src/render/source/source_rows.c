// SPDX-License-Identifier: GPL-2.0-or-later
/* The functions of a file: what the tree says and what images say, one row a name. */
#include <stdlib.h>
#include <string.h>

#include "atlas/facts.h"
#include "source_page.h"

struct row_list {
	VEC(struct source_row) rows;
};

bool source_is_release(const struct source_page *page, size_t image)
{
	return page->tree && page->tree->of_image[image];
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct source_row *)a)->name, ((const struct source_row *)b)->name);
}

static int by_line(const void *a, const void *b)
{
	const struct source_row *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return strcmp(x->name, y->name);
}

static struct source_row *row_named(struct row_list *list, size_t sorted, const char *name)
{
	const struct source_row key = {.name = name};

	return sorted ? bsearch(&key, list->rows.items, sorted, sizeof(key), by_name) : NULL;
}

static void add_name(struct source_page *page, struct row_list *list, const char *name)
{
	vec_add(&list->rows,
		((struct source_row){.name = name,
				     .line_image = NO_IMAGE,
				     .of_image = arena_zalloc(page->arena, page->plan->image_count *
										   sizeof(struct file_function *))}));
}

static void collect_names(struct source_page *page, struct row_list *list)
{
	for (size_t i = 0; i < page->plan->image_count; i++) {
		size_t count;
		const struct file_function *functions = source_functions(&page->set->facts[i], page->id, &count);

		for (size_t k = 0; k < count; k++)
			if (k == 0 || functions[k].name != functions[k - 1].name)
				add_name(page, list, page->set->names[functions[k].name]);
	}
	for (size_t i = 0; page->tree && i < page->file.function_count; i++)
		add_name(page, list, page->file.functions[i].name);
}

static void drop_twins(struct row_list *list)
{
	size_t kept = 0;

	if (list->rows.count)
		qsort(list->rows.items, list->rows.count, sizeof(*list->rows.items), by_name);
	for (size_t i = 0; i < list->rows.count; i++)
		if (kept == 0 || strcmp(list->rows.items[kept - 1].name, list->rows.items[i].name) != 0)
			list->rows.items[kept++] = list->rows.items[i];
	list->rows.count = kept;
}

/* Of several definitions one that has code of its own tells more. */
static bool tells_more(const struct file_function *than, const struct file_function *candidate)
{
	if (!than)
		return true;
	return !(than->flags & INSTANCE_HAS_ADDRESS) && candidate->flags & INSTANCE_HAS_ADDRESS;
}

static void fill_images(struct source_page *page, struct row_list *list)
{
	for (size_t i = 0; i < page->plan->image_count; i++) {
		size_t count;
		const struct file_function *functions = source_functions(&page->set->facts[i], page->id, &count);

		for (size_t k = 0; k < count; k++) {
			struct source_row *row = row_named(list, list->rows.count, page->set->names[functions[k].name]);

			if (tells_more(row->of_image[i], &functions[k]))
				row->of_image[i] = &functions[k];
		}
	}
}

static void take_line(struct source_row *row, size_t image)
{
	if (row->line || !row->of_image[image] || !row->of_image[image]->line)
		return;
	row->line = row->of_image[image]->line;
	row->line_image = image;
}

/* Lines are those of one source only: the tree's, else the image's that is told of. */
static void set_lines(struct source_page *page, struct row_list *list)
{
	for (size_t i = 0; page->tree && i < page->file.function_count; i++) {
		struct source_row *row = row_named(list, list->rows.count, page->file.functions[i].name);

		if (!row->written) {
			row->written = &page->file.functions[i];
			row->line = row->written->line;
		}
	}
	for (size_t i = 0; i < list->rows.count; i++) {
		struct source_row *row = &list->rows.items[i];

		if (page->main != NO_IMAGE)
			take_line(row, page->main);
		for (size_t k = page->plan->image_count; k-- > 0;)
			take_line(row, k);
	}
}

void source_rows_gather(struct source_page *page)
{
	struct row_list list = {0};

	collect_names(page, &list);
	drop_twins(&list);
	fill_images(page, &list);
	set_lines(page, &list);
	if (list.rows.count)
		qsort(list.rows.items, list.rows.count, sizeof(*list.rows.items), by_line);
	page->rows = arena_alloc(page->arena, (list.rows.count + 1) * sizeof(*page->rows));
	if (list.rows.count)
		memcpy(page->rows, list.rows.items, list.rows.count * sizeof(*page->rows));
	page->row_count = list.rows.count;
	vec_free(&list.rows);
}
