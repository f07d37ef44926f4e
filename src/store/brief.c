// SPDX-License-Identifier: GPL-2.0-or-later
/* A name's own rows, for who asks for thousands of names: no callers, no places. */
#include "atlas/lookup.h"
#include "store/internal.h"

static bool any_read(const struct function_rows *rows)
{
	for (size_t i = 0; i < rows->rows.count; i++)
		if (rows->rows.items[i].role < ROLE_IMPORT)
			return true;
	return false;
}

static struct error *gather(struct store *store, struct arena *arena, const struct function_rows *rows, bool exports,
			    const struct function **functions, size_t *count)
{
	bool read = any_read(rows);

	*count = 0;
	for (size_t i = 0; i < rows->rows.count; i++) {
		const struct function_row *row = &rows->rows.items[i];
		struct function *function;

		if (row->role == ROLE_IMPORT || (read && row->role == ROLE_MENTIONED))
			continue;
		TRY(function_gather_brief(store, arena, row, &function));
		if (exports)
			TRY(export_read(store, arena, row->id, &function->exported));
		functions[(*count)++] = function;
	}
	return NULL;
}

static struct error *read_brief(struct store *store, struct arena *arena, const struct image *image, const char *name,
				bool exports, const struct function *const **functions, size_t *count)
{
	struct function_rows rows = {0};
	int64_t name_id;

	*functions = NULL;
	*count = 0;
	TRY(find_name(store, name, &name_id));
	if (!name_id)
		return NULL;
	struct error *err = function_rows_read(store, image, name, name_id, &rows);

	if (!err && rows.rows.count) {
		const struct function **made = arena_alloc(arena, rows.rows.count * sizeof(*made));

		err = gather(store, arena, &rows, exports, made, count);
		*functions = made;
	}
	vec_free(&rows.rows);
	return err;
}

struct error *store_brief_functions(struct store *store, struct arena *arena, const struct image *image,
				    const char *name, const struct function *const **functions, size_t *count)
{
	return read_brief(store, arena, image, name, false, functions, count);
}

struct error *store_summary_functions(struct store *store, struct arena *arena, const struct image *image,
				      const char *name, const struct function *const **functions, size_t *count)
{
	return read_brief(store, arena, image, name, true, functions, count);
}

/* Columns name, object, flags, CRC, namespace. */
static struct error *read_export_row(struct store *store, struct arena *arena, sqlite3_stmt *stmt,
				     struct exported_symbol *symbol)
{
	const struct object_row *object;

	*symbol = (struct exported_symbol){
		.gpl = sqlite3_column_int(stmt, 2) & EXPORT_ROW_GPL,
		.crc = (uint32_t)sqlite3_column_int64(stmt, 3),
		.namespace = sql_text(arena, stmt, 4),
	};
	TRY(cached_object(store, sqlite3_column_int64(stmt, 1), &object));
	symbol->object = object->name;
	return cached_name(store, sqlite3_column_int64(stmt, 0), &symbol->name);
}

struct error *store_vmlinux_export(struct store *store, struct arena *arena, const struct image *image,
				   const char *name, struct exported_symbol *symbol, bool *found, bool *read)
{
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	int64_t name_id;
	bool row;

	*found = *read = false;
	TRY(find_name(store, name, &name_id));
	TRY(sql_get2(store, STATEMENT_vmlinux_export, image->id, name_id, &stmt));
	TRY(sql_step(store, stmt, &row));
	if (row) {
		*read = true;
		*found = sqlite3_column_type(stmt, 0) != SQLITE_NULL;
		if (*found)
			err = read_export_row(store, arena, stmt, symbol);
	}
	sqlite3_reset(stmt);
	return err;
}

struct error *store_gates(struct store *store, const struct image *image, unsigned *gates)
{
	sqlite3_stmt *stmt;
	bool row;

	*gates = 0;
	TRY(sql_get1(store, STATEMENT_attach_gates_of, image->id, &stmt));
	TRY(sql_step(store, stmt, &row));
	if (row)
		*gates = (unsigned)sqlite3_column_int64(stmt, 0);
	sqlite3_reset(stmt);
	return NULL;
}

static struct error *count_unread(struct store *store, const struct image *image, size_t *unread)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_exports_unread, image->id, &stmt));
	TRY(sql_step(store, stmt, &row));
	*unread = row ? (size_t)sqlite3_column_int64(stmt, 0) : 0;
	sqlite3_reset(stmt);
	return NULL;
}

struct export_list {
	VEC(struct exported_symbol) items;
};

static struct error *collect(struct store *store, struct arena *arena, const struct image *image,
			     struct export_list *list)
{
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_module_exports, image->id, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row)
		if ((err = read_export_row(store, arena, stmt, vec_push(&list->items))))
			break;
	sqlite3_reset(stmt);
	return err;
}

struct error *store_module_exports(struct store *store, struct arena *arena, const struct image *image,
				   const struct exported_symbol **symbols, size_t *count, size_t *unread)
{
	struct export_list list = {0};
	struct error *err = collect(store, arena, image, &list);
	*symbols = vec_keep(arena, &list.items);
	*count = list.items.count;
	vec_free(&list.items);
	return err ? err : count_unread(store, image, unread);
}
