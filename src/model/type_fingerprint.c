// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Numbers that tell whether what a prototype reaches is the same.
 *
 * Nearly all of a kernel's structs reach each other, so the graph is one large cycle
 * with some trees on it.  The number of a cycle (a strongly connected component) is
 * made of the contents of all in it, sorted, and the numbers of what it reaches outside; a type's is made of its own
 * content and its component's.  Contents name what they refer to, so that equal
 * sets of contents are equal graphs, and no order of the walk enters the number.
 *
 * A name with several definitions counts with all of them: a change in any may be
 * one in what is meant.
 */
#include "model/type_graph.h"

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * 0x9e3779b97f4a7c15ULL;
	return hash ^ hash >> 29;
}

static uint64_t mix_text(uint64_t hash, const char *text)
{
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3ULL;
	return mix(hash, 0x101);
}

static int compare_numbers(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Sorts, so that the order things were met in does not matter, and mixes each number once. */
static uint64_t mix_set(uint64_t hash, uint64_t *numbers, size_t count)
{
	if (count)
		qsort(numbers, count, sizeof(*numbers), compare_numbers);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || numbers[i] != numbers[i - 1])
			hash = mix(hash, numbers[i]);
	return hash;
}

struct number_list {
	VEC(uint64_t) numbers;
};

static void set_contents(struct type_graph *graph)
{
	struct number_list list = {0};

	for (size_t i = 0; i < graph->groups.count; i++) {
		struct type_group *group = &graph->groups.items[i];

		list.numbers.count = 0;
		for (uint32_t k = 0; k < group->count; k++) {
			const struct type *type = graph->places.items[group->first + k].type;

			/* Beside definitions a declaration says nothing. */
			if (!type->declared || k == 0)
				vec_add(&list.numbers, type->hash);
		}
		group->content = mix_set(1, list.numbers.items, list.numbers.count);
		group->open = graph->places.items[group->first].type->declared;
	}
	vec_free(&list.numbers);
}

/* Edges: the groups a group's definitions name, by group. */
struct edges {
	struct type_graph *graph;
	VEC(uint32_t) targets;
	uint32_t *first; /* of `targets`, by group; one more than there are groups */
	const char *object;
};

static void add_edge(void *context, const struct type_name *name)
{
	struct edges *edges = context;
	struct type_group *group = type_group_find(edges->graph, name->kind, name->text, name->length, edges->object);

	if (group)
		vec_add(&edges->targets, (uint32_t)(group - edges->graph->groups.items));
}

static void add_edges_of(struct edges *edges, const struct type *type)
{
	if (type->text)
		type_names_in(type->text, add_edge, edges);
	for (uint32_t i = 0; i < type->member_count; i++)
		type_names_in(type->members[i].type, add_edge, edges);
}

static void gather_edges(struct edges *edges)
{
	struct type_graph *graph = edges->graph;

	for (size_t i = 0; i < graph->groups.count; i++) {
		const struct type_group *group = &graph->groups.items[i];

		edges->first[i] = (uint32_t)edges->targets.count;
		edges->object = graph->places.items[group->first].object;
		for (uint32_t k = 0; k < group->count; k++)
			add_edges_of(edges, graph->places.items[group->first + k].type);
	}
	edges->first[graph->groups.count] = (uint32_t)edges->targets.count;
}

/* Tarjan's algorithm, with a stack of its own: the kernel's cycle is deeper than the machine's. */
struct visit {
	uint32_t group, edge;
};

struct tarjan {
	const struct edges *edges;
	uint32_t *order, *low; /* by group; order 0: not met */
	uint32_t next;
	VEC(uint32_t) open;
	VEC(struct visit) visits;
	uint32_t components;
};

static void meet(struct tarjan *tarjan, uint32_t group)
{
	tarjan->order[group] = tarjan->low[group] = ++tarjan->next;
	vec_add(&tarjan->open, group);
	*vec_push(&tarjan->visits) = (struct visit){group, tarjan->edges->first[group]};
}

/* The component `group` is the root of: hashes it; what it reaches outside is done already. */
static void close_component(struct tarjan *tarjan, uint32_t root)
{
	struct type_graph *graph = tarjan->edges->graph;
	struct type_group *groups = graph->groups.items;
	struct number_list contents = {0}, outside = {0};
	size_t first = tarjan->open.count;
	bool open = false;

	do
		groups[tarjan->open.items[--first]].component = tarjan->components;
	while (tarjan->open.items[first] != root);
	for (size_t i = first; i < tarjan->open.count; i++) {
		uint32_t member = tarjan->open.items[i];

		vec_add(&contents.numbers, groups[member].content);
		open = open || groups[member].open;
		for (uint32_t e = tarjan->edges->first[member]; e < tarjan->edges->first[member + 1]; e++) {
			const struct type_group *target = &groups[tarjan->edges->targets.items[e]];

			if (target->component == tarjan->components)
				continue;
			vec_add(&outside.numbers, target->whole);
			open = open || target->open;
		}
	}
	uint64_t hash = mix_set(2, contents.numbers.items, contents.numbers.count);

	hash = mix_set(hash, outside.numbers.items, outside.numbers.count);
	for (size_t i = first; i < tarjan->open.count; i++) {
		struct type_group *group = &groups[tarjan->open.items[i]];

		group->whole = hash_u64(mix(hash, group->content));
		group->open = open;
	}
	tarjan->open.count = first;
	tarjan->components++;
	vec_free(&contents.numbers);
	vec_free(&outside.numbers);
}

static void lower(struct tarjan *tarjan, uint32_t group, uint32_t to)
{
	if (to < tarjan->low[group])
		tarjan->low[group] = to;
}

static void step(struct tarjan *tarjan)
{
	struct visit *visit = &tarjan->visits.items[tarjan->visits.count - 1];
	const struct edges *edges = tarjan->edges;
	uint32_t group = visit->group;

	if (visit->edge < edges->first[group + 1]) {
		uint32_t target = edges->targets.items[visit->edge++];

		if (!tarjan->order[target])
			meet(tarjan, target);
		else if (edges->graph->groups.items[target].component == NO_INDEX)
			lower(tarjan, group, tarjan->order[target]);
		return;
	}
	if (tarjan->low[group] == tarjan->order[group])
		close_component(tarjan, group);
	tarjan->visits.count--;
	if (tarjan->visits.count)
		lower(tarjan, tarjan->visits.items[tarjan->visits.count - 1].group, tarjan->low[group]);
}

void type_graph_hash(struct type_graph *graph)
{
	size_t count = graph->groups.count;
	AUTO_FREE uint32_t *first = xcalloc(count + 1, sizeof(*first));
	AUTO_FREE uint32_t *order = xcalloc(count + 1, sizeof(*order));
	AUTO_FREE uint32_t *low = xcalloc(count + 1, sizeof(*low));
	struct edges edges = {.graph = graph, .first = first};
	struct tarjan tarjan = {.edges = &edges, .order = order, .low = low};

	if (graph->hashed)
		return;
	graph->hashed = true;
	set_contents(graph);
	gather_edges(&edges);
	for (uint32_t i = 0; i < count; i++) {
		if (!order[i])
			meet(&tarjan, i);
		while (tarjan.visits.count)
			step(&tarjan);
	}
	vec_free(&edges.targets);
	vec_free(&tarjan.open);
	vec_free(&tarjan.visits);
}

/* What is being added up of things that are contained by value. */
struct near_sum {
	struct type_graph *graph;
	const char *object;
	uint64_t hash;
	unsigned nesting;
};

/* By value nothing contains itself; a broken file may say so. */
#define MAX_NESTING 64u

static uint64_t near_of(struct type_graph *graph, struct type_group *group, unsigned nesting);

static void add_near(void *context, const struct type_name *name)
{
	struct near_sum *sum = context;
	struct type_group *group = type_group_find(sum->graph, name->kind, name->text, name->length, sum->object);

	if (group)
		sum->hash = mix(sum->hash, near_of(sum->graph, group, sum->nesting));
}

static uint64_t near_of(struct type_graph *graph, struct type_group *group, unsigned nesting)
{
	const char *object = graph->places.items[group->first].object;
	struct near_sum sum = {graph, object, group->content, nesting + 1};

	if (group->near_state == 2)
		return group->near;
	if (group->near_state == 1 || nesting > MAX_NESTING)
		return group->content;
	group->near_state = 1;
	for (uint32_t k = 0; k < group->count; k++) {
		const struct type *type = graph->places.items[group->first + k].type;

		if (type->text && !type_is_pointer(type->text))
			type_names_in(type->text, add_near, &sum);
		for (uint32_t i = 0; i < type->member_count; i++)
			if (!type->members[i].behind && !type_is_pointer(type->members[i].type))
				type_names_in(type->members[i].type, add_near, &sum);
	}
	group->near = hash_u64(sum.hash);
	group->near_state = 2;
	return group->near;
}

/* What a prototype names, where the unit of the function tells which definition it means. */
struct print {
	struct type_graph *graph;
	const struct type_scope *scope;
	struct type_fingerprint *result;
};

static void add_named(void *context, const struct type_name *name)
{
	struct print *print = context;
	AUTO_FREE char *text = xstrndup(name->text, name->length);
	const struct type_place *place;
	enum type_lookup found = type_find(print->graph, name->kind, text, print->scope, &place);

	if (found == TYPE_ABSENT)
		return;
	struct type_group *group = type_group_find(print->graph, name->kind, text, name->length, place->object);
	uint64_t meant = found == TYPE_FOUND ? place->type->hash : 0;

	print->result->near = mix(mix(print->result->near, near_of(print->graph, group, 0)), meant);
	print->result->whole = mix(mix(print->result->whole, group->whole), meant);
	print->result->incomplete |= group->open;
}

static void add_text(struct print *print, const char *text)
{
	print->result->near = mix_text(print->result->near, text);
	print->result->whole = mix_text(print->result->whole, text);
	type_names_in(text, add_named, print);
}

void type_fingerprint(const struct type_graph *graph, const struct prototype *prototype, const struct type_scope *scope,
		      struct type_fingerprint *fingerprint)
{
	struct print print = {(struct type_graph *)(uintptr_t)graph, scope, fingerprint};
	struct arena arena;

	*fingerprint = (struct type_fingerprint){0};
	if (!prototype || !type_graph_object_known(graph, scope ? scope->object : NULL))
		return;
	arena_init(&arena);
	type_graph_hash(print.graph);
	*fingerprint = (struct type_fingerprint){3, 4, false};
	add_text(&print, prototype->returns);
	for (uint32_t i = 0; i < prototype->count; i++)
		add_text(&print, type_of_param(&arena, &prototype->params[i]));
	fingerprint->near = hash_u64(fingerprint->near);
	fingerprint->whole = hash_u64(fingerprint->whole);
	arena_fini(&arena);
}
