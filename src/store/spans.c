// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads that span all functions: where they are declared, who calls whom. */
#include <string.h>

#include "store/internal.h"

struct place_list {
	VEC(struct place) places;
};

static struct error *collect_places(struct store *store, struct arena *arena, struct place_list *list)
{
	const char *path = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get(store, STATEMENT_places, &stmt));
	for (;;) {
		TRY(sql_step(store, stmt, &row));
		if (!row)
			return NULL;
		const char *text = (const char *)sqlite3_column_text(stmt, 0);

		if (!path || strcmp(path, text) != 0)
			path = arena_strdup(arena, text);
		vec_add(&list->places, ((struct place){path, sql_text(arena, stmt, 1)}));
	}
}

struct error *store_places(struct store *store, struct arena *arena, const struct place **places, size_t *count)
{
	struct place_list list = {0};
	struct error *err = collect_places(store, arena, &list);

	if (!err) {
		*places = vec_keep(arena, &list.places);
		*count = list.places.count;
	}
	vec_free(&list.places);
	return err;
}

struct error *name_index_read(struct store *store, const char *const *names, size_t count, struct name_index *index)
{
	sqlite3_stmt *stmt;
	size_t at = 0;
	bool row;

	TRY(sql_get(store, STATEMENT_names_all, &stmt));
	for (;;) {
		TRY(sql_step(store, stmt, &row));
		if (!row)
			return NULL;
		const char *text = (const char *)sqlite3_column_text(stmt, 0);
		int64_t id = sqlite3_column_int64(stmt, 1);

		if (id < 0 || id > INT32_MAX || at == count || !text || strcmp(text, names[at]) != 0)
			continue;
		while (index->by_id.count <= (size_t)id)
			vec_add(&index->by_id, NO_NAME);
		index->by_id.items[id] = (uint32_t)at++;
	}
}

uint32_t name_index_of(const struct name_index *index, int64_t id)
{
	return id >= 0 && (size_t)id < index->by_id.count ? index->by_id.items[id] : NO_NAME;
}

struct call_list {
	VEC(struct call_pair) calls;
};

static struct error *collect_calls(struct store *store, const struct image *image, const struct name_index *index,
				   struct call_list *list)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_calls_of_image, image->id, &stmt));
	for (;;) {
		TRY(sql_step(store, stmt, &row));
		if (!row)
			return NULL;
		struct call_pair call = {
			.callee = name_index_of(index, sqlite3_column_int64(stmt, 0)),
			.caller = name_index_of(index, sqlite3_column_int64(stmt, 1)),
		};

		if (call.caller != NO_NAME && call.callee != NO_NAME && call.caller != call.callee)
			vec_add(&list->calls, call);
	}
}

struct error *store_call_pairs(struct store *store, struct arena *arena, const struct image *image,
			       const char *const *names, size_t name_count, const struct call_pair **calls,
			       size_t *count)
{
	struct name_index index = {0};
	struct call_list list = {0};
	struct error *err = name_index_read(store, names, name_count, &index);

	if (!err)
		err = collect_calls(store, image, &index, &list);
	if (!err) {
		*calls = vec_keep(arena, &list.calls);
		*count = list.calls.count;
	}
	vec_free(&index.by_id);
	vec_free(&list.calls);
	return err;
}

struct suffixed_list {
	VEC(struct suffixed_symbol) symbols;
};

static struct error *collect_suffixed(struct store *store, struct arena *arena, int64_t image,
				      struct suffixed_list *list)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_suffixed_symbols, image, &stmt));
	for (;;) {
		TRY(sql_step(store, stmt, &row));
		if (!row)
			return NULL;
		struct suffixed_symbol symbol = {sqlite3_column_int64(stmt, 0), sql_text(arena, stmt, 1),
						 sql_text(arena, stmt, 2)};

		vec_add(&list->symbols, symbol);
	}
}

struct error *store_suffixed_symbols(struct store *store, struct arena *arena, const struct image *image,
				     const struct suffixed_symbol **symbols, size_t *count)
{
	struct suffixed_list list = {0};
	struct error *err = collect_suffixed(store, arena, image->id, &list);

	if (!err) {
		*symbols = vec_keep(arena, &list.symbols);
		*count = list.symbols.count;
	}
	vec_free(&list.symbols);
	return err;
}
