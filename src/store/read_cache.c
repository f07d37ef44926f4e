// SPDX-License-Identifier: GPL-2.0-or-later
/* Dictionary rows by id, each read once: pages name the same files and functions again and again. */
#include <string.h>

#include "store/internal.h"
#include "store/type_cache.h"

/* More ids than this in one dictionary are no atlas. */
#define MAX_ID (INT64_C(1) << 31)

void caches_fini(struct store *store)
{
	type_cache_free(store);
	free(store->names.texts);
	free(store->paths.texts);
	free(store->labels.texts);
	free(store->objects);
	free(store->prototypes);
	free(store->chains);
	free(store->attach);
	store->names = store->paths = store->labels = (struct text_cache){0};
	store->objects = NULL;
	store->prototypes = NULL;
	store->chains = NULL;
	store->attach = NULL;
	store->preloaded = false;
	store->attach_room = store->prototype_room = store->chain_room = store->object_room = 0;
	arena_reset(&store->arena);
}

static struct error *missing(struct store *store, const char *table, int64_t id)
{
	return error_new(ERROR_STORE,
			 "%s: the atlas is damaged: no row %lld in table %s; remove it and scan the images again",
			 store->path, (long long)id, table);
}

/* Makes `items[id]` exist; new elements are zero. */
static void *grow(void *items, size_t *room, int64_t id, size_t item_bytes)
{
	if ((size_t)id < *room)
		return items;
	size_t want = *room ? *room * 2 : 1024;

	while (want <= (size_t)id)
		want *= 2;
	items = xrealloc(items, want * item_bytes);
	memset((char *)items + *room * item_bytes, 0, (want - *room) * item_bytes);
	*room = want;
	return items;
}

/* Runs a by-id statement up to its only row. */
static struct error *fetch(struct store *store, enum statement which, const char *table, int64_t id,
			   sqlite3_stmt **stmt)
{
	bool row = false;

	if (id <= 0 || id >= MAX_ID)
		return missing(store, table, id);
	TRY(sql_get1(store, which, id, stmt));
	TRY(sql_step(store, *stmt, &row));
	return row ? NULL : missing(store, table, id);
}

static struct error *cached_text(struct store *store, struct text_cache *cache, enum statement which, const char *table,
				 int64_t id, const char **text)
{
	if (id > 0 && (size_t)id < cache->room && cache->texts[id]) {
		*text = cache->texts[id];
		return NULL;
	}
	sqlite3_stmt *stmt;

	TRY(fetch(store, which, table, id, &stmt));
	cache->texts = grow(cache->texts, &cache->room, id, sizeof(*cache->texts));
	cache->texts[id] = sql_text(&store->arena, stmt, 0);
	sqlite3_reset(stmt);
	if (!cache->texts[id])
		return missing(store, table, id);
	*text = cache->texts[id];
	return NULL;
}

struct error *cached_name(struct store *store, int64_t id, const char **text)
{
	return cached_text(store, &store->names, STATEMENT_name_text, "name", id, text);
}

static struct error *preload_names(struct store *store)
{
	struct text_cache *cache = &store->names;
	struct error *err;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get(store, STATEMENT_names_load, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row) {
		int64_t id = sqlite3_column_int64(stmt, 0);

		if (id <= 0 || id >= MAX_ID)
			continue;
		cache->texts = grow(cache->texts, &cache->room, id, sizeof(*cache->texts));
		if (!cache->texts[id])
			cache->texts[id] = sql_text(&store->arena, stmt, 1);
	}
	return err;
}

struct error *names_preload(struct store *store)
{
	if (store->preloaded)
		return NULL;
	store->preloaded = true;
	return preload_names(store);
}

struct error *cached_path(struct store *store, int64_t id, const char **text)
{
	return cached_text(store, &store->paths, STATEMENT_path_text, "path", id, text);
}

struct error *cached_label(struct store *store, int64_t id, const char **text)
{
	return cached_text(store, &store->labels, STATEMENT_label_text, "label", id, text);
}

static struct error *read_sections(struct store *store, int64_t id, struct object_row *object)
{
	VEC(struct section_row) found = {0};
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_sections_of, id, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row) {
		const char *name = sql_text(&store->arena, stmt, 0);

		vec_add(&found, ((struct section_row){
					.name = name ? name : "",
					.base = (uint64_t)sqlite3_column_int64(stmt, 1),
					.size_bytes = (uint64_t)sqlite3_column_int64(stmt, 2),
				}));
	}
	object->sections = vec_keep(&store->arena, &found);
	object->section_count = (uint32_t)found.count;
	vec_free(&found);
	return err;
}

struct error *cached_object(struct store *store, int64_t id, const struct object_row **object)
{
	if (id > 0 && (size_t)id < store->object_room && store->objects[id]) {
		*object = store->objects[id];
		return NULL;
	}
	sqlite3_stmt *stmt;

	TRY(fetch(store, STATEMENT_object_name, "object", id, &stmt));
	struct object_row *made = arena_zalloc(&store->arena, sizeof(*made));

	made->name = sql_text(&store->arena, stmt, 0);
	sqlite3_reset(stmt);
	if (!made->name)
		return missing(store, "object", id);
	made->is_vmlinux = strcmp(made->name, "vmlinux") == 0;
	TRY(read_sections(store, id, made));
	store->objects = grow(store->objects, &store->object_room, id, sizeof(*store->objects));
	store->objects[id] = *object = made;
	return NULL;
}

const char *section_at(const struct object_row *object, uint64_t *address)
{
	for (uint32_t i = 0; i < object->section_count; i++) {
		const struct section_row *section = &object->sections[i];

		/* The end belongs to it: a call that is its last instruction returns there. */
		if (*address < section->base || *address - section->base > section->size_bytes)
			continue;
		*address -= section->base;
		return section->name;
	}
	return NULL;
}

static struct error *read_prototype(struct store *store, sqlite3_stmt *stmt, const struct prototype **prototype)
{
	struct prototype *made = arena_zalloc(&store->arena, sizeof(*made));
	const char *params = (const char *)sqlite3_column_text(stmt, 1);

	made->returns = sql_text(&store->arena, stmt, 0);
	if (!made->returns)
		made->returns = "";
	TRY(params_parse(&store->arena, params ? params : "", &made->params, &made->count));
	*prototype = made;
	return NULL;
}

struct error *cached_prototype(struct store *store, int64_t id, const struct prototype **prototype)
{
	if (id > 0 && (size_t)id < store->prototype_room && store->prototypes[id]) {
		*prototype = store->prototypes[id];
		return NULL;
	}
	sqlite3_stmt *stmt;

	TRY(fetch(store, STATEMENT_prototype_by_id, "prototype", id, &stmt));
	struct error *err = read_prototype(store, stmt, prototype);

	sqlite3_reset(stmt);
	if (err)
		return error_prefix(err, "%s: prototype %lld", store->path, (long long)id);
	store->prototypes = grow(store->prototypes, &store->prototype_room, id, sizeof(*store->prototypes));
	store->prototypes[id] = *prototype;
	return NULL;
}

struct error *cached_attach(struct store *store, int64_t id, const struct symbol_attach **attach)
{
	if (id > 0 && (size_t)id < store->attach_room && store->attach[id]) {
		*attach = store->attach[id];
		return NULL;
	}
	sqlite3_stmt *stmt;

	TRY(fetch(store, STATEMENT_attach_by_id, "attach", id, &stmt));
	struct symbol_attach *made = arena_alloc(&store->arena, sizeof(*made));

	*made = (struct symbol_attach){
		.ftrace = sql_text(&store->arena, stmt, 0),
		.kprobe = sql_text(&store->arena, stmt, 1),
		.fentry = sql_text(&store->arena, stmt, 2),
		.kprobe_multi = sql_text(&store->arena, stmt, 3),
		.reason = sql_text(&store->arena, stmt, 4),
		.line = sql_text(&store->arena, stmt, 5),
		.evidence = (uint16_t)sqlite3_column_int(stmt, 6),
	};
	sqlite3_reset(stmt);
	store->attach = grow(store->attach, &store->attach_room, id, sizeof(*store->attach));
	*attach = store->attach[id] = made;
	return NULL;
}

struct error *cached_chain(struct store *store, int64_t id, struct chain_node *node)
{
	if (id > 0 && (size_t)id < store->chain_room && store->chains[id].name) {
		*node = store->chains[id];
		return NULL;
	}
	sqlite3_stmt *stmt;

	TRY(fetch(store, STATEMENT_chain_by_id, "chain", id, &stmt));
	node->parent = sqlite3_column_int64(stmt, 0);
	node->name = sqlite3_column_int64(stmt, 1);
	sqlite3_reset(stmt);
	/* The writer adds parents first, so that walking up always ends. */
	if (node->name <= 0 || node->parent < 0 || node->parent >= id)
		return missing(store, "chain", node->parent);
	store->chains = grow(store->chains, &store->chain_room, id, sizeof(*store->chains));
	store->chains[id] = *node;
	return NULL;
}
