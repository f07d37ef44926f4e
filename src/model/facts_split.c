// SPDX-License-Identifier: GPL-2.0-or-later
/* Facts of several linked objects, with a function for each name in each object. */
#include <stdlib.h>
#include <string.h>

#include "atlas/facts.h"

struct split {
	struct facts *facts;
	struct facts old;			   /* its functions, instances, symbols and edges as they were */
	uint32_t *moved_instances, *moved_symbols; /* new rows by old ones */
};

/* Functions of one object, ascending. */
struct function_list {
	VEC(uint32_t) functions;
};

static void add_function(struct function_list *list, uint32_t function)
{
	size_t count = list->functions.count;

	if (!count || list->functions.items[count - 1] != function)
		vec_add(&list->functions, function);
}

static void list_functions(const struct facts *old, struct function_list *lists)
{
	for (uint32_t f = 0; f < old->functions.count; f++) {
		const struct fact_function *function = &old->functions.items[f];

		for (uint32_t i = 0; i < function->instances; i++)
			add_function(&lists[old->instances.items[function->first_instance + i].object], f);
		for (uint32_t i = 0; i < function->symbols; i++)
			add_function(&lists[old->symbols.items[function->first_symbol + i].object], f);
		/* A function without rows is nowhere: it stays with the first object. */
		if (function->instances == 0 && function->symbols == 0)
			add_function(&lists[0], f);
	}
}

static void move_symbols(struct split *split, const struct fact_function *from, uint32_t object,
			 struct fact_function *to)
{
	struct facts *facts = split->facts;

	to->first_symbol = (uint32_t)facts->symbols.count;
	for (uint32_t i = from->first_symbol; i < from->first_symbol + from->symbols; i++) {
		if (split->old.symbols.items[i].object != object)
			continue;
		split->moved_symbols[i] = (uint32_t)facts->symbols.count;
		struct fact_symbol *symbol = vec_push(&facts->symbols);

		*symbol = split->old.symbols.items[i];
		symbol->function = (uint32_t)facts->functions.count;
	}
	to->symbols = (uint32_t)facts->symbols.count - to->first_symbol;
}

/* Edges of an instance move with it; their ends are turned into new rows last. */
static void move_edges(struct split *split, const struct fact_instance *from, struct fact_instance *to)
{
	struct facts *facts = split->facts;

	to->first_edge = (uint32_t)facts->edges.count;
	for (uint32_t e = 0; e < from->inlined_edges + from->call_edges; e++)
		vec_add(&facts->edges, split->old.edges.items[from->first_edge + e]);
}

static void move_instances(struct split *split, const struct fact_function *from, uint32_t object,
			   struct fact_function *to)
{
	struct facts *facts = split->facts;

	to->first_instance = (uint32_t)facts->instances.count;
	for (uint32_t i = from->first_instance; i < from->first_instance + from->instances; i++) {
		const struct fact_instance *old = &split->old.instances.items[i];

		if (old->object != object)
			continue;
		split->moved_instances[i] = (uint32_t)facts->instances.count;
		struct fact_instance *instance = vec_push(&facts->instances);

		*instance = *old;
		instance->function = (uint32_t)facts->functions.count;
		move_edges(split, old, instance);
	}
	to->instances = (uint32_t)facts->instances.count - to->first_instance;
}

/* What the name's first object says of prototype and language need not hold in another. */
static void describe(const struct split *split, const struct fact_function *from, struct fact_function *to)
{
	const struct fact_instance *rows = to->instances ? &split->facts->instances.items[to->first_instance] : NULL;
	bool read = to->symbols > 0;

	for (uint32_t i = 0; i < to->instances; i++)
		read |= !(rows[i].flags & INSTANCE_MENTIONED);
	if (!read && to->instances)
		to->flags |= FUNCTION_MENTIONED;
	if (to->instances == 0 || from->instances == 0 ||
	    rows[0].object == split->old.instances.items[from->first_instance].object)
		return;
	to->prototype = NO_INDEX;
	for (uint32_t i = to->instances; i-- > 0;)
		if (rows[i].prototype != NO_INDEX && (to->prototype == NO_INDEX || rows[i].flags & INSTANCE_DEFINED))
			to->prototype = rows[i].prototype;
	if (rows[0].flags & INSTANCE_ASM)
		to->language = LANGUAGE_ASM;
	else if (to->language == LANGUAGE_ASM)
		to->language = LANGUAGE_C;
}

static void move_object(struct split *split, uint32_t object, const struct function_list *list)
{
	for (size_t i = 0; i < list->functions.count; i++) {
		const struct fact_function *from = &split->old.functions.items[list->functions.items[i]];
		struct fact_function to = *from;

		move_symbols(split, from, object, &to);
		move_instances(split, from, object, &to);
		describe(split, from, &to);
		vec_add(&split->facts->functions, to);
	}
}

static void move_all(struct split *split)
{
	size_t count = split->facts->objects.count;
	struct function_list *lists = xcalloc(count, sizeof(*lists));

	list_functions(&split->old, lists);
	for (uint32_t object = 0; object < count; object++) {
		move_object(split, object, &lists[object]);
		vec_free(&lists[object].functions);
	}
	free(lists);
}

static void point_rows(struct split *split)
{
	struct facts *facts = split->facts;

	for (size_t i = 0; i < facts->instances.count; i++)
		if (facts->instances.items[i].symbol != NO_INDEX)
			facts->instances.items[i].symbol = split->moved_symbols[facts->instances.items[i].symbol];
	for (size_t i = 0; i < facts->edges.count; i++) {
		facts->edges.items[i].callee = split->moved_instances[facts->edges.items[i].callee];
		facts->edges.items[i].caller = split->moved_instances[facts->edges.items[i].caller];
	}
}

static void take_old(struct split *split)
{
	struct facts *facts = split->facts;

	split->old = *facts;
	memset(&facts->functions, 0, sizeof(facts->functions));
	memset(&facts->instances, 0, sizeof(facts->instances));
	memset(&facts->symbols, 0, sizeof(facts->symbols));
	memset(&facts->edges, 0, sizeof(facts->edges));
}

void facts_split(struct facts *facts)
{
	struct split split = {.facts = facts};

	if (facts->objects.count < 2)
		return;
	take_old(&split);
	split.moved_instances = xcalloc(split.old.instances.count, sizeof(uint32_t));
	split.moved_symbols = xcalloc(split.old.symbols.count, sizeof(uint32_t));
	move_all(&split);
	point_rows(&split);
	free(split.moved_instances);
	free(split.moved_symbols);
	vec_free(&split.old.functions);
	vec_free(&split.old.instances);
	vec_free(&split.old.symbols);
	vec_free(&split.old.edges);
}
