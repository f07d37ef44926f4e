// SPDX-License-Identifier: GPL-2.0-or-later
/* The table on top of a page: versions by architectures and flavors, in words. */
#include "atlas/str.h"
#include "html.h"
#include "render/page/keys.h"
#include "render/page/page.h"
#include "render/words/status.h"
#include "render/words/text.h"

#define NO_CELL SIZE_MAX

/* Rows are versions, columns architectures with a flavor. */
struct matrix {
	const struct page_input *input;
	size_t *rows;	 /* an image of each row */
	size_t *columns; /* an image of each column */
	size_t row_count, column_count;
};

static bool same_row(const struct image *a, const struct image *b)
{
	return str_eq(a->version, b->version) && str_eq(a->revision, b->revision) && str_eq(a->label, b->label);
}

static bool same_column(const struct image *a, const struct image *b)
{
	return str_eq(a->arch, b->arch) && str_eq(a->flavor, b->flavor);
}

/* Groups name the images in the order a reader meets them: regular, arch, flavor. */
static void add_column(struct matrix *matrix, size_t image)
{
	const struct image *images = matrix->input->images;

	for (size_t i = 0; i < matrix->column_count; i++)
		if (same_column(&images[matrix->columns[i]], &images[image]))
			return;
	matrix->columns[matrix->column_count++] = image;
}

static void add_row(struct matrix *matrix, size_t image)
{
	const struct image *images = matrix->input->images;
	size_t at = matrix->row_count;

	for (size_t i = 0; i < matrix->row_count; i++)
		if (same_row(&images[matrix->rows[i]], &images[image]))
			return;
	for (; at > 0; at--) {
		const struct image *above = &images[matrix->rows[at - 1]];
		int order = version_compare(above->version, images[image].version);

		if (order < 0 || (order == 0 && image_compare(above, &images[image]) < 0))
			break;
		matrix->rows[at] = matrix->rows[at - 1];
	}
	matrix->rows[at] = image;
	matrix->row_count++;
}

static void collect(struct arena *arena, struct matrix *matrix)
{
	const struct groups *groups = matrix->input->groups;
	static const enum group_kind order[] = {GROUP_REGULAR, GROUP_FLAVOR, GROUP_ARCH};

	matrix->rows = arena_alloc(arena, matrix->input->image_count * sizeof(size_t));
	matrix->columns = arena_alloc(arena, matrix->input->image_count * sizeof(size_t));
	for (size_t i = 0; i < ARRAY_LEN(order); i++) {
		const struct group *group = &groups->groups[order[i]];

		for (size_t j = 0; j < group->count; j++) {
			add_column(matrix, group->members[j].image);
			add_row(matrix, group->members[j].image);
		}
	}
}

static size_t find_cell(const struct matrix *matrix, size_t row, size_t column)
{
	const struct image *images = matrix->input->images;

	for (size_t i = 0; i < matrix->input->image_count; i++)
		if (same_row(&images[i], &images[matrix->rows[row]]) &&
		    same_column(&images[i], &images[matrix->columns[column]]))
			return i;
	return NO_CELL;
}

static const char *absence_word(enum presence presence)
{
	switch (presence) {
	case ABSENT:
		return "Absent";
	case NOT_IN_VMLINUX:
		return "not in vmlinux";
	case NOT_AMONG_SYMBOLS:
		return "no symbol";
	case NOT_IMPORTED:
		return "? not imported";
	case NOT_READ:
		return "? not read";
	case PRESENT_DECLARED:
	case PRESENT:
		break;
	}
	return "declared only";
}

static void add_cell(struct arena *arena, struct list *cells, const struct matrix *matrix, size_t image)
{
	const struct page_input *input = matrix->input;
	struct object *cell = list_object(cells);

	if (image == NO_CELL)
		return;
	const struct function *function = input->functions[image];
	enum presence presence = presence_of(&input->images[image], function, input->name);
	const char *text = presence == PRESENT ? status_cell(arena, function) : absence_word(presence);

	if (atlas_macro(input, image))
		text = "macro";
	object_text(cell, KEY_anchor, atlas_anchor(arena, &input->images[image]));
	object_text(cell, KEY_text, text);
	if (input->site)
		html_cell(arena, cell, input, image);
}

static const char *row_text(struct arena *arena, const struct image *image)
{
	AUTO_STR struct str text = {0};

	str_add(&text, image->version);
	if (image->revision)
		str_addf(&text, "-%s", image->revision);
	if (image->label)
		str_addf(&text, " %s", image->label);
	return arena_strdup(arena, text.data);
}

/* Whether some cell says so, and the reader may ask what it means. */
static bool some_presence(const struct page_input *input, enum presence presence)
{
	for (size_t i = 0; i < input->image_count; i++)
		if (presence_of(&input->images[i], input->functions[i], input->name) == presence &&
		    !atlas_rename(input, i))
			return true;
	return false;
}

static void add_legend(struct object *object, const struct page_input *input)
{
	struct list *legend = object_list(object, KEY_legend);

	for (size_t i = 0; i < input->rename_count; i++)
		if (input->renames[i].is_macro)
			list_text(legend, "macro: the name is a macro over another function there.");
	if (some_presence(input, NOT_IN_VMLINUX))
		list_text(legend, "not in vmlinux: not found there, and the modules of that image were not read.");
	if (some_presence(input, NOT_AMONG_SYMBOLS))
		list_text(legend, "no symbol: only the symbols of that image were read, and none has this name.");
	if (some_presence(input, NOT_IMPORTED))
		list_text(legend, "? not imported: the imported facts of that image do not name it.");
	if (some_presence(input, NOT_READ))
		list_text(legend, "? not read: the scan of that image left this name out.");
}

void atlas_matrix(struct arena *arena, struct object *page, const struct page_input *input)
{
	struct object *object = object_object(page, KEY_matrix);
	struct list *columns = object_list(object, KEY_columns), *rows = object_list(object, KEY_rows);
	struct matrix matrix = {.input = input};

	collect(arena, &matrix);
	for (size_t i = 0; i < matrix.column_count; i++) {
		const struct image *image = &input->images[matrix.columns[i]];

		list_text(columns, arena_printf(arena, "%s %s", image->arch, image->flavor));
	}
	for (size_t i = 0; i < matrix.row_count; i++) {
		struct object *row = list_object(rows);
		struct list *cells = object_list(row, KEY_cells);

		object_text(row, KEY_label, row_text(arena, &input->images[matrix.rows[i]]));
		for (size_t j = 0; j < matrix.column_count; j++)
			add_cell(arena, cells, &matrix, find_cell(&matrix, i, j));
	}
	add_legend(object, input);
}
