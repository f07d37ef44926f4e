// SPDX-License-Identifier: GPL-2.0-or-later
/* One function of one linked object, gathered from the tables. */
#include <string.h>

#include "store/internal.h"

/* A function being read, and where its rows are. */
struct gather {
	struct store *store;
	struct arena *arena;
	const struct function_row *row;
	struct function *function;
	VEC(struct instance) instances; /* grown as rows come: a damaged atlas may promise any number */
	VEC(struct symbol) symbols;
	int64_t first_edge, edges; /* on all instances: they follow each other */
	bool brief;		   /* sites are counted, not read */
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

struct error *find_name(struct store *store, const char *name, int64_t *id)
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

void class_read(sqlite3_stmt *stmt, int column, struct class *class)
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

static struct error *read_function_row(struct store *store, sqlite3_stmt *stmt, struct function_row *row)
{
	struct function *function = &row->function;
	int64_t instances = sqlite3_column_int64(stmt, 4), symbols = sqlite3_column_int64(stmt, 6);

	if (!is_count(instances) || !is_count(symbols))
		return damaged(store, function->name);
	row->id = sqlite3_column_int64(stmt, 0);
	TRY(optional_name(store, stmt, 1, &function->readable));
	TRY(optional_prototype(store, stmt, 2, &function->prototype));
	row->first_instance = sqlite3_column_int64(stmt, 3);
	function->instance_count = (uint32_t)instances;
	row->first_symbol = sqlite3_column_int64(stmt, 5);
	function->symbol_count = (uint32_t)symbols;
	function->language = (uint8_t)sqlite3_column_int(stmt, 7);
	function->flags = (uint8_t)sqlite3_column_int(stmt, 8);
	class_read(stmt, 9, &function->class);
	row->object_id = sqlite3_column_int64(stmt, 15);
	row->role = (enum role)sqlite3_column_int(stmt, 16);
	TRY(cached_object(store, row->object_id, &row->object));
	function->object = row->object->name;
	return NULL;
}

static int compare_rows(const void *left, const void *right)
{
	const struct function_row *a = left, *b = right;

	if (a->object->is_vmlinux != b->object->is_vmlinux)
		return b->object->is_vmlinux - a->object->is_vmlinux;
	return strcmp(a->object->name, b->object->name);
}

struct error *function_rows_read(struct store *store, const struct image *image, const char *name, int64_t name_id,
				 struct function_rows *rows)
{
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get2(store, STATEMENT_functions_by_name, image->id, name_id, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row) {
		struct function_row *made = vec_push(&rows->rows);

		*made = (struct function_row){.function = {.image = image, .name = name}};
		if ((err = read_function_row(store, stmt, made)))
			break;
	}
	sqlite3_reset(stmt);
	if (!err && rows->rows.count > 1)
		qsort(rows->rows.items, rows->rows.count, sizeof(*rows->rows.items), compare_rows);
	return err;
}

static struct error *read_symbol(struct gather *g, sqlite3_stmt *stmt, struct symbol *symbol)
{
	*symbol = (struct symbol){
		.address = (uint64_t)sqlite3_column_int64(stmt, 2),
		.size_bytes = (uint64_t)sqlite3_column_int64(stmt, 3),
		.binding = (uint8_t)sqlite3_column_int(stmt, 4),
		.object = g->row->object->name,
	};
	symbol->section = section_at(g->row->object, &symbol->address);
	if (sqlite3_column_int64(stmt, 5))
		TRY(cached_attach(g->store, sqlite3_column_int64(stmt, 5), &symbol->attach));
	return cached_name(g->store, sqlite3_column_int64(stmt, 1), &symbol->name);
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
	if (id >= g->row->first_symbol && id - g->row->first_symbol < g->function->symbol_count) {
		*symbol = &g->function->symbols[id - g->row->first_symbol];
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

	if (sqlite3_column_int64(stmt, 1) != g->row->id)
		return damaged(store, g->function->name);
	*instance = (struct instance){.id = sqlite3_column_int64(stmt, 0), .object = g->row->object->name};
	TRY(optional_path(store, stmt, 2, &instance->file));
	TRY(optional_path(store, stmt, 3, &instance->decl_file));
	instance->decl_line = (uint32_t)sqlite3_column_int64(stmt, 4);
	instance->address = (uint64_t)sqlite3_column_int64(stmt, 5);
	if (instance->address)
		instance->section = section_at(g->row->object, &instance->address);
	TRY(optional_prototype(store, stmt, 6, &instance->prototype));
	TRY(optional_name(store, stmt, 8, &instance->copy_of));
	TRY(optional_name(store, stmt, 9, &instance->linkage));
	TRY(count_edges(g, stmt, instance));
	instance->flags = (uint8_t)sqlite3_column_int(stmt, 13);
	instance->dw_inline = (uint8_t)sqlite3_column_int(stmt, 14);
	return symbol ? tie_symbol(g, symbol, &instance->symbol) : NULL;
}

static struct error *read_sites(struct gather *g)
{
	struct site_list list = {0};
	struct error *err = g->edges ? sites_on(g->store, g->arena, g->first_edge, g->edges, &list) : NULL;
	uint32_t count;

	if (!err && (int64_t)list.sites.count != g->edges)
		err = damaged(g->store, g->function->name);
	const struct site *at = sites_keep(g->arena, &list, &count);

	for (uint32_t i = 0; !err && i < g->instances.count; i++) {
		struct instance *instance = &g->instances.items[i];

		instance->inlined = at;
		instance->calls = at + instance->inlined_count;
		at = instance->calls + instance->call_count;
	}
	return err;
}

static struct error *read_symbols(struct gather *g)
{
	TRY(read_run(g, STATEMENT_symbols_of, g->row->first_symbol, g->function->symbol_count, read_symbol_row));
	g->function->symbols = vec_keep(g->arena, &g->symbols);
	return NULL;
}

static struct error *read_instances(struct gather *g)
{
	TRY(read_run(g, STATEMENT_instances_of, g->row->first_instance, g->function->instance_count,
		     read_instance_row));
	if (!g->brief)
		TRY(read_sites(g));
	g->function->instances = vec_keep(g->arena, &g->instances);
	return NULL;
}

static struct error *gather_rows(struct gather *g, struct function **function)
{
	g->function = arena_alloc(g->arena, sizeof(*g->function));
	*g->function = g->row->function;
	struct error *err = read_symbols(g);

	if (!err)
		err = read_instances(g);
	vec_free(&g->symbols);
	vec_free(&g->instances);
	*function = g->function;
	return err;
}

struct error *function_gather(struct store *store, struct arena *arena, const struct function_row *row,
			      struct function **function)
{
	struct gather g = {.store = store, .arena = arena, .row = row};

	TRY(gather_rows(&g, function));
	return export_read(store, arena, row->id, &(*function)->exported);
}

struct error *function_gather_brief(struct store *store, struct arena *arena, const struct function_row *row,
				    struct function **function)
{
	struct gather g = {.store = store, .arena = arena, .row = row, .brief = true};

	return gather_rows(&g, function);
}
