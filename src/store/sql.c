// SPDX-License-Identifier: GPL-2.0-or-later
/* SQL with errors as values. */
#include <assert.h>
#include <errno.h>
#include <string.h>

#include "atlas/embed.h"
#include "store/internal.h"

#define STATEMENT_FILE "schema/statements.sql"

#define STATEMENT_TEXT(name) [STATEMENT_##name] = #name,
static const char *const statement_names[] = {STATEMENTS(STATEMENT_TEXT)};

static struct error *system_error(struct store *store, const char *what)
{
	errno = sqlite3_system_errno(store->db);
	if (errno)
		return error_errno("%s: %s", store->path, what);
	return error_new(ERROR_STORE, "%s: %s: %s", store->path, what, sqlite3_errmsg(store->db));
}

struct error *sql_error(struct store *store, int rc)
{
	const char *path = store->path;

	switch (rc & 0xff) {
	case SQLITE_FULL:
		return error_new(ERROR_IO, "%s: the disk is full; the atlas is as it was", path);
	case SQLITE_READONLY:
		return error_new(ERROR_STORE, "%s: the file or its directory is read-only", path);
	case SQLITE_BUSY:
		return error_new(ERROR_STORE, "%s: another process holds the atlas; gave up waiting", path);
	case SQLITE_NOTADB:
		return error_new(ERROR_STORE, "%s: not an atlas; name another file with --atlas", path);
	case SQLITE_CORRUPT:
		return error_new(ERROR_STORE, "%s: the atlas is damaged; remove it and scan the images again", path);
	case SQLITE_NOMEM:
		return error_new(ERROR_IO, "%s: out of memory; the atlas is as it was", path);
	case SQLITE_CANTOPEN:
		return system_error(store, "cannot open the atlas");
	case SQLITE_IOERR:
		return system_error(store, "reading or writing the atlas failed");
	default:
		return error_new(ERROR_STORE, "%s: %s", path, sqlite3_errmsg(store->db));
	}
}

const char *sql_named(const char *path, const char *name, size_t *length_bytes)
{
	static const char mark[] = "\n-- name: ";
	const char *text = embedded(path, NULL);
	size_t length = strlen(name);

	assert(text);
	for (const char *at = strstr(text, mark); at; at = strstr(at, mark)) {
		at += sizeof(mark) - 1;
		if (strncmp(at, name, length) != 0 || at[length] != '\n')
			continue;
		at += length;
		const char *end = strstr(at, mark);

		*length_bytes = end ? (size_t)(end - at) : strlen(at);
		return at;
	}
	return NULL;
}

struct error *sql_get(struct store *store, enum statement which, sqlite3_stmt **stmt)
{
	sqlite3_stmt **kept = &store->statements[which];

	if (*kept) {
		sqlite3_reset(*kept);
		*stmt = *kept;
		return NULL;
	}
	size_t length;
	const char *text = sql_named(STATEMENT_FILE, statement_names[which], &length);

	assert(text);
	int rc = sqlite3_prepare_v3(store->db, text, (int)length, SQLITE_PREPARE_PERSISTENT, kept, NULL);

	if (rc != SQLITE_OK)
		return error_prefix(sql_error(store, rc), "%s", statement_names[which]);
	*stmt = *kept;
	return NULL;
}

struct error *sql_get1(struct store *store, enum statement which, int64_t a, sqlite3_stmt **stmt)
{
	TRY(sql_get(store, which, stmt));
	sqlite3_bind_int64(*stmt, 1, a);
	return NULL;
}

struct error *sql_get2(struct store *store, enum statement which, int64_t a, int64_t b, sqlite3_stmt **stmt)
{
	TRY(sql_get1(store, which, a, stmt));
	sqlite3_bind_int64(*stmt, 2, b);
	return NULL;
}

struct error *sql_step(struct store *store, sqlite3_stmt *stmt, bool *row)
{
	int rc = sqlite3_step(stmt);

	if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
		struct error *err = sql_error(store, rc);

		sqlite3_reset(stmt);
		return err;
	}
	*row = rc == SQLITE_ROW;
	if (!*row)
		sqlite3_reset(stmt);
	return NULL;
}

struct error *sql_run(struct store *store, sqlite3_stmt *stmt)
{
	int rc = sqlite3_step(stmt);
	struct error *err = rc == SQLITE_DONE || rc == SQLITE_ROW ? NULL : sql_error(store, rc);

	sqlite3_reset(stmt);
	return err;
}

struct error *sql_exec(struct store *store, const char *sql)
{
	int rc = sqlite3_exec(store->db, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? NULL : sql_error(store, rc);
}

struct error *sql_integer(struct store *store, const char *sql, int64_t *value)
{
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);

	if (rc == SQLITE_OK) {
		rc = sqlite3_step(stmt);
		if (rc == SQLITE_ROW)
			*value = sqlite3_column_int64(stmt, 0);
	}
	struct error *err = rc == SQLITE_ROW ? NULL : sql_error(store, rc);

	sqlite3_finalize(stmt);
	return err;
}

const char *sql_text(struct arena *arena, sqlite3_stmt *stmt, int column)
{
	const char *text = (const char *)sqlite3_column_text(stmt, column);

	return text ? arena_strndup(arena, text, (size_t)sqlite3_column_bytes(stmt, column)) : NULL;
}

void sql_finalize_all(struct store *store)
{
	for (int i = 0; i < STATEMENT_COUNT; i++) {
		sqlite3_finalize(store->statements[i]);
		store->statements[i] = NULL;
	}
}
