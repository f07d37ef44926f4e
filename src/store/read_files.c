// SPDX-License-Identifier: GPL-2.0-or-later
/* Compiled files and initcalls of an image. */
#include <string.h>

#include "store/internal.h"

static struct error *read_units(struct store *store, struct arena *arena, int64_t object_id, struct object_files *files)
{
	VEC(const char *) found = {0};
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_units_of, object_id, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row)
		vec_add(&found, sql_text(arena, stmt, 0));
	const char **units = arena_alloc(arena, found.count * sizeof(*units));

	if (found.count)
		memcpy(units, found.items, found.count * sizeof(*units));
	files->units = units;
	files->unit_count = found.count;
	vec_free(&found);
	return err;
}

static struct error *read_initcalls(struct store *store, struct arena *arena, int64_t object_id,
				    struct object_files *files)
{
	VEC(struct initcall) found = {0};
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_initcalls_of, object_id, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row)
		vec_add(&found, ((struct initcall){
					.name = sql_text(arena, stmt, 0),
					.level = sql_text(arena, stmt, 1),
					.file = sql_text(arena, stmt, 2),
					.module = sql_text(arena, stmt, 3),
					.line = (uint32_t)sqlite3_column_int64(stmt, 4),
				}));
	files->initcalls = vec_keep(arena, &found);
	files->initcall_count = found.count;
	vec_free(&found);
	return err;
}

static struct error *read_exports(struct store *store, struct arena *arena, int64_t object_id,
				  struct object_files *files)
{
	VEC(struct object_export) found = {0};
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_exports_of, object_id, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row)
		vec_add(&found, ((struct object_export){
					.name = sql_text(arena, stmt, 0),
					.gpl = sqlite3_column_int(stmt, 1) & EXPORT_ROW_GPL,
					.crc = (uint32_t)sqlite3_column_int64(stmt, 2),
					.namespace = sql_text(arena, stmt, 3),
					.file = sql_text(arena, stmt, 4),
				}));
	files->exports = vec_keep(arena, &found);
	files->export_count = found.count;
	vec_free(&found);
	return err;
}

struct object_id {
	int64_t id;
	int flags;
};

struct object_list {
	VEC(struct object_files) files;
	VEC(struct object_id) ids;
};

static struct error *read_objects(struct store *store, struct arena *arena, const struct image *image,
				  struct object_list *list)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_files_objects, image->id, &stmt));
	for (;;) {
		TRY(sql_step(store, stmt, &row));
		if (!row)
			return NULL;
		int flags = sqlite3_column_int(stmt, 2);

		vec_add(&list->ids, ((struct object_id){sqlite3_column_int64(stmt, 0), flags}));
		vec_add(&list->files, ((struct object_files){
					      .object = sql_text(arena, stmt, 1),
					      .units_known = flags & FILES_ROW_UNITS,
					      .initcalls_known = flags & FILES_ROW_INITS,
					      .exports_known = sqlite3_column_int(stmt, 3) != 0,
					      .gates = (uint16_t)sqlite3_column_int(stmt, 4),
				      }));
	}
}

struct error *store_files(struct store *store, struct arena *arena, const struct image *image,
			  const struct object_files **objects, size_t *count)
{
	struct object_list list = {0};
	struct error *err = read_objects(store, arena, image, &list);

	for (size_t i = 0; !err && i < list.files.count; i++) {
		err = read_units(store, arena, list.ids.items[i].id, &list.files.items[i]);
		if (!err)
			err = read_initcalls(store, arena, list.ids.items[i].id, &list.files.items[i]);
		if (!err)
			err = read_exports(store, arena, list.ids.items[i].id, &list.files.items[i]);
	}
	*objects = vec_keep(arena, &list.files);
	*count = list.files.count;
	vec_free(&list.files);
	vec_free(&list.ids);
	return err;
}
