// SPDX-License-Identifier: GPL-2.0-or-later
#include "type_plan.h"

#include <string.h>

#include "atlas/digest.h"
#include "atlas/lookup.h"
#include "atlas/type_store.h"
#include "render/page/page_file.h"

/* More functions than this reach nearly all there is: no need to find out. */
#define FUNCTIONS_MAX 500

/* Names of types, and of each whether it gets a page. */
struct types {
	struct store *store;
	struct arena *arena;
	const char *const *names;
	size_t count;
	bool *wanted;
	uint64_t *keys;
};

static int compare_name(const void *name, const void *item)
{
	return strcmp(name, *(const char *const *)item);
}

static size_t number_of(const struct types *types, const char *name)
{
	const char *const *found = bsearch(name, types->names, types->count, sizeof(*types->names), compare_name);

	return found ? (size_t)(found - types->names) : SIZE_MAX;
}

static void want(struct types *types, const struct type_place *const *places, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t number = number_of(types, places[i]->type->name);

		if (number != SIZE_MAX)
			types->wanted[number] = true;
	}
}

static void reach(struct types *types, const struct type_graph *graph, const struct function *function)
{
	const struct type_place *const *places;
	struct arena arena;
	size_t count;

	arena_init(&arena);
	for (uint32_t i = 0; i < function->instance_count; i++) {
		const struct instance *instance = &function->instances[i];
		struct type_scope scope = {instance->object, instance->file};

		if (!instance->prototype)
			continue;
		type_reach(graph, instance->prototype, &scope, 0, &arena, &places, &count);
		want(types, places, count);
	}
	arena_fini(&arena);
}

static struct error *reach_all(struct types *types, const struct site_plan *plan)
{
	const struct type_graph *graph;
	struct error *err = NULL;
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; !err && i < plan->image_count; i++) {
		err = store_types(types->store, &plan->images[i], &graph);
		for (size_t k = 0; !err && type_graph_known(graph) && k < plan->wanted_count; k++) {
			const struct function *const *functions;
			size_t count = 0;

			arena_reset(&arena);
			err = store_brief_functions(types->store, &arena, &plan->images[i],
						    plan->names[plan->wanted[k]], &functions, &count);
			for (size_t f = 0; !err && f < count; f++)
				reach(types, graph, functions[f]);
		}
	}
	arena_fini(&arena);
	return err;
}

/* Of everything that stands on the pages of types. */
static struct error *add_keys(struct types *types, const struct site_plan *plan)
{
	const struct type_graph *graph;
	size_t count;

	for (size_t i = 0; i < types->count; i++)
		types->keys[i] = DIGEST_START;
	for (size_t i = 0; i < plan->image_count; i++) {
		TRY(store_types(types->store, &plan->images[i], &graph));
		const struct type_place *places = type_graph_places(graph, &count);

		for (size_t k = 0; k < count; k++) {
			size_t number = number_of(types, places[k].type->name);

			if (number == SIZE_MAX)
				continue;
			uint64_t *key = &types->keys[number];

			*key = digest_text(digest_add(digest_add(*key, i), places[k].type->hash), places[k].object);
			*key = digest_add(digest_text(*key, places[k].decl_file), places[k].decl_line);
		}
	}
	return NULL;
}

static void keep(const struct types *types, struct site_plan *plan)
{
	const char **kept = arena_alloc(types->arena, types->count * sizeof(*kept));
	bool *shadowed = arena_zalloc(types->arena, types->count);
	size_t count = 0;

	/* A page's file does not depend on what else is generated. */
	page_files_shadowed(types->names, types->count, shadowed);
	for (size_t i = 0; i < types->count; i++) {
		if (!types->wanted[i])
			continue;
		kept[count] = types->names[i];
		shadowed[count] = shadowed[i];
		/* Links in it change with the set of pages. */
		types->keys[count] = digest_add(types->keys[i], plan->options->names.count != 0);
		count++;
	}
	plan->types = kept;
	plan->type_count = count;
	plan->type_shadowed = shadowed;
	plan->type_keys = types->keys;
}

struct error *type_plan_read(struct store *store, struct arena *arena, struct site_plan *plan)
{
	bool all = plan->options->names.count == 0 || plan->wanted_count > FUNCTIONS_MAX;
	struct types types = {.store = store, .arena = arena};
	struct globs everything = {0};

	TRY(store_type_names(store, arena, &everything, &types.names, &types.count));
	types.wanted = arena_alloc(arena, types.count);
	types.keys = arena_alloc(arena, types.count * sizeof(*types.keys));
	memset(types.wanted, all, types.count);
	if (!all)
		TRY(reach_all(&types, plan));
	TRY(add_keys(&types, plan));
	keep(&types, plan);
	return NULL;
}
