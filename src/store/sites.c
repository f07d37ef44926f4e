// SPDX-License-Identifier: GPL-2.0-or-later
/* Sites: the edges of the atlas with the names of their other end. */
#include "store/internal.h"

/* Columns of callers_of and, with the rest, callees_of. */
enum {
	COL_FILE,
	COL_NAME,
	COL_OBJECT,
	COL_CHAIN,
	COL_LINE,
	COL_KIND,
	COL_FLAGS,
	COL_ADDRESS,
	COL_LINKAGE,
	COL_ROLE,
	COL_IMAGE,
	COL_NAME_ID,
};

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

/* `code` is the object the site stands in; NULL: that of the other function, which is the caller then. */
static struct error *read_site(struct store *store, struct arena *arena, sqlite3_stmt *stmt,
			       const struct object_row *code, struct site *site)
{
	int64_t file = sqlite3_column_int64(stmt, COL_FILE);
	int64_t chain = sqlite3_column_int64(stmt, COL_CHAIN);
	const struct object_row *object;

	*site = (struct site){
		.address = (uint64_t)sqlite3_column_int64(stmt, COL_ADDRESS),
		.line = (uint32_t)sqlite3_column_int64(stmt, COL_LINE),
		.kind = (uint8_t)sqlite3_column_int(stmt, COL_KIND),
		.flags = (uint8_t)sqlite3_column_int(stmt, COL_FLAGS),
	};
	TRY(cached_name(store, sqlite3_column_int64(stmt, COL_NAME), &site->name));
	TRY(cached_object(store, sqlite3_column_int64(stmt, COL_OBJECT), &object));
	site->object = object->name;
	if (site->address)
		site->section = section_at(code ? code : object, &site->address);
	if (file)
		TRY(cached_path(store, file, &site->path));
	return chain ? read_through(store, arena, chain, site) : NULL;
}

struct error *sites_on(struct store *store, struct arena *arena, int64_t first_edge, int64_t count,
		       struct site_list *list)
{
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get2(store, STATEMENT_callers_of, first_edge, count, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row)
		if ((err = read_site(store, arena, stmt, NULL, vec_push(&list->sites))))
			break;
	sqlite3_reset(stmt);
	return err;
}

const struct site *sites_keep(struct arena *arena, struct site_list *list, uint32_t *count)
{
	const struct site *kept = vec_keep(arena, &list->sites);

	*count = (uint32_t)list->sites.count;
	vec_free(&list->sites);
	return kept;
}

/* What is imported is where its definer is. */
static struct error *find_definer(struct store *store, sqlite3_stmt *callee, struct site *site)
{
	int64_t linkage = sqlite3_column_int64(callee, COL_LINKAGE);
	const struct object_row *object = NULL;
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get2(store, STATEMENT_definer_of, sqlite3_column_int64(callee, COL_IMAGE),
		     linkage ? linkage : sqlite3_column_int64(callee, COL_NAME_ID), &stmt));
	sqlite3_bind_int64(stmt, 3, sqlite3_column_int64(callee, COL_OBJECT));
	TRY(sql_step(store, stmt, &row));
	site->object = site->path = NULL;
	if (!row)
		return NULL;
	int64_t file = sqlite3_column_int64(stmt, 1);

	err = cached_object(store, sqlite3_column_int64(stmt, 0), &object);
	if (!err && file)
		err = cached_path(store, file, &site->path);
	sqlite3_reset(stmt);
	site->object = err ? NULL : object->name;
	return err;
}

static struct error *read_callee(struct store *store, struct arena *arena, sqlite3_stmt *stmt,
				 const struct object_row *code, struct site *site)
{
	int64_t linkage = sqlite3_column_int64(stmt, COL_LINKAGE);

	TRY(read_site(store, arena, stmt, code, site));
	if (linkage)
		TRY(cached_name(store, linkage, &site->symbol));
	return sqlite3_column_int(stmt, COL_ROLE) == ROLE_IMPORT ? find_definer(store, stmt, site) : NULL;
}

static struct error *read_callees_of(struct store *store, struct arena *arena, int64_t instance, struct site_list *list)
{
	const struct object_row *code;
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_instance_object, instance, &stmt));
	TRY(sql_step(store, stmt, &row));
	if (!row)
		return NULL;
	int64_t object = sqlite3_column_int64(stmt, 0);

	sqlite3_reset(stmt);
	TRY(cached_object(store, object, &code));
	TRY(sql_get1(store, STATEMENT_callees_of, instance, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row)
		if ((err = read_callee(store, arena, stmt, code, vec_push(&list->sites))))
			break;
	sqlite3_reset(stmt);
	return err;
}

struct error *store_callees(struct store *store, struct arena *arena, const struct function *function,
			    const struct site **sites, size_t *count)
{
	struct site_list list = {0};
	struct error *err = NULL;
	uint32_t kept;

	for (uint32_t i = 0; !err && i < function->instance_count; i++)
		err = read_callees_of(store, arena, function->instances[i].id, &list);
	if (err) {
		vec_free(&list.sites);
		return err;
	}
	*sites = sites_keep(arena, &list, &kept);
	*count = kept;
	return NULL;
}
