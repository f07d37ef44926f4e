// SPDX-License-Identifier: GPL-2.0-or-later
/* Linked objects of an image: where each was read from. */
#include "store/internal.h"

static void read_object(struct arena *arena, sqlite3_stmt *stmt, struct object *object)
{
	object->name = sql_text(arena, stmt, 0);
	object->path = sql_text(arena, stmt, 1);
	object->build_id = sql_text(arena, stmt, 2);
}

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

	read_object(arena, stmt, found);
	*object = found;
	sqlite3_reset(stmt);
	return NULL;
}

struct error *store_objects(struct store *store, struct arena *arena, const struct image *image,
			    const struct object **objects, size_t *count)
{
	VEC(struct object) found = {0};
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_objects_of, image->id, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row)
		read_object(arena, stmt, vec_push(&found));
	sqlite3_reset(stmt);
	*objects = vec_keep(arena, &found);
	*count = found.count;
	vec_free(&found);
	return err;
}
