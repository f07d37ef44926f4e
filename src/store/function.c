// SPDX-License-Identifier: GPL-2.0-or-later
/* One function of one image, gathered from the tables. */
#include <string.h>

#include "store/internal.h"

/* A function being read, and where its rows are. */
struct gather {
	struct store *store;
	struct arena *arena;
	struct function *function;
	int64_t name_id, function_id;
	int64_t first_instance, first_symbol;
	VEC(struct instance) instances; /* grown as rows come: a damaged atlas may promise any number */
	VEC(struct symbol) symbols;
	int64_t first_edge, edges; /* on all instances: they follow each other */
};

static struct error *damaged(struct store *store, const char *name)
{
	return error_new(ERROR_STORE,
			 "%s: the atlas is damaged: the rows of %s do not fit together; remove it and scan the images "
			 "again",
			 store->path, name);
}

static struct error *optional_name(struct store *store, sqlite3_stmt *stmt, int column, const char **text)
{
	int64_t id = sqlite3_column_int64(stmt, column);

	return id ? cached_name(store, id, text) : NULL;
}

static struct error *optional_path(struct store *store, sqlite3_stmt *stmt, int column, const char **text)
{
	int64_t id = sqlite3_column_int64(stmt, column);

	return id ? cached_path(store, id, text) : NULL;
}

static struct error *optional_prototype(struct store *store, sqlite3_stmt *stmt, int column,
					const struct prototype **prototype)
{
	int64_t id = sqlite3_column_int64(stmt, column);

	return id ? cached_prototype(store, id, prototype) : NULL;
}

static struct error *find_name(struct store *store, const char *name, int64_t *id)
{
	sqlite3_stmt *stmt;
	bool row;

	*id = 0;
	TRY(sql_get(store, STATEMENT_name_id, &stmt));
	sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
	TRY(sql_step(store, stmt, &row));
	if (row)
		*id = sqlite3_column_int64(stmt, 0);
	sqlite3_reset(stmt);
	return NULL;
}

static void read_class(sqlite3_stmt *stmt, int column, struct class *class)
{
	int collision = sqlite3_column_int(stmt, column), inlining = sqlite3_column_int(stmt, column + 1);

	if (collision >= COLLISION_UNKNOWN && collision <= COLLISION_STATIC_GLOBAL)
		class->collision = (enum collision)collision;
	if (inlining >= INLINE_UNKNOWN && inlining <= INLINE_NO_SYMBOL)
		class->inlining = (enum inlining)inlining;
	class->transformed = sqlite3_column_int(stmt, column + 2) != 0;
	class->only_split = sqlite3_column_int(stmt, column + 3) != 0;
	class->inlined_sites = (uint32_t)sqlite3_column_int64(stmt, column + 4);
	class->call_sites = (uint32_t)sqlite3_column_int64(stmt, column + 5);
}

/* A count that the rest of the program can hold; a damaged atlas may say anything. */
static bool is_count(int64_t value)
{
	return value >= 0 && value < NO_INDEX;
}

static struct error *read_function_row(struct gather *g, sqlite3_stmt *stmt)
{
	struct function *function = g->function;
	int64_t instances = sqlite3_column_int64(stmt, 4), symbols = sqlite3_column_int64(stmt, 6);

	if (!is_count(instances) || !is_count(symbols))
		return damaged(g->store, function->name);
	g->function_id = sqlite3_column_int64(stmt, 0);
	TRY(optional_name(g->store, stmt, 1, &function->readable));
	TRY(optional_prototype(g->store, stmt, 2, &function->prototype));
	g->first_instance = sqlite3_column_int64(stmt, 3);
	function->instance_count = (uint32_t)instances;
	g->first_symbol = sqlite3_column_int64(stmt, 5);
	function->symbol_count = (uint32_t)symbols;
	function->language = (uint8_t)sqlite3_column_int(stmt, 7);
	function->flags = (uint8_t)sqlite3_column_int(stmt, 8);
	read_class(stmt, 9, &function->class);
	return NULL;
}

static struct error *read_symbol(struct gather *g, sqlite3_stmt *stmt, struct symbol *symbol)
{
	symbol->address = (uint64_t)sqlite3_column_int64(stmt, 3);
	symbol->size_bytes = (uint64_t)sqlite3_column_int64(stmt, 4);
	symbol->binding = (uint8_t)sqlite3_column_int(stmt, 5);
	TRY(cached_object(g->store, sqlite3_column_int64(stmt, 1), &symbol->object));
	return cached_name(g->store, sqlite3_column_int64(stmt, 2), &symbol->name);
}

/* Reads exactly `count` rows of a run of ids with `read_row`. */
static struct error *read_run(struct gather *g, enum statement which, int64_t first, uint32_t count,
			      struct error *(*read_row)(struct gather *, sqlite3_stmt *))
{
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	uint32_t n = 0;
	bool row;

	if (!count)
		return NULL;
	TRY(sql_get2(g->store, which, first, count, &stmt));
	while (!(err = sql_step(g->store, stmt, &row)) && row && !(err = read_row(g, stmt)))
		n++;
	sqlite3_reset(stmt);
	if (!err && n != count)
		err = damaged(g->store, g->function->name);
	return err;
}

static struct error *read_symbol_row(struct gather *g, sqlite3_stmt *stmt)
{
	return read_symbol(g, stmt, vec_push(&g->symbols));
}

/* The symbol at the address of an instance is nearly always one of the function's own. */
static struct error *tie_symbol(struct gather *g, int64_t id, const struct symbol **symbol)
{
	if (id >= g->first_symbol && id - g->first_symbol < g->function->symbol_count) {
		*symbol = &g->function->symbols[id - g->first_symbol];
		return NULL;
	}
	struct symbol *other = arena_zalloc(g->arena, sizeof(*other));
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get2(g->store, STATEMENT_symbols_of, id, 1, &stmt));
	TRY(sql_step(g->store, stmt, &row));
	if (row)
		err = read_symbol(g, stmt, other);
	sqlite3_reset(stmt);
	*symbol = row ? other : NULL;
	return err;
}

/* Edges follow each other as their instances do, so that one range holds all of a function's. */
static struct error *count_edges(struct gather *g, sqlite3_stmt *stmt, struct instance *instance)
{
	int64_t first = sqlite3_column_int64(stmt, 10);
	int64_t inlined = sqlite3_column_int64(stmt, 11), calls = sqlite3_column_int64(stmt, 12);

	if (!is_count(inlined) || !is_count(calls))
		return damaged(g->store, g->function->name);
	instance->inlined_count = (uint32_t)inlined;
	instance->call_count = (uint32_t)calls;
	if (inlined + calls == 0)
		return NULL;
	if (g->edges == 0)
		g->first_edge = first;
	if (first != g->first_edge + g->edges || !is_count(g->edges + inlined + calls))
		return damaged(g->store, g->function->name);
	g->edges += inlined + calls;
	return NULL;
}

static struct error *read_instance_row(struct gather *g, sqlite3_stmt *stmt)
{
	struct store *store = g->store;
	struct instance *instance = vec_push(&g->instances);
	int64_t symbol = sqlite3_column_int64(stmt, 7);

	if (sqlite3_column_int64(stmt, 15) != g->function_id)
		return damaged(store, g->function->name);
	*instance = (struct instance){.id = sqlite3_column_int64(stmt, 0)};
	TRY(cached_object(store, sqlite3_column_int64(stmt, 1), &instance->object));
	TRY(optional_path(store, stmt, 2, &instance->file));
	TRY(optional_path(store, stmt, 3, &instance->decl_file));
	instance->decl_line = (uint32_t)sqlite3_column_int64(stmt, 4);
	instance->address = (uint64_t)sqlite3_column_int64(stmt, 5);
	TRY(optional_prototype(store, stmt, 6, &instance->prototype));
	TRY(optional_name(store, stmt, 8, &instance->copy_of));
	TRY(optional_name(store, stmt, 9, &instance->linkage));
	TRY(count_edges(g, stmt, instance));
	instance->flags = (uint8_t)sqlite3_column_int(stmt, 13);
	instance->dw_inline = (uint8_t)sqlite3_column_int(stmt, 14);
	return symbol ? tie_symbol(g, symbol, &instance->symbol) : NULL;
}

/* Reads a run of edges into an array of the arena. */
static struct error *read_edges(struct gather *g, int64_t first, int64_t count, struct site_list *list)
{
	sqlite3_stmt *stmt;

	TRY(sql_get2(g->store, STATEMENT_callers_of, first, count, &stmt));
	return sites_read(g->store, g->arena, stmt, list);
}

static void *keep(struct arena *arena, const void *items, size_t size_bytes)
{
	void *kept = arena_alloc(arena, size_bytes);

	return size_bytes ? memcpy(kept, items, size_bytes) : kept;
}

static struct site *keep_sites(struct arena *arena, const struct site_list *list)
{
	return keep(arena, list->sites.items, list->sites.count * sizeof(*list->sites.items));
}

static struct error *read_sites(struct gather *g)
{
	struct site_list list = {0};
	struct error *err = g->edges ? read_edges(g, g->first_edge, g->edges, &list) : NULL;

	if (!err && (int64_t)list.sites.count != g->edges)
		err = damaged(g->store, g->function->name);
	const struct site *at = err ? NULL : keep_sites(g->arena, &list);

	vec_free(&list.sites);
	for (uint32_t i = 0; at && i < g->instances.count; i++) {
		struct instance *instance = &g->instances.items[i];

		instance->inlined = at;
		instance->calls = at + instance->inlined_count;
		at = instance->calls + instance->call_count;
	}
	return err;
}

static struct error *read_alias(struct gather *g, sqlite3_stmt *stmt, struct site_list *list)
{
	size_t first = list->sites.count;
	const char *as;

	TRY(cached_name(g->store, sqlite3_column_int64(stmt, 2), &as));
	TRY(read_edges(g, sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1), list));
	for (size_t i = first; i < list->sites.count; i++)
		list->sites.items[i].as = as;
	return NULL;
}

static struct error *collect_aliases(struct gather *g, struct site_list *list)
{
	const struct image *image = g->function->image;
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get2(g->store, STATEMENT_aliases_of, g->name_id, image->id, &stmt));
	while (!err) {
		TRY(sql_step(g->store, stmt, &row));
		if (!row)
			return NULL;
		err = read_alias(g, stmt, list);
	}
	sqlite3_reset(stmt);
	return err;
}

static struct error *read_aliases(struct gather *g)
{
	struct site_list list = {0};
	struct error *err = collect_aliases(g, &list);

	if (!err) {
		g->function->alias_calls = keep_sites(g->arena, &list);
		g->function->alias_call_count = (uint32_t)list.sites.count;
	}
	vec_free(&list.sites);
	return err;
}

static struct error *read_symbols(struct gather *g)
{
	TRY(read_run(g, STATEMENT_symbols_of, g->first_symbol, g->function->symbol_count, read_symbol_row));
	g->function->symbols = keep(g->arena, g->symbols.items, g->symbols.count * sizeof(*g->symbols.items));
	return NULL;
}

static struct error *read_instances(struct gather *g)
{
	TRY(read_run(g, STATEMENT_instances_of, g->first_instance, g->function->instance_count, read_instance_row));
	TRY(read_sites(g));
	g->function->instances = keep(g->arena, g->instances.items, g->instances.count * sizeof(*g->instances.items));
	return NULL;
}

static struct error *gather(struct gather *g, sqlite3_stmt *row)
{
	struct error *err = read_function_row(g, row);

	sqlite3_reset(row);
	if (!err)
		err = read_symbols(g);
	if (!err)
		err = read_instances(g);
	vec_free(&g->symbols);
	vec_free(&g->instances);
	return err ? err : read_aliases(g);
}

struct error *store_function(struct store *store, struct arena *arena, const struct image *image, const char *name,
			     const struct function **function)
{
	struct gather g = {.store = store, .arena = arena};
	sqlite3_stmt *stmt;
	bool row;

	*function = NULL;
	TRY(find_name(store, name, &g.name_id));
	if (!g.name_id)
		return NULL;
	TRY(sql_get2(store, STATEMENT_function_by_name, image->id, g.name_id, &stmt));
	TRY(sql_step(store, stmt, &row));
	if (!row)
		return NULL;
	g.function = arena_zalloc(arena, sizeof(*g.function));
	g.function->image = image;
	g.function->name = arena_strdup(arena, name);
	TRY(gather(&g, stmt));
	*function = g.function;
	return NULL;
}
