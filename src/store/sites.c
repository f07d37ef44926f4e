// SPDX-License-Identifier: GPL-2.0-or-later
/* Sites: the edges of the atlas with the names of their other end. */
#include <string.h>

#include "store/internal.h"

/* Columns of callers_of and callees_of. */
enum { COL_FILE, COL_NAME, COL_OBJECT, COL_CHAIN, COL_LINE, COL_KIND, COL_FLAGS, COL_ADDRESS, COL_LINKAGE };

static struct error *read_through(struct store *store, struct arena *arena, int64_t chain, struct site *site)
{
	struct chain_node node;
	uint32_t count = 0;

	for (int64_t at = chain; at; at = node.parent) {
		TRY(cached_chain(store, at, &node));
		count++;
	}
	site->through = arena_alloc(arena, count * sizeof(*site->through));
	site->through_count = count;
	for (int64_t at = chain; at; at = node.parent) {
		TRY(cached_chain(store, at, &node));
		TRY(cached_name(store, node.name, &site->through[--count]));
	}
	return NULL;
}

static struct error *read_site(struct store *store, struct arena *arena, sqlite3_stmt *stmt, struct site *site)
{
	int64_t file = sqlite3_column_int64(stmt, COL_FILE);
	int64_t chain = sqlite3_column_int64(stmt, COL_CHAIN);
	int64_t linkage = sqlite3_column_int64(stmt, COL_LINKAGE);

	*site = (struct site){
		.address = (uint64_t)sqlite3_column_int64(stmt, COL_ADDRESS),
		.line = (uint32_t)sqlite3_column_int64(stmt, COL_LINE),
		.kind = (uint8_t)sqlite3_column_int(stmt, COL_KIND),
		.flags = (uint8_t)sqlite3_column_int(stmt, COL_FLAGS),
	};
	TRY(cached_name(store, sqlite3_column_int64(stmt, COL_NAME), &site->name));
	TRY(cached_object(store, sqlite3_column_int64(stmt, COL_OBJECT), &site->object));
	if (file)
		TRY(cached_path(store, file, &site->path));
	if (linkage)
		TRY(cached_name(store, linkage, &site->symbol));
	return chain ? read_through(store, arena, chain, site) : NULL;
}

struct error *sites_read(struct store *store, struct arena *arena, sqlite3_stmt *stmt, struct site_list *list)
{
	bool row;

	for (;;) {
		TRY(sql_step(store, stmt, &row));
		if (!row)
			return NULL;
		struct error *err = read_site(store, arena, stmt, vec_push(&list->sites));

		if (err) {
			sqlite3_reset(stmt);
			return err;
		}
	}
}

static struct error *read_callees(struct store *store, struct arena *arena, const struct function *function,
				  struct site_list *list)
{
	for (uint32_t i = 0; i < function->instance_count; i++) {
		sqlite3_stmt *stmt;

		TRY(sql_get1(store, STATEMENT_callees_of, function->instances[i].id, &stmt));
		TRY(sites_read(store, arena, stmt, list));
	}
	return NULL;
}

struct error *store_callees(struct store *store, struct arena *arena, const struct function *function,
			    const struct site **sites, size_t *count)
{
	struct site_list list = {0};
	struct error *err = read_callees(store, arena, function, &list);

	if (!err) {
		struct site *kept = arena_alloc(arena, list.sites.count * sizeof(*kept));

		if (list.sites.count)
			memcpy(kept, list.sites.items, list.sites.count * sizeof(*kept));
		*sites = kept;
		*count = list.sites.count;
	}
	vec_free(&list.sites);
	return err;
}
