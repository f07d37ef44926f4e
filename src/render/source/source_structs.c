// SPDX-License-Identifier: GPL-2.0-or-later
/* Structs, unions and enums that the file defines: in the tree, and their sizes in images. */
#include <stdlib.h>
#include <string.h>

#include "atlas/type.h"
#include "render/page/keys.h"
#include "render/words/text.h"
#include "source_page.h"

#define SIZE_UNKNOWN UINT64_MAX

struct struct_row {
	enum type_kind kind;
	const char *name;
	const struct source_type *written; /* NULL: not in the tree */
	uint64_t *sizes;		   /* per image; SIZE_UNKNOWN: it has none */
	uint32_t line;
};

struct struct_list {
	VEC(struct struct_row) rows;
	struct source_page *page;
};

static int by_name(const void *a, const void *b)
{
	const struct struct_row *x = a, *y = b;

	return x->kind != y->kind ? (x->kind < y->kind ? -1 : 1) : strcmp(x->name, y->name);
}

static int by_line(const void *a, const void *b)
{
	const struct struct_row *x = a, *y = b;

	return x->line != y->line ? (x->line < y->line ? -1 : 1) : by_name(a, b);
}

static void add_name(struct struct_list *list, enum type_kind kind, const char *name)
{
	size_t images = list->page->plan->image_count;
	uint64_t *sizes = arena_alloc(list->page->arena, (images + 1) * sizeof(*sizes));

	for (size_t i = 0; i < images; i++)
		sizes[i] = SIZE_UNKNOWN;
	vec_add(&list->rows, ((struct struct_row){.kind = kind, .name = name, .sizes = sizes}));
}

static bool kind_of(const struct source_type *type, enum type_kind *kind)
{
	*kind = type->kind == SOURCE_STRUCT ? TYPE_STRUCT : type->kind == SOURCE_UNION ? TYPE_UNION : TYPE_ENUM;
	return type->kind != SOURCE_TYPEDEF;
}

static void collect(struct struct_list *list)
{
	struct source_page *page = list->page;
	enum type_kind kind;
	size_t kept = 0;

	for (size_t i = 0; page->tree && i < page->file.type_count; i++)
		if (kind_of(&page->file.types[i], &kind))
			add_name(list, kind, page->file.types[i].name);
	for (size_t i = 0; i < page->plan->image_count; i++) {
		size_t count;
		const struct file_type *types = source_types(&page->set->facts[i], page->id, &count);

		for (size_t k = 0; k < count; k++)
			add_name(list, types[k].kind, types[k].name);
	}
	if (list->rows.count)
		qsort(list->rows.items, list->rows.count, sizeof(*list->rows.items), by_name);
	for (size_t i = 0; i < list->rows.count; i++)
		if (kept == 0 || by_name(&list->rows.items[kept - 1], &list->rows.items[i]) != 0)
			list->rows.items[kept++] = list->rows.items[i];
	list->rows.count = kept;
}

static struct struct_row *row_named(struct struct_list *list, enum type_kind kind, const char *name)
{
	const struct struct_row key = {.kind = kind, .name = name};

	return bsearch(&key, list->rows.items, list->rows.count, sizeof(key), by_name);
}

static void fill(struct struct_list *list)
{
	struct source_page *page = list->page;
	enum type_kind kind;

	for (size_t i = 0; page->tree && i < page->file.type_count; i++) {
		const struct source_type *type = &page->file.types[i];
		struct struct_row *row = kind_of(type, &kind) ? row_named(list, kind, type->name) : NULL;

		if (row && !row->written) {
			row->written = type;
			row->line = type->line;
		}
	}
	for (size_t i = 0; i < page->plan->image_count; i++) {
		size_t count;
		const struct file_type *types = source_types(&page->set->facts[i], page->id, &count);

		for (size_t k = 0; k < count; k++) {
			struct struct_row *row = row_named(list, types[k].kind, types[k].name);

			if (row->sizes[i] == SIZE_UNKNOWN)
				row->sizes[i] = types[k].size_bytes;
			if (!row->line)
				row->line = types[k].line;
		}
	}
}

/* Sizes, each with the images that have it. */
static void add_sizes(struct source_page *page, const struct struct_row *row, struct list *cells)
{
	struct list *parts = source_cell(cells);
	size_t images = page->plan->image_count;
	bool *same = arena_zalloc(page->arena, images + 1);

	for (size_t i = 0; i < images; i++) {
		uint64_t size = row->sizes[i];
		bool told = size == SIZE_UNKNOWN;

		for (size_t k = 0; k < i; k++)
			told = told || row->sizes[k] == size;
		if (told)
			continue;
		for (size_t k = 0; k < images; k++)
			same[k] = row->sizes[k] == size;
		source_plain(parts, arena_printf(page->arena, "%llu bytes: %s", (unsigned long long)size,
						 source_images(page, same)));
	}
	if (!list_length(parts))
		source_plain(parts, "in no image that was read");
}

static void add_row(struct source_page *page, struct list *rows, const struct struct_row *row)
{
	struct list *cells = source_cells(rows, NULL);
	bool parsed = page->tree && page->file.state == SOURCE_PARSED;

	source_part(source_cell(cells),
		    arena_printf(page->arena, "%s %s", type_kind_text(row->kind), text_visible(page->arena, row->name)),
		    source_href(page, url_type(page->arena, page->plan, row->name)));
	source_plain(source_cell(cells), row->line ? source_number(page->arena, row->line) : "unknown");
	source_plain(source_cell(cells), row->written ? source_number(page->arena, row->written->members)
					 : parsed     ? "not in this tree as written"
						      : "unknown");
	add_sizes(page, row, cells);
}

static const char *why_none(const struct source_page *page)
{
	bool known = false;

	for (size_t i = 0; i < page->plan->image_count; i++)
		known = known || page->set->facts[i].types_known;
	if (page->tree && page->file.state == SOURCE_PARSED)
		return "The file defines none.";
	return known ? "No image has one of this file; the source is unknown."
		     : "Unknown: neither a parsed source nor an image with types tells.";
}

void source_add_structs(struct source_page *page)
{
	static const char *const columns[] = {"type", "line", "members written", "size"};
	struct object *section = source_section(page, "Structs");
	struct struct_list list = {.page = page};
	struct list *notes = NULL;

	collect(&list);
	if (list.rows.count) {
		fill(&list);
		qsort(list.rows.items, list.rows.count, sizeof(*list.rows.items), by_line);
		source_note(section, &notes, "Images that use none of a header's structs do not have it.");
		struct list *rows = source_table(section, "Structs", columns, ARRAY_LEN(columns));

		for (size_t i = 0; i < list.rows.count; i++)
			add_row(page, rows, &list.rows.items[i]);
	} else {
		source_note(section, &notes, why_none(page));
	}
	vec_free(&list.rows);
}
