// SPDX-License-Identifier: GPL-2.0-or-later
/* Linked objects of an image: where each was read from. */
#include "store/internal.h"

struct error *store_object(struct store *store, struct arena *arena, const struct image *image, const char *name,
			   const struct object **object)
{
	sqlite3_stmt *stmt;
	bool row;

	*object = NULL;
	TRY(sql_get1(store, STATEMENT_object_by_name, image->id, &stmt));
	if (sqlite3_bind_text(stmt, 2, name, -1, SQLITE_TRANSIENT) != SQLITE_OK)
		return sql_error(store, sqlite3_errcode(store->db));
	TRY(sql_step(store, stmt, &row));
	if (!row)
		return NULL;
	struct object *found = arena_zalloc(arena, sizeof(*found));

	found->name = sql_text(arena, stmt, 0);
	found->path = sql_text(arena, stmt, 1);
	found->build_id = sql_text(arena, stmt, 2);
	*object = found;
	sqlite3_reset(stmt);
	return NULL;
}
