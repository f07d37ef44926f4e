// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Types that reach each other are one component (type_fingerprint.c), with one set of
 * users.  Components are numbered so that what one reaches has smaller numbers:
 * a single sweep from the largest down hands the sets on.
 */
#include "atlas/type_impact.h"

#include <string.h>

#include "atlas/search.h"
#include "model/type_graph.h"

struct direct_user {
	uint32_t group, user;
};

struct type_impact {
	struct type_graph *graph;
	size_t words;			/* of one set */
	uint64_t *sets;			/* users, by component */
	uint32_t *counts;		/* by component */
	VEC(struct direct_user) direct; /* by group, then by user */
};

/* A name met on the way: in a user's prototype, or in a definition. */
struct meeting {
	struct type_impact *impact;
	const struct type_scope *scope;
	uint32_t user;
	uint32_t from; /* component, of a definition */
};

static struct type_group *group_of(const struct type_impact *impact, const struct type_name *name, const char *object)
{
	return type_group_find(impact->graph, name->kind, name->text, name->length, object);
}

static uint64_t *set_of(const struct type_impact *impact, uint32_t component)
{
	return impact->sets + (size_t)component * impact->words;
}

static void meet_in_prototype(void *context, const struct type_name *name)
{
	struct meeting *meeting = context;
	struct type_impact *impact = meeting->impact;
	const struct type_group *group = group_of(impact, name, meeting->scope->object);

	if (!group)
		return;
	set_of(impact, group->component)[meeting->user / 64] |= (uint64_t)1 << meeting->user % 64;
	vec_add(&impact->direct,
		((struct direct_user){(uint32_t)(group - impact->graph->groups.items), meeting->user}));
}

static void meet_user(struct type_impact *impact, const struct type_user *user, uint32_t number)
{
	struct meeting meeting = {impact, &user->scope, number, 0};
	struct arena arena;

	if (!user->prototype)
		return;
	arena_init(&arena);
	type_names_in(user->prototype->returns, meet_in_prototype, &meeting);
	for (uint32_t i = 0; i < user->prototype->count; i++)
		type_names_in(type_of_param(&arena, &user->prototype->params[i]), meet_in_prototype, &meeting);
	arena_fini(&arena);
}

static void meet_in_type(void *context, const struct type_name *name)
{
	struct meeting *meeting = context;
	const struct type_impact *impact = meeting->impact;
	const struct type_group *group = group_of(impact, name, meeting->scope->object);

	if (!group || group->component == meeting->from)
		return;
	const uint64_t *from = set_of(impact, meeting->from);
	uint64_t *to = set_of(impact, group->component);

	for (size_t i = 0; i < impact->words; i++)
		to[i] |= from[i];
}

static void hand_on(struct type_impact *impact, const struct type_group *group)
{
	const struct type_place *places = &impact->graph->places.items[group->first];
	const struct type_scope scope = {places->object, NULL};
	struct meeting meeting = {impact, &scope, 0, group->component};

	for (uint32_t i = 0; i < group->count; i++) {
		const struct type *type = places[i].type;

		if (type->text)
			type_names_in(type->text, meet_in_type, &meeting);
		for (uint32_t k = 0; k < type->member_count; k++)
			type_names_in(type->members[k].type, meet_in_type, &meeting);
	}
}

struct ordered {
	uint32_t component, group;
};

/* The largest component first. */
static int by_component(const void *left, const void *right)
{
	const struct ordered *a = left, *b = right;
	int order = (a->component < b->component) - (a->component > b->component);

	return order ? order : (a->group > b->group) - (a->group < b->group);
}

static int by_group(const void *left, const void *right)
{
	const struct direct_user *a = left, *b = right;
	int order = (a->group > b->group) - (a->group < b->group);

	return order ? order : (a->user > b->user) - (a->user < b->user);
}

static void spread(struct type_impact *impact)
{
	size_t count = impact->graph->groups.count;
	AUTO_FREE struct ordered *order = xcalloc(count + 1, sizeof(*order));

	for (uint32_t i = 0; i < count; i++)
		order[i] = (struct ordered){impact->graph->groups.items[i].component, i};
	qsort(order, count, sizeof(*order), by_component);
	for (size_t i = 0; i < count; i++)
		hand_on(impact, &impact->graph->groups.items[order[i].group]);
}

static void count_sets(struct type_impact *impact, size_t components)
{
	impact->counts = xcalloc(components + 1, sizeof(*impact->counts));
	for (size_t c = 0; c < components; c++)
		for (size_t i = 0; i < impact->words; i++)
			impact->counts[c] += (uint32_t)__builtin_popcountll(set_of(impact, (uint32_t)c)[i]);
}

struct type_impact *type_impact_new(const struct type_graph *graph, const struct type_user *users, size_t count)
{
	struct type_impact *impact = xcalloc(1, sizeof(*impact));
	size_t components = 0;

	impact->graph = (struct type_graph *)(uintptr_t)graph;
	type_graph_hash(impact->graph);
	for (size_t i = 0; i < graph->groups.count; i++)
		if (graph->groups.items[i].component >= components)
			components = (size_t)graph->groups.items[i].component + 1;
	impact->words = (count + 63) / 64;
	impact->sets = xcalloc(components * impact->words + 1, sizeof(*impact->sets));
	for (size_t i = 0; i < count; i++)
		meet_user(impact, &users[i], (uint32_t)i);
	spread(impact);
	count_sets(impact, components);
	if (impact->direct.count)
		qsort(impact->direct.items, impact->direct.count, sizeof(*impact->direct.items), by_group);
	return impact;
}

void type_impact_free(struct type_impact *impact)
{
	if (!impact)
		return;
	vec_free(&impact->direct);
	free(impact->sets);
	free(impact->counts);
	free(impact);
}

static size_t first_direct(const struct type_impact *impact, uint32_t group)
{
	return lower_bound(at, impact->direct.count, impact->direct.items[at].group < group);
}

size_t type_impact_of(const struct type_impact *impact, const struct type_place *place, struct arena *arena,
		      const uint32_t **direct, size_t *direct_count)
{
	const struct type *type = place->type;
	const struct type_group *group =
		type_group_find(impact->graph, type->kind, type->name, strlen(type->name), place->object);

	*direct = NULL;
	*direct_count = 0;
	if (!group)
		return 0;
	uint32_t number = (uint32_t)(group - impact->graph->groups.items);
	size_t first = first_direct(impact, number), end = first;

	while (end < impact->direct.count && impact->direct.items[end].group == number)
		end++;
	uint32_t *users = arena_alloc(arena, (end - first) * sizeof(*users));

	for (size_t i = first; i < end; i++)
		if (*direct_count == 0 || users[*direct_count - 1] != impact->direct.items[i].user)
			users[(*direct_count)++] = impact->direct.items[i].user;
	*direct = users;
	return impact->counts[group->component];
}
