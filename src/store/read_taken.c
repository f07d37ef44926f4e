// SPDX-License-Identifier: GPL-2.0-or-later
/* Places that hold the addresses of functions of one name, and whose they are. */
#include <string.h>

#include "store/internal.h"

/* Columns of taken_of. */
enum { COL_OBJECT, COL_FLAGS, COL_SYMBOL, COL_HOLDER, COL_PATH, COL_LABEL, COL_OFFSET, COL_FIELD };

static struct error *read_symbol(struct store *store, struct arena *arena, int64_t id, const struct object_row *object,
				 const struct symbol **symbol)
{
	struct symbol *made = arena_zalloc(arena, sizeof(*made));
	sqlite3_stmt *stmt;
	int64_t name = 0;
	bool row;

	TRY(sql_get1(store, STATEMENT_taken_symbol, id, &stmt));
	TRY(sql_step(store, stmt, &row));
	if (row) {
		name = sqlite3_column_int64(stmt, 0);
		made->address = (uint64_t)sqlite3_column_int64(stmt, 1);
		made->size_bytes = (uint64_t)sqlite3_column_int64(stmt, 2);
		made->binding = (uint8_t)sqlite3_column_int(stmt, 3);
		made->object = object->name;
		made->section = section_at(object, &made->address);
		*symbol = made;
	}
	sqlite3_reset(stmt);
	return name ? cached_name(store, name, &made->name) : NULL;
}

static struct error *read_texts(struct store *store, const int64_t *ids, struct taken *taken)
{
	if (ids[COL_HOLDER])
		TRY(cached_name(store, ids[COL_HOLDER], &taken->holder));
	if (ids[COL_PATH])
		TRY(cached_path(store, ids[COL_PATH], &taken->path));
	if (ids[COL_LABEL])
		TRY(cached_label(store, ids[COL_LABEL], &taken->data));
	return ids[COL_FIELD] ? cached_label(store, ids[COL_FIELD], &taken->field) : NULL;
}

static struct error *read_row(struct store *store, struct arena *arena, sqlite3_stmt *stmt, struct taken_row *row)
{
	const struct object_row *object;
	int64_t values[COL_FIELD + 1];

	for (int i = 0; i <= COL_FIELD; i++)
		values[i] = sqlite3_column_int64(stmt, i);
	*row = (struct taken_row){
		.object_id = values[COL_OBJECT],
		.import = values[COL_FLAGS] & TAKEN_ROW_IMPORT,
		.taken =
			{
				.kind = values[COL_FLAGS] & TAKEN_ROW_CODE ? TAKEN_CODE : TAKEN_DATA,
				.offset = (uint64_t)values[COL_OFFSET],
			},
	};
	TRY(cached_object(store, row->object_id, &object));
	row->taken.object = object->name;
	if (values[COL_SYMBOL] && !row->import)
		TRY(read_symbol(store, arena, values[COL_SYMBOL], object, &row->taken.symbol));
	return read_texts(store, values, &row->taken);
}

struct error *taken_rows_read(struct store *store, struct arena *arena, int64_t image_id, int64_t name_id,
			      struct taken_rows *rows)
{
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get2(store, STATEMENT_taken_of, image_id, name_id, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row)
		if ((err = read_row(store, arena, stmt, vec_push(&rows->rows))))
			break;
	sqlite3_reset(stmt);
	return err;
}

static bool is_of(const struct taken_row *taken, const struct function_row *row, bool definer)
{
	return taken->import ? definer : taken->object_id == row->object_id;
}

/* The kernel's own before modules'; of each, data before code; then as they stand. */
static int compare_taken(const void *left, const void *right)
{
	const struct taken *a = *(const struct taken *const *)left, *b = *(const struct taken *const *)right;
	bool a_module = !str_eq(a->object, "vmlinux"), b_module = !str_eq(b->object, "vmlinux");
	int order = a_module != b_module ? a_module - b_module : strcmp(a->object, b->object);

	if (!order)
		order = a->kind - b->kind;
	return order ? order : a < b ? -1 : a > b;
}

static struct error *read_search(struct store *store, const struct function_row *row, bool definer,
				 enum taken_search *search)
{
	sqlite3_stmt *stmt;
	bool found;

	if (definer)
		TRY(sql_get1(store, STATEMENT_taken_searched_all, row->function.image->id, &stmt));
	else
		TRY(sql_get1(store, STATEMENT_taken_searched, row->object_id, &stmt));
	TRY(sql_step(store, stmt, &found));
	int value = found ? sqlite3_column_int(stmt, 0) : 0;

	sqlite3_reset(stmt);
	*search = value >= TAKEN_SEARCHED_ALL ? TAKEN_SEARCHED_ALL
		  : value == 1		      ? TAKEN_SEARCHED_DATA
					      : TAKEN_UNSEARCHED;
	return NULL;
}

struct error *taken_give(struct store *store, struct arena *arena, const struct taken_rows *rows,
			 const struct function_row *row, bool definer, struct function *function)
{
	AUTO_FREE const struct taken **chosen = xcalloc(rows->rows.count, sizeof(*chosen));
	uint32_t count = 0;

	for (size_t i = 0; i < rows->rows.count; i++)
		if (is_of(&rows->rows.items[i], row, definer))
			chosen[count++] = &rows->rows.items[i].taken;
	if (count)
		qsort(chosen, count, sizeof(*chosen), compare_taken);
	struct taken *taken = arena_alloc(arena, count * sizeof(*taken));

	for (uint32_t i = 0; i < count; i++)
		taken[i] = *chosen[i];
	function->taken = taken;
	function->taken_count = count;
	return read_search(store, row, definer, &function->taken_search);
}

struct error *store_searched(struct store *store, struct arena *arena, const struct image *image,
			     const struct searched_object **objects, size_t *count)
{
	VEC(struct searched_object) found = {0};
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_searched_objects, image->id, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row) {
		struct searched_object object = {sql_text(arena, stmt, 0), sqlite3_column_int(stmt, 1)};

		vec_add(&found, object);
	}
	*objects = vec_keep(arena, &found);
	*count = found.count;
	vec_free(&found);
	return err;
}
