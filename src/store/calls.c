// SPDX-License-Identifier: GPL-2.0-or-later
/* The calls of one linked object, read in bulk. */
#include "atlas/search.h"
#include "store/internal.h"

struct call_reader {
	struct store *store;
	VEC(struct call_end) ends;
	VEC(struct recorded_call) calls;
};

static struct error *optional_name(struct store *store, int64_t id, const char **text)
{
	*text = NULL;
	return id ? cached_name(store, id, text) : NULL;
}

static struct error *add_end(struct call_reader *reader, sqlite3_stmt *stmt)
{
	struct store *store = reader->store;
	int64_t file = sqlite3_column_int64(stmt, 4);
	struct call_end end = {
		.id = sqlite3_column_int64(stmt, 0),
		.address = (uint64_t)sqlite3_column_int64(stmt, 5),
		.flags = (uint8_t)sqlite3_column_int(stmt, 6),
	};

	TRY(cached_name(store, sqlite3_column_int64(stmt, 1), &end.name));
	TRY(optional_name(store, sqlite3_column_int64(stmt, 2), &end.linkage));
	TRY(optional_name(store, sqlite3_column_int64(stmt, 3), &end.copy_of));
	if (file)
		TRY(cached_path(store, file, &end.file));
	vec_add(&reader->ends, end);
	return NULL;
}

static bool find_end(const struct call_reader *reader, int64_t id, uint32_t *index)
{
	size_t low = lower_bound(at, reader->ends.count, reader->ends.items[at].id < id);

	*index = (uint32_t)low;
	return low < reader->ends.count && reader->ends.items[low].id == id;
}

static struct error *add_call(struct call_reader *reader, sqlite3_stmt *stmt)
{
	struct recorded_call call = {
		.kind = (uint8_t)sqlite3_column_int(stmt, 2),
		.flags = (uint8_t)sqlite3_column_int(stmt, 3),
		.address = (uint64_t)sqlite3_column_int64(stmt, 4),
	};

	/* Objects that were imported together have edges to each other; such a call stands in the code of another. */
	if (find_end(reader, sqlite3_column_int64(stmt, 0), &call.callee) &&
	    find_end(reader, sqlite3_column_int64(stmt, 1), &call.caller))
		vec_add(&reader->calls, call);
	return NULL;
}

static struct error *read_rows(struct call_reader *reader, enum statement which, int64_t object,
			       struct error *(*add)(struct call_reader *, sqlite3_stmt *))
{
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(reader->store, which, object, &stmt));
	while (!(err = sql_step(reader->store, stmt, &row)) && row)
		if ((err = add(reader, stmt)))
			break;
	sqlite3_reset(stmt);
	return err;
}

static struct error *read_object(struct store *store, struct arena *arena, const struct image *image,
				 const char *object, struct recorded_calls *calls)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_object_of, image->id, &stmt));
	sqlite3_bind_text(stmt, 2, object, -1, SQLITE_STATIC);
	TRY(sql_step(store, stmt, &row));
	if (!row)
		return error_new(ERROR_INPUT, "%s: image %s holds no %s", store->path, image->name, object);
	*calls = (struct recorded_calls){
		.object_id = sqlite3_column_int64(stmt, 0),
		.path = sql_text(arena, stmt, 1),
		.build_id = sql_text(arena, stmt, 2),
	};
	sqlite3_reset(stmt);
	return NULL;
}

struct error *store_calls(struct store *store, struct arena *arena, const struct image *image, const char *object,
			  struct recorded_calls *calls)
{
	struct call_reader reader = {.store = store};
	struct recorded_calls found;

	TRY(read_object(store, arena, image, object, &found));
	struct error *err = read_rows(&reader, STATEMENT_object_instances, found.object_id, add_end);

	if (!err)
		err = read_rows(&reader, STATEMENT_object_calls, found.object_id, add_call);
	if (!err) {
		found.ends = vec_keep(arena, &reader.ends);
		found.end_count = reader.ends.count;
		found.calls = vec_keep(arena, &reader.calls);
		found.call_count = reader.calls.count;
		*calls = found;
	}
	vec_free(&reader.ends);
	vec_free(&reader.calls);
	return err;
}
