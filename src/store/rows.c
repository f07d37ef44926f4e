// SPDX-License-Identifier: GPL-2.0-or-later
/* A read-only virtual table over a row_source (https://sqlite.org/vtab.html). */
#include "store/rows.h"

struct rows_table {
	sqlite3_vtab base;
	struct store *store;
};

struct rows_cursor {
	sqlite3_vtab_cursor base;
	const struct row_source *source;
	size_t at;
	struct row row;
};

static int rows_connect(sqlite3 *db, void *store, int argc, const char *const *argv, sqlite3_vtab **table, char **why)
{
	AUTO_STR struct str declaration = {0};

	(void)argc, (void)argv, (void)why;
	str_add(&declaration, "CREATE TABLE rows (text");
	for (int i = 0; i < ROW_VALUES; i++)
		str_addf(&declaration, ", v%d", i);
	str_add(&declaration, ")");
	int rc = sqlite3_declare_vtab(db, declaration.data);

	if (rc != SQLITE_OK)
		return rc;
	struct rows_table *made = xcalloc(1, sizeof(*made));

	made->store = store;
	*table = &made->base;
	return SQLITE_OK;
}

static int rows_disconnect(sqlite3_vtab *table)
{
	free(table);
	return SQLITE_OK;
}

static int rows_best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table;
	info->estimatedCost = 1e6;
	return SQLITE_OK;
}

static int rows_open(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor)
{
	struct rows_cursor *made = xcalloc(1, sizeof(*made));

	(void)table;
	*cursor = &made->base;
	return SQLITE_OK;
}

static int rows_close(sqlite3_vtab_cursor *cursor)
{
	free(cursor);
	return SQLITE_OK;
}

static void fill(struct rows_cursor *rows)
{
	if (rows->at < rows->source->count)
		rows->source->fill(rows->source->context, rows->at, &rows->row);
}

static int rows_filter(sqlite3_vtab_cursor *cursor, int plan, const char *text, int argc, sqlite3_value **argv)
{
	struct rows_cursor *rows = (struct rows_cursor *)cursor;

	(void)plan, (void)text, (void)argc, (void)argv;
	rows->source = ((struct rows_table *)cursor->pVtab)->store->source;
	rows->at = 0;
	fill(rows);
	return SQLITE_OK;
}

static int rows_next(sqlite3_vtab_cursor *cursor)
{
	struct rows_cursor *rows = (struct rows_cursor *)cursor;

	rows->at++;
	fill(rows);
	return SQLITE_OK;
}

static int rows_eof(sqlite3_vtab_cursor *cursor)
{
	const struct rows_cursor *rows = (const struct rows_cursor *)cursor;

	return rows->at >= rows->source->count;
}

static int rows_column(sqlite3_vtab_cursor *cursor, sqlite3_context *result, int column)
{
	const struct row *row = &((const struct rows_cursor *)cursor)->row;

	if (column == 0)
		sqlite3_result_text(result, row->text, (int)row->text_length, SQLITE_TRANSIENT);
	else if (row->values[column - 1] == ROW_NULL)
		sqlite3_result_null(result);
	else
		sqlite3_result_int64(result, row->values[column - 1]);
	return SQLITE_OK;
}

static int rows_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid)
{
	*rowid = (sqlite3_int64)((const struct rows_cursor *)cursor)->at;
	return SQLITE_OK;
}

static const sqlite3_module rows_module = {
	.xConnect = rows_connect,
	.xBestIndex = rows_best_index,
	.xDisconnect = rows_disconnect,
	.xOpen = rows_open,
	.xClose = rows_close,
	.xFilter = rows_filter,
	.xNext = rows_next,
	.xEof = rows_eof,
	.xColumn = rows_column,
	.xRowid = rows_rowid,
};

struct error *rows_register(struct store *store)
{
	int rc = sqlite3_create_module_v2(store->db, "source_rows", &rows_module, store, NULL);

	return rc == SQLITE_OK ? NULL : sql_error(store, rc);
}

struct error *rows_insert(struct store *store, enum statement which, const struct row_source *source)
{
	sqlite3_stmt *stmt;

	if (source->count == 0)
		return NULL;
	store->source = source;
	TRY(sql_get(store, which, &stmt));
	struct error *err = sql_run(store, stmt);

	store->source = NULL;
	return err;
}
