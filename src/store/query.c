// SPDX-License-Identifier: GPL-2.0-or-later
/* SQL of the user's, and the named queries. */
#include <ctype.h>
#include <string.h>

#include "atlas/embed.h"
#include "store/internal.h"

#define NAMED_FILE "schema/named_queries.sql"

/* PRAGMAs that take an argument and only read. */
static bool reads_with_argument(const char *pragma)
{
	static const char *const readers[] = {
		"table_info",  "table_xinfo",	   "table_list",	"index_list",	   "index_info",
		"index_xinfo", "foreign_key_list", "foreign_key_check", "integrity_check", "quick_check",
	};

	for (size_t i = 0; i < ARRAY_LEN(readers); i++)
		if (strcasecmp(pragma, readers[i]) == 0)
			return true;
	return false;
}

/* The connection cannot write the atlas anyway; this keeps a query from reaching other files and other settings. */
static int authorize(void *context, int action, const char *first, const char *second, const char *database,
		     const char *trigger)
{
	(void)context, (void)database, (void)trigger;
	switch (action) {
	case SQLITE_ATTACH:
	case SQLITE_DETACH:
	case SQLITE_TRANSACTION:
	case SQLITE_SAVEPOINT:
		return SQLITE_DENY;
	case SQLITE_PRAGMA:
		return !second || reads_with_argument(first) ? SQLITE_OK : SQLITE_DENY;
	case SQLITE_FUNCTION:
		return second && strcasecmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
	default:
		return SQLITE_OK;
	}
}

static struct error *query_error(struct store *store, int rc)
{
	switch (rc & 0xff) {
	case SQLITE_AUTH:
		return error_new(ERROR_INPUT, "query: not allowed: a query only reads this one atlas");
	case SQLITE_ERROR:
		return error_new(ERROR_INPUT, "query: %s", sqlite3_errmsg(store->db));
	default:
		return sql_error(store, rc);
	}
}

static bool is_blank(const char *sql)
{
	while (isspace((unsigned char)*sql) || *sql == ';')
		sql++;
	return *sql == '\0' || (sql[0] == '-' && sql[1] == '-' && !strchr(sql, '\n'));
}

static struct error *prepare(struct store *store, const char *sql, sqlite3_stmt **stmt)
{
	const char *rest;

	*stmt = NULL;
	sqlite3_set_authorizer(store->db, authorize, NULL);
	int rc = sqlite3_prepare_v2(store->db, sql, -1, stmt, &rest);

	if (rc != SQLITE_OK)
		return query_error(store, rc);
	if (!*stmt)
		return error_new(ERROR_USAGE, "query: there is no SQL in it");
	if (!is_blank(rest))
		return error_new(ERROR_USAGE, "query: more than one statement");
	if (!sqlite3_stmt_readonly(*stmt))
		return error_new(ERROR_INPUT, "query: this would write; a query only reads");
	return NULL;
}

/* A row on its way to the sink.  BLOBs are shown as SQL spells them. */
struct row_out {
	const char **values;
	bool *numeric;
	struct arena arena; /* of the BLOBs in this row */
};

static const char *blob_text(struct arena *arena, sqlite3_stmt *stmt, int column)
{
	const unsigned char *bytes = sqlite3_column_blob(stmt, column);
	size_t length = (size_t)sqlite3_column_bytes(stmt, column);
	char *text = arena_alloc(arena, 2 * length + 4), *at = text;

	*at++ = 'x';
	*at++ = '\'';
	for (size_t i = 0; i < length; i++) {
		*at++ = "0123456789abcdef"[bytes[i] >> 4];
		*at++ = "0123456789abcdef"[bytes[i] & 15];
	}
	*at++ = '\'';
	*at = '\0';
	return text;
}

static void take_row(sqlite3_stmt *stmt, int columns, struct row_out *out)
{
	arena_reset(&out->arena);
	for (int i = 0; i < columns; i++) {
		int type = sqlite3_column_type(stmt, i);

		out->numeric[i] = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
		out->values[i] = type == SQLITE_BLOB ? blob_text(&out->arena, stmt, i)
						     : (const char *)sqlite3_column_text(stmt, i);
	}
}

static struct error *run_rows(struct store *store, sqlite3_stmt *stmt, const struct result_sink *sink, int columns,
			      struct row_out *out)
{
	for (int i = 0; i < columns; i++)
		out->values[i] = sqlite3_column_name(stmt, i);
	TRY(sink->header(sink->context, columns, out->values));
	for (;;) {
		int rc = sqlite3_step(stmt);

		if (rc == SQLITE_DONE)
			return NULL;
		if (rc != SQLITE_ROW)
			return query_error(store, rc);
		take_row(stmt, columns, out);
		TRY(sink->row(sink->context, columns, out->values, out->numeric));
	}
}

static struct error *run_statement(struct store *store, sqlite3_stmt *stmt, const struct result_sink *sink)
{
	int columns = sqlite3_column_count(stmt);
	AUTO_FREE const char **values = xcalloc((size_t)columns + 1, sizeof(*values));
	AUTO_FREE bool *numeric = xcalloc((size_t)columns + 1, sizeof(*numeric));
	struct row_out out = {.values = values, .numeric = numeric};

	arena_init(&out.arena);
	struct error *err = run_rows(store, stmt, sink, columns, &out);

	arena_fini(&out.arena);
	return err;
}

struct error *store_query(struct store *store, const char *sql, const struct result_sink *sink)
{
	sqlite3_stmt *stmt;
	struct error *err = prepare(store, sql, &stmt);

	if (!err)
		err = run_statement(store, stmt, sink);
	sqlite3_finalize(stmt);
	sqlite3_set_authorizer(store->db, NULL, NULL);
	return err;
}

static struct error *unknown_query(const char *name)
{
	static const char mark[] = "\n-- name: ";
	AUTO_STR struct str list = {0};

	for (const char *at = strstr(embedded(NAMED_FILE, NULL), mark); at; at = strstr(at, mark)) {
		at += sizeof(mark) - 1;
		str_add(&list, list.length ? ", @" : "@");
		str_addn(&list, at, strcspn(at, "\n"));
	}
	return error_new(ERROR_USAGE, "query: no query is called '%s'; there are %s", name, list.data);
}

/* COLLATE version: as the images are listed. */
static int compare_versions(void *context, int left_length, const void *left, int right_length, const void *right)
{
	AUTO_FREE char *a = xstrndup(left, (size_t)left_length);
	AUTO_FREE char *b = xstrndup(right, (size_t)right_length);

	(void)context;
	return version_compare(a, b);
}

static void bind_glob(sqlite3_stmt *stmt, const char *parameter, const char *glob)
{
	int index = sqlite3_bind_parameter_index(stmt, parameter);

	if (index)
		sqlite3_bind_text(stmt, index, glob ? glob : "*", -1, SQLITE_STATIC);
}

struct error *store_named_query(struct store *store, const char *name, const char *image_glob, const char *name_glob,
				const struct result_sink *sink)
{
	size_t length;
	const char *text = sql_named(NAMED_FILE, *name == '@' ? name + 1 : name, &length);
	sqlite3_stmt *stmt;

	if (!text)
		return unknown_query(name);
	int rc = sqlite3_create_collation_v2(store->db, "version", SQLITE_UTF8, NULL, compare_versions, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_prepare_v2(store->db, text, (int)length, &stmt, NULL);
	if (rc != SQLITE_OK)
		return error_prefix(query_error(store, rc), "%s", name);
	bind_glob(stmt, ":image", image_glob);
	bind_glob(stmt, ":name", name_glob);
	struct error *err = run_statement(store, stmt, sink);

	sqlite3_finalize(stmt);
	return err;
}
