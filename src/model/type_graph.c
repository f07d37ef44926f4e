// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/type_graph.h"

#include <string.h>

struct type_graph *type_graph_new(void)
{
	struct type_graph *graph = xcalloc(1, sizeof(*graph));

	arena_init(&graph->arena);
	return graph;
}

void type_graph_free(struct type_graph *graph)
{
	if (!graph)
		return;
	arena_fini(&graph->arena);
	vec_free(&graph->places);
	vec_free(&graph->groups);
	vec_free(&graph->objects);
	free(graph->runs);
	free(graph);
}

static bool is_vmlinux(const char *object)
{
	return !object || strcmp(object, "vmlinux") == 0;
}

static int compare_objects(const char *a, const char *b)
{
	if (is_vmlinux(a) != is_vmlinux(b))
		return is_vmlinux(a) ? -1 : 1;
	return is_vmlinux(a) ? 0 : strcmp(a, b);
}

int type_place_compare(const struct type_place *a, const struct type_place *b)
{
	int order = (int)a->type->kind - (int)b->type->kind;

	if (order == 0)
		order = strcmp(a->type->name, b->type->name);
	if (order == 0)
		order = compare_objects(a->object, b->object);
	if (order == 0)
		order = a->type->declared - b->type->declared;
	if (order == 0)
		order = strcmp(a->decl_file ? a->decl_file : "", b->decl_file ? b->decl_file : "");
	if (order == 0)
		order = (a->decl_line > b->decl_line) - (a->decl_line < b->decl_line);
	return order ? order : (a->type->hash > b->type->hash) - (a->type->hash < b->type->hash);
}

static int compare(const void *a, const void *b)
{
	return type_place_compare(a, b);
}

static bool same_name(const struct type_place *a, const struct type_place *b)
{
	return a->type->kind == b->type->kind && strcmp(a->type->name, b->type->name) == 0;
}

static bool same_group(const struct type_place *a, const struct type_place *b)
{
	return same_name(a, b) && compare_objects(a->object, b->object) == 0;
}

void type_places_count(struct type_place *places, size_t count)
{
	for (size_t first = 0, end; first < count; first = end) {
		uint32_t defined = 0;

		for (end = first; end < count && same_group(&places[first], &places[end]); end++)
			defined += !places[end].type->declared;
		for (size_t i = first; i < end; i++)
			places[i].same_name = defined ? defined : 1;
	}
}

static uint64_t name_hash(enum type_kind kind, const char *name, size_t length)
{
	return hash_u64((uint64_t)hash_bytes(name, length) << 8 | kind);
}

static bool is_named(const struct type_graph *graph, const struct type_run *run, enum type_kind kind, const char *name,
		     size_t length)
{
	const struct type *type = graph->places.items[graph->groups.items[run->first].first].type;

	return type->kind == kind && strncmp(type->name, name, length) == 0 && type->name[length] == '\0';
}

static struct type_run *find_run(const struct type_graph *graph, enum type_kind kind, const char *name, size_t length)
{
	uint64_t hash = name_hash(kind, name, length);
	size_t mask = graph->run_count - 1, at = hash & mask;

	while (graph->runs[at].count &&
	       (graph->runs[at].hash != hash || !is_named(graph, &graph->runs[at], kind, name, length)))
		at = (at + 1) & mask;
	return &graph->runs[at];
}

static void add_group(struct type_graph *graph, size_t first, size_t end)
{
	const struct type *type = graph->places.items[first].type;
	size_t length = strlen(type->name);
	struct type_run *run = find_run(graph, type->kind, type->name, length);

	if (!run->count)
		*run = (struct type_run){name_hash(type->kind, type->name, length), (uint32_t)graph->groups.count, 0};
	run->count++;
	*vec_push(&graph->groups) = (struct type_group){
		.first = (uint32_t)first,
		.count = (uint32_t)(end - first),
		.component = NO_INDEX,
	};
}

void type_graph_finish(struct type_graph *graph)
{
	struct type_place *places = graph->places.items;
	size_t count = graph->places.count;

	if (count)
		qsort(places, count, sizeof(*places), compare);
	type_places_count(places, count);
	for (graph->run_count = 64; graph->run_count < 2 * count;)
		graph->run_count *= 2;
	graph->runs = xcalloc(graph->run_count, sizeof(*graph->runs));
	for (size_t first = 0, end; first < count; first = end) {
		for (end = first + 1; end < count && same_group(&places[first], &places[end]);)
			end++;
		add_group(graph, first, end);
	}
}

bool type_graph_known(const struct type_graph *graph)
{
	return graph->objects.count != 0;
}

bool type_graph_object_known(const struct type_graph *graph, const char *object)
{
	for (size_t i = 0; i < graph->objects.count; i++)
		if (compare_objects(graph->objects.items[i], object) == 0)
			return true;
	return false;
}

const char *const *type_graph_objects(const struct type_graph *graph, size_t *count)
{
	*count = graph->objects.count;
	return graph->objects.items;
}

const struct type_place *type_graph_places(const struct type_graph *graph, size_t *count)
{
	*count = graph->places.count;
	return graph->places.items;
}

const struct type_place *type_graph_named(const struct type_graph *graph, enum type_kind kind, const char *name,
					  size_t *count)
{
	const struct type_run *run = graph->run_count ? find_run(graph, kind, name, strlen(name)) : NULL;

	*count = 0;
	if (!run || !run->count)
		return NULL;
	const struct type_group *first = &graph->groups.items[run->first];

	for (uint32_t i = 0; i < run->count; i++)
		*count += first[i].count;
	return &graph->places.items[first->first];
}

struct type_group *type_group_find(const struct type_graph *graph, enum type_kind kind, const char *name, size_t length,
				   const char *object)
{
	const struct type_run *run = graph->run_count ? find_run(graph, kind, name, length) : NULL;

	if (!run || !run->count)
		return NULL;
	struct type_group *groups = &graph->groups.items[run->first];

	for (uint32_t i = run->count; i-- > 0;)
		if (compare_objects(graph->places.items[groups[i].first].object, object) == 0)
			return &groups[i];
	/* vmlinux's stands first. */
	return is_vmlinux(graph->places.items[groups->first].object) ? groups : NULL;
}

static bool has_unit(const struct type_place *place, const char *unit)
{
	for (uint32_t i = 0; i < place->unit_count; i++)
		if (strcmp(place->units[i], unit) == 0)
			return true;
	return false;
}

/* Which of several definitions a unit means; NULL: it does not tell. */
static const struct type_place *choose(const struct type_place *places, uint32_t count, const char *unit)
{
	const struct type_place *rest = NULL;

	for (uint32_t i = 0; i < count; i++) {
		if (has_unit(&places[i], unit))
			return places[i].type->declared ? NULL : &places[i];
		if (!places[i].unit_count && !places[i].type->declared)
			rest = &places[i];
	}
	return rest;
}

enum type_lookup type_find(const struct type_graph *graph, enum type_kind kind, const char *name,
			   const struct type_scope *scope, const struct type_place **place)
{
	const struct type_group *group = type_group_find(graph, kind, name, strlen(name), scope ? scope->object : NULL);

	*place = NULL;
	if (!group)
		return TYPE_ABSENT;
	const struct type_place *first = &graph->places.items[group->first];
	const struct type_place *chosen = NULL;

	*place = first;
	if (first->type->declared)
		return TYPE_DECLARED;
	if (first->same_name == 1 && group->count == 1)
		return TYPE_FOUND;
	if (scope && scope->unit)
		chosen = choose(first, group->count, scope->unit);
	if (!chosen)
		return TYPE_AMBIGUOUS;
	*place = chosen;
	return TYPE_FOUND;
}
