// SPDX-License-Identifier: GPL-2.0-or-later
/* Types of an image: all of them as a graph, or those of one name. */
#include <string.h>

#include "atlas/type_pool.h"
#include "atlas/type_store.h"
#include "model/type_graph.h"
#include "store/type_body.h"
#include "store/type_cache.h"
#include "store/type_rows.h"

static const int64_t max_id = INT64_C(1) << 31;

static const char *word_text(void *context, uint64_t number)
{
	const struct type_cache *cache = context;

	return number < cache->word_count ? cache->words[number] : NULL;
}

/* Columns of types_of_image and types_of_name. */
enum { NAME, VARIANT, OBJECT, PATH, LINE, UNITS, KIND, FLAGS, SIZE, BODY };

static struct error *read_definition(struct store *store, struct type_cache *cache, sqlite3_stmt *stmt, int64_t name,
				     int64_t variant, const struct type **result)
{
	struct type *type = arena_zalloc(&store->arena, sizeof(*type));
	int64_t kind = sqlite3_column_int64(stmt, KIND), flags = sqlite3_column_int64(stmt, FLAGS);

	if (kind < 0 || kind >= TYPE_KIND_COUNT)
		return types_damaged(store, "a type of an unknown kind");
	*type = (struct type){
		.id = name << 24 | variant,
		.kind = (enum type_kind)kind,
		.declared = flags & TYPE_ROW_DECLARED,
		.is_unsigned = flags & TYPE_ROW_UNSIGNED,
		.name = cache->names[name],
		.size_bytes = (uint64_t)sqlite3_column_int64(stmt, SIZE),
	};
	const void *body = sqlite3_column_blob(stmt, BODY);

	if (!type_body_read(body, (size_t)sqlite3_column_bytes(stmt, BODY), &store->arena, word_text, cache, type))
		return types_damaged(store, "a definition of a type cannot be read");
	type->hash = type_hash(type);
	*result = type;
	return NULL;
}

static struct error *get_definition(struct store *store, struct type_cache *cache, sqlite3_stmt *stmt,
				    const struct type **type)
{
	int64_t name = sqlite3_column_int64(stmt, NAME), variant = sqlite3_column_int64(stmt, VARIANT);

	if (name < 1 || name >= (int64_t)cache->name_count || variant < 0 || variant >= 1 << 24)
		return types_damaged(store, "a type without a name");
	if (variant >= cache->variants[name]) {
		uint32_t room = (uint32_t)variant + 1 + (uint32_t)variant / 2;

		cache->definitions[name] = xrealloc(cache->definitions[name], room * sizeof(const struct type *));
		memset(cache->definitions[name] + cache->variants[name], 0,
		       (room - cache->variants[name]) * sizeof(const struct type *));
		cache->variants[name] = room;
	}
	const struct type **slot = &cache->definitions[name][variant];

	if (!*slot)
		TRY(read_definition(store, cache, stmt, name, variant, slot));
	*type = *slot;
	return NULL;
}

/* "[12,7]" */
static struct error *read_units(struct store *store, struct arena *arena, const char *json, struct type_place *place)
{
	VEC(const char *) units = {0};
	struct error *err = NULL;
	char *end;

	for (const char *at = json; !err && (*at == '[' || *at == ','); at = end) {
		const char *text = NULL;

		err = cached_path(store, strtoll(at + 1, &end, 10), &text);
		vec_add(&units, text);
	}
	place->units = vec_keep(arena, &units);
	place->unit_count = (uint32_t)units.count;
	vec_free(&units);
	return err;
}

static struct error *read_place(struct store *store, struct type_cache *cache, struct arena *arena, sqlite3_stmt *stmt,
				struct type_place *place)
{
	const struct object_row *object;

	*place = (struct type_place){0};
	TRY(get_definition(store, cache, stmt, &place->type));
	TRY(cached_object(store, sqlite3_column_int64(stmt, OBJECT), &object));
	place->object = object->name;
	if (sqlite3_column_type(stmt, PATH) != SQLITE_NULL)
		TRY(cached_path(store, sqlite3_column_int64(stmt, PATH), &place->decl_file));
	place->decl_line = (uint32_t)sqlite3_column_int64(stmt, LINE);
	if (sqlite3_column_type(stmt, UNITS) != SQLITE_NULL)
		return read_units(store, arena, (const char *)sqlite3_column_text(stmt, UNITS), place);
	return NULL;
}

static struct error *read_known(struct store *store, int64_t image_id, struct type_graph *graph)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_types_known, image_id, &stmt));
	for (;;) {
		TRY(sql_step(store, stmt, &row));
		if (!row)
			return NULL;
		vec_add(&graph->objects, sql_text(&graph->arena, stmt, 0));
	}
}

static struct error *read_graph(struct store *store, struct type_cache *cache, int64_t image_id,
				struct type_graph *graph)
{
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(read_known(store, image_id, graph));
	TRY(sql_get1(store, STATEMENT_types_of_image, image_id, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row && !err)
		if ((err = read_place(store, cache, &graph->arena, stmt, vec_push(&graph->places))))
			break;
	sqlite3_reset(stmt);
	if (!err)
		type_graph_finish(graph);
	return err;
}

struct error *store_types(struct store *store, const struct image *image, const struct type_graph **result)
{
	struct type_cache *cache;

	TRY(type_cache_get(store, &cache));
	if (image->id < 0 || image->id >= max_id)
		return types_damaged(store, "an image without an id");
	if ((size_t)image->id >= cache->graph_count) {
		size_t count = (size_t)image->id + 16;

		cache->graphs = xrealloc(cache->graphs, count * sizeof(struct type_graph *));
		memset(cache->graphs + cache->graph_count, 0,
		       (count - cache->graph_count) * sizeof(struct type_graph *));
		cache->graph_count = count;
	}
	if (!cache->graphs[image->id]) {
		struct type_graph *graph = type_graph_new();
		struct error *err = read_graph(store, cache, image->id, graph);

		if (err) {
			type_graph_free(graph);
			return err;
		}
		cache->graphs[image->id] = graph;
	}
	*result = cache->graphs[image->id];
	return NULL;
}

struct place_list {
	VEC(struct type_place) places;
};

static struct error *read_named(struct store *store, struct type_cache *cache, struct arena *arena, int64_t image_id,
				int64_t name, struct place_list *list)
{
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get2(store, STATEMENT_types_of_name, image_id, name, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row)
		if ((err = read_place(store, cache, arena, stmt, vec_push(&list->places))))
			break;
	sqlite3_reset(stmt);
	return err;
}

static int compare_places(const void *a, const void *b)
{
	return type_place_compare(a, b);
}

struct error *store_types_named(struct store *store, struct arena *arena, const struct image *image, const char *name,
				const struct type_place **places, size_t *count)
{
	struct place_list list = {0};
	struct type_cache *cache;

	TRY(type_cache_get(store, &cache));
	int64_t id = intern_find(&cache->index, name);
	struct error *err = id ? read_named(store, cache, arena, image->id, id, &list) : NULL;

	if (!err) {
		if (list.places.count)
			qsort(list.places.items, list.places.count, sizeof(*list.places.items), compare_places);
		type_places_count(list.places.items, list.places.count);
		*places = vec_keep(arena, &list.places);
		*count = list.places.count;
	}
	vec_free(&list.places);
	return err;
}

struct name_list {
	VEC(const char *) names;
};

static struct error *collect(struct store *store, struct arena *arena, const struct globs *globs,
			     struct name_list *list)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get(store, STATEMENT_type_names_all, &stmt));
	for (;;) {
		TRY(sql_step(store, stmt, &row));
		if (!row)
			return NULL;
		const char *text = (const char *)sqlite3_column_text(stmt, 0);

		if (text && globs_match(globs, text))
			vec_add(&list->names, sql_text(arena, stmt, 0));
	}
}

struct error *store_type_names(struct store *store, struct arena *arena, const struct globs *globs,
			       const char *const **names, size_t *count)
{
	struct name_list list = {0};
	struct error *err = collect(store, arena, globs, &list);

	if (!err) {
		*names = vec_keep(arena, &list.names);
		*count = list.names.count;
	}
	vec_free(&list.names);
	return err;
}

struct error *store_types_known(struct store *store, const struct image *image, bool *vmlinux, size_t *modules)
{
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	*vmlinux = false;
	*modules = 0;
	TRY(sql_get1(store, STATEMENT_types_known, image->id, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row) {
		const char *name = (const char *)sqlite3_column_text(stmt, 0);

		if (str_eq(name, "vmlinux"))
			*vmlinux = true;
		else
			(*modules)++;
	}
	return err;
}
