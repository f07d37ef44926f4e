// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/type_cache.h"

#include "model/type_graph.h"

struct error *types_damaged(struct store *store, const char *what)
{
	return error_new(ERROR_STORE, "%s: the atlas is damaged: %s; remove it and scan the images again", store->path,
			 what);
}

static struct error *load_texts(struct store *store, enum statement load, const char ***texts, size_t *count)
{
	sqlite3_stmt *stmt;
	size_t room = 0;
	bool row;

	TRY(sql_get(store, load, &stmt));
	for (*count = 1;; (*count)++) {
		TRY(sql_step(store, stmt, &row));
		if (!row)
			return NULL;
		if (sqlite3_column_int64(stmt, 0) != (int64_t)*count)
			return types_damaged(store, "a dictionary of types has gaps");
		if (*count >= room) {
			room = room ? 2 * room : 4096;
			*texts = xrealloc(*texts, room * sizeof(**texts));
		}
		(*texts)[*count] = sql_text(&store->arena, stmt, 1);
	}
}

/* Names are numbered as they were written, each once, so that the index gives them the same numbers. */
static struct error *index_names(struct store *store, struct type_cache *cache)
{
	intern_init(&cache->index);
	for (size_t i = 1; i < cache->name_count; i++)
		if (!cache->names[i] || intern_static(&cache->index, cache->names[i]) != i)
			return types_damaged(store, "a type's name is there twice");
	return NULL;
}

struct error *type_cache_get(struct store *store, struct type_cache **cache)
{
	if (!store->types) {
		store->types = xcalloc(1, sizeof(*store->types));
		TRY(load_texts(store, STATEMENT_type_names_load, &store->types->names, &store->types->name_count));
		TRY(load_texts(store, STATEMENT_type_words_load, &store->types->words, &store->types->word_count));
		TRY(index_names(store, store->types));
		store->types->definitions = xcalloc(store->types->name_count, sizeof(const struct type **));
		store->types->variants = xcalloc(store->types->name_count, sizeof(*store->types->variants));
	}
	*cache = store->types;
	return NULL;
}

void type_cache_free(struct store *store)
{
	struct type_cache *cache = store->types;

	if (!cache)
		return;
	for (size_t i = 0; cache->definitions && i < cache->name_count; i++)
		free(cache->definitions[i]);
	for (size_t i = 0; i < cache->graph_count; i++)
		type_graph_free(cache->graphs[i]);
	if (cache->index.entries.count)
		intern_fini(&cache->index);
	free(cache->definitions);
	free(cache->variants);
	free(cache->graphs);
	free(cache->names);
	free(cache->words);
	free(cache);
	store->types = NULL;
}
