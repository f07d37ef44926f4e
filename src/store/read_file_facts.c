// SPDX-License-Identifier: GPL-2.0-or-later
/* What an image says of source files. */
#include "atlas/file_facts.h"

#include <stdlib.h>
#include <string.h>

#include "store/file_links.h"
#include "store/internal.h"

/* An instance, as the edges need it. */
struct node {
	uint32_t unit, place, name;
};

struct object_nodes {
	int64_t id, first_instance;
	struct node *nodes;
	size_t count;
};

/* Who defines a name for other objects. */
struct definer {
	uint32_t place;
	uint8_t role; /* the smallest wins; ROLE_LAST_DEFINER + 1: nobody */
};

struct gathering {
	struct store *store;
	struct arena *arena;
	const struct image *image;
	const bool *asked; /* by name id */
	size_t asked_count;
	VEC(const char *) object_names;
	VEC(struct object_nodes) objects;
	VEC(struct file_unit) units;
	VEC(struct file_function) functions;
	VEC(struct file_export) exports;
	VEC(struct file_initcall) initcalls;
	VEC(struct file_type) types;
	VEC(struct definer) definers; /* by name id */
	struct pair_counts links, uses;
	struct file_facts *facts;
};

static uint32_t id_of(sqlite3_stmt *stmt, int column)
{
	return (uint32_t)sqlite3_column_int64(stmt, column);
}

static struct definer *definer_of(struct gathering *g, uint32_t name)
{
	while (g->definers.count <= name)
		vec_add(&g->definers, ((struct definer){0, ROLE_LAST_DEFINER + 1}));
	return &g->definers.items[name];
}

static struct error *read_objects(struct gathering *g)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(g->store, STATEMENT_file_objects, g->image->id, &stmt));
	for (;;) {
		TRY(sql_step(g->store, stmt, &row));
		if (!row)
			return NULL;
		int flags = sqlite3_column_int(stmt, 4);
		size_t count = (size_t)sqlite3_column_int64(stmt, 3);

		vec_add(&g->object_names, sql_text(g->arena, stmt, 1));
		vec_add(&g->objects,
			((struct object_nodes){sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 2),
					       xcalloc(count + 1, sizeof(struct node)), count}));
		if (g->objects.count > 1)
			continue;
		g->facts->units_known = flags & FILES_ROW_UNITS;
		g->facts->initcalls_known = flags & FILES_ROW_INITS;
		g->facts->exports_known = sqlite3_column_int(stmt, 5);
		g->facts->types_known = sqlite3_column_int(stmt, 6);
	}
}

static struct error *read_units(struct gathering *g, size_t object)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(g->store, STATEMENT_file_units, g->objects.items[object].id, &stmt));
	for (;;) {
		TRY(sql_step(g->store, stmt, &row));
		if (!row)
			return NULL;
		vec_add(&g->units, ((struct file_unit){id_of(stmt, 0), (uint32_t)object}));
	}
}

static struct error *read_initcalls(struct gathering *g, size_t object)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(g->store, STATEMENT_file_initcalls, g->objects.items[object].id, &stmt));
	for (;;) {
		TRY(sql_step(g->store, stmt, &row));
		if (!row)
			return NULL;
		vec_add(&g->initcalls, ((struct file_initcall){
					       .path = id_of(stmt, 0),
					       .name = id_of(stmt, 1),
					       .object = (uint32_t)object,
					       .line = id_of(stmt, 2),
					       .number = id_of(stmt, 5),
					       .level = sql_text(g->arena, stmt, 3),
					       .module = sql_text(g->arena, stmt, 4),
				       }));
	}
}

/* A variable's file is told by the export itself, a function's by its definition. */
static struct error *read_exports(struct gathering *g, size_t object)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(g->store, STATEMENT_file_exports, g->objects.items[object].id, &stmt));
	for (;;) {
		TRY(sql_step(g->store, stmt, &row));
		if (!row)
			return NULL;
		int flags = sqlite3_column_int(stmt, 1);

		vec_add(&g->exports, ((struct file_export){
					     .path = id_of(stmt, 4),
					     .name = id_of(stmt, 0),
					     .object = (uint32_t)object,
					     .namespace = id_of(stmt, 3),
					     .crc = id_of(stmt, 2),
					     .gpl = flags & EXPORT_ROW_GPL,
					     .function = flags & EXPORT_ROW_FUNCTION,
				     }));
	}
}

static uint32_t object_index(const struct gathering *g, int64_t id)
{
	for (size_t i = 0; i < g->objects.count; i++)
		if (g->objects.items[i].id == id)
			return (uint32_t)i;
	return 0;
}

static struct error *read_types(struct gathering *g)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(g->store, STATEMENT_file_types, g->image->id, &stmt));
	for (;;) {
		TRY(sql_step(g->store, stmt, &row));
		if (!row)
			return NULL;
		vec_add(&g->types, ((struct file_type){
					   .path = id_of(stmt, 0),
					   .line = id_of(stmt, 1),
					   .object = object_index(g, sqlite3_column_int64(stmt, 2)),
					   .kind = (uint8_t)sqlite3_column_int(stmt, 3),
					   .name = sql_text(g->arena, stmt, 4),
					   .size_bytes = (uint64_t)sqlite3_column_int64(stmt, 5),
				   }));
	}
}

static void add_instance(struct gathering *g, size_t object, sqlite3_stmt *stmt)
{
	struct object_nodes *nodes = &g->objects.items[object];
	size_t at = (size_t)(sqlite3_column_int64(stmt, 0) - nodes->first_instance);
	uint32_t file = id_of(stmt, 1), decl = id_of(stmt, 2), linkage = id_of(stmt, 6);
	int role = sqlite3_column_int(stmt, 7), flags = sqlite3_column_int(stmt, 4);
	struct file_function function = {
		.path = decl ? decl : file,
		.unit = file,
		.name = id_of(stmt, 5),
		.line = decl ? id_of(stmt, 3) : 0,
		.object = (uint32_t)object,
		.flags = (uint8_t)flags,
		.collision = (uint8_t)sqlite3_column_int(stmt, 8),
		.inlining = (uint8_t)sqlite3_column_int(stmt, 9),
		.transformed = sqlite3_column_int(stmt, 10),
	};

	if (at >= nodes->count)
		return;
	/* Of what is only declared the file that declares it is not where its code is. */
	nodes->nodes[at] = (struct node){file, file ? function.path : 0, linkage ? linkage : function.name};
	if (!file || role > ROLE_OWN)
		return;
	vec_add(&g->functions, function);
	struct definer *definer = definer_of(g, function.name);

	if (role <= ROLE_LAST_DEFINER && flags & INSTANCE_EXTERNAL && role < definer->role)
		*definer = (struct definer){function.path, (uint8_t)role};
}

static struct error *read_instances(struct gathering *g, size_t object)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(g->store, STATEMENT_file_instances, g->objects.items[object].id, &stmt));
	for (;;) {
		TRY(sql_step(g->store, stmt, &row));
		if (!row)
			return NULL;
		add_instance(g, object, stmt);
	}
}

static const struct node *node_at(const struct object_nodes *nodes, int64_t id)
{
	return id >= nodes->first_instance && (size_t)(id - nodes->first_instance) < nodes->count
		       ? &nodes->nodes[id - nodes->first_instance]
		       : NULL;
}

static void add_edge(struct gathering *g, const struct node *caller, const struct node *callee, bool inlined)
{
	uint32_t to = callee->place;

	if (!caller->unit)
		return;
	if (!to && callee->name < g->definers.count)
		to = g->definers.items[callee->name].place;
	if (to != caller->unit)
		pair_counts_add(&g->links, caller->unit, to, !inlined, inlined);
	if (callee->name < g->asked_count && g->asked[callee->name])
		pair_counts_add(&g->uses, caller->unit, callee->name, !inlined, inlined);
}

static struct error *read_edges(struct gathering *g, size_t object)
{
	const struct object_nodes *nodes = &g->objects.items[object];
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(g->store, STATEMENT_file_edges, nodes->id, &stmt));
	for (;;) {
		TRY(sql_step(g->store, stmt, &row));
		if (!row)
			return NULL;
		const struct node *callee = node_at(nodes, sqlite3_column_int64(stmt, 0));
		const struct node *caller = node_at(nodes, sqlite3_column_int64(stmt, 1));

		if (callee && caller)
			add_edge(g, caller, callee, sqlite3_column_int(stmt, 2) == EDGE_INLINED);
	}
}

/* A header's function that got code of its own in a unit is code of the header, too. */
static void count_own_code(struct gathering *g)
{
	for (size_t i = 0; i < g->functions.count; i++) {
		const struct file_function *function = &g->functions.items[i];

		if (function->path != function->unit && function->flags & INSTANCE_HAS_ADDRESS)
			pair_counts_add(&g->links, function->unit, function->path, 0, 1);
	}
}

static int compare(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

static int by_object_and_name(const void *a, const void *b)
{
	const struct file_function *x = a, *y = b;
	int order = compare(x->object, y->object);

	return order ? order : compare(x->name, y->name);
}

static int functions_order(const void *a, const void *b)
{
	const struct file_function *x = a, *y = b;
	const uint32_t keys[][2] = {
		{x->path, y->path}, {x->line, y->line}, {x->name, y->name}, {x->object, y->object}, {x->unit, y->unit}};

	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (keys[i][0] != keys[i][1])
			return compare(keys[i][0], keys[i][1]);
	return 0;
}

/* Functions are by object and name here. */
static uint32_t place_of_export(const struct gathering *g, const struct file_export *entry)
{
	const struct file_function key = {.name = entry->name, .object = entry->object};
	const struct file_function *all = g->functions.items, *found;

	if (!g->functions.count)
		return 0;
	found = bsearch(&key, all, g->functions.count, sizeof(*all), by_object_and_name);
	while (found && found > all && by_object_and_name(&found[-1], &key) == 0)
		found--;
	for (; found && found < all + g->functions.count && by_object_and_name(found, &key) == 0; found++)
		if (found->flags & INSTANCE_EXTERNAL && !(found->flags & INSTANCE_OVERRIDDEN))
			return found->path;
	return 0;
}

static int exports_order(const void *a, const void *b)
{
	const struct file_export *x = a, *y = b;
	int order = compare(x->path, y->path);

	order = order ? order : compare(x->object, y->object);
	return order ? order : compare(x->name, y->name);
}

static void place_exports(struct gathering *g)
{
	if (g->functions.count)
		qsort(g->functions.items, g->functions.count, sizeof(*g->functions.items), by_object_and_name);
	for (size_t i = 0; i < g->exports.count; i++)
		if (!g->exports.items[i].path)
			g->exports.items[i].path = place_of_export(g, &g->exports.items[i]);
}

static int units_order(const void *a, const void *b)
{
	const struct file_unit *x = a, *y = b;
	int order = compare(x->path, y->path);

	return order ? order : compare(x->object, y->object);
}

static int initcalls_order(const void *a, const void *b)
{
	const struct file_initcall *x = a, *y = b;
	int order = compare(x->path, y->path);

	order = order ? order : compare(x->object, y->object);
	return order ? order : compare(x->number, y->number);
}

static int types_order(const void *a, const void *b)
{
	const struct file_type *x = a, *y = b;
	int order = compare(x->path, y->path);

	order = order ? order : compare(x->kind, y->kind);
	order = order ? order : strcmp(x->name, y->name);
	return order ? order : x->size_bytes < y->size_bytes ? -1 : x->size_bytes > y->size_bytes;
}

static const void *keep(struct arena *arena, void *items, size_t count, size_t size,
			int (*order)(const void *, const void *))
{
	if (count && order)
		qsort(items, count, size, order);
	return arena_copy(arena, items, count * size);
}

#define KEEP(field, order)                                                                                             \
	(g->facts->field##s = keep(g->arena, g->field##s.items, g->field##s.count, sizeof(*g->field##s.items), order), \
	 g->facts->field##_count = g->field##s.count)

static void finish(struct gathering *g)
{
	if (g->functions.count)
		place_exports(g);
	count_own_code(g);
	KEEP(unit, units_order);
	KEEP(function, functions_order);
	KEEP(export, exports_order);
	KEEP(initcall, initcalls_order);
	KEEP(type, types_order);
	g->facts->objects = vec_keep(g->arena, &g->object_names);
	g->facts->object_count = g->object_names.count;
	struct pair_count *links = pair_counts_sorted(&g->links, g->arena);

	g->facts->links = links;
	g->facts->link_count = g->links.used;
	g->facts->links_in = pair_counts_turned(links, g->links.used, g->arena);
	g->facts->uses = pair_counts_sorted(&g->uses, g->arena);
	g->facts->use_count = g->uses.used;
}

static struct error *gather(struct gathering *g)
{
	TRY(read_objects(g));
	for (size_t i = 0; i < g->objects.count; i++) {
		TRY(read_units(g, i));
		TRY(read_initcalls(g, i));
		TRY(read_exports(g, i));
		TRY(read_instances(g, i));
	}
	TRY(read_types(g));
	for (size_t i = 0; i < g->objects.count; i++)
		TRY(read_edges(g, i));
	finish(g);
	return NULL;
}

struct error *store_file_facts(struct store *store, struct arena *arena, const struct image *image, const bool *asked,
			       size_t asked_count, struct file_facts *facts)
{
	struct gathering g = {store, arena, image, asked, asked_count, .facts = facts};

	*facts = (struct file_facts){0};
	pair_counts_init(&g.links);
	pair_counts_init(&g.uses);
	struct error *err = gather(&g);

	for (size_t i = 0; i < g.objects.count; i++)
		free(g.objects.items[i].nodes);
	vec_free(&g.object_names);
	vec_free(&g.objects);
	vec_free(&g.units);
	vec_free(&g.functions);
	vec_free(&g.exports);
	vec_free(&g.initcalls);
	vec_free(&g.types);
	vec_free(&g.definers);
	pair_counts_fini(&g.links);
	pair_counts_fini(&g.uses);
	return err;
}

struct error *store_dictionary(struct store *store, struct arena *arena, enum store_dictionary which,
			       const char *const **texts, size_t *count)
{
	VEC(const char *) found = {0};
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get(store, which == DICTIONARY_NAMES ? STATEMENT_names_load : STATEMENT_paths_load, &stmt));
	vec_add(&found, NULL);
	while (!(err = sql_step(store, stmt, &row)) && row) {
		size_t id = (size_t)sqlite3_column_int64(stmt, 0);

		while (found.count < id)
			vec_add(&found, "");
		vec_add(&found, sql_text(arena, stmt, 1));
	}
	*texts = vec_keep(arena, &found);
	*count = found.count;
	vec_free(&found);
	return err;
}
