// SPDX-License-Identifier: GPL-2.0-or-later
/* Facts limited to some names: what a scan with globs keeps. */
#include <string.h>

#include "atlas/facts.h"
#include "atlas/str.h"

struct limit {
	struct facts *facts;
	const struct globs *globs;
	struct facts old;   /* its functions and instances as they were */
	bool *read;	    /* per old function: the globs admit it */
	bool *keep;	    /* per old instance: admitted, or calls one that is */
	bool *holds;	    /* per old function: holds the address of one that is admitted */
	uint32_t *instance; /* new index per old instance */
	uint32_t *function; /* new index per old function */
	uint32_t *symbol;   /* new index per old symbol */
	uint32_t symbols;   /* kept so far */
};

/* Of an import only the name is known here. */
static bool takes_admitted(const struct limit *limit, const struct fact_taken *taken)
{
	if (taken->function != NO_INDEX)
		return limit->read[taken->function];
	return globs_match(limit->globs, intern_text(&limit->facts->strings, taken->import));
}

static void mark(struct limit *limit)
{
	const struct facts *old = &limit->old;

	for (size_t i = 0; i < old->functions.count; i++)
		limit->read[i] =
			globs_match(limit->globs, intern_text(&limit->facts->strings, old->functions.items[i].name));
	/* Calls recorded under __builtin_memcpy are calls of memcpy: without them memcpy would seem not to be called.
	 */
	for (size_t i = 0; i < old->instances.count; i++)
		if (old->instances.items[i].linkage &&
		    globs_match(limit->globs, intern_text(&limit->facts->strings, old->instances.items[i].linkage)))
			limit->read[old->instances.items[i].function] = true;
	for (size_t i = 0; i < old->instances.count; i++)
		limit->keep[i] = limit->read[old->instances.items[i].function];
	for (size_t i = 0; i < limit->facts->edges.count; i++) {
		const struct fact_edge *edge = &limit->facts->edges.items[i];

		if (limit->read[old->instances.items[edge->callee].function])
			limit->keep[edge->caller] = true;
	}
	for (size_t i = 0; i < limit->facts->taken.count; i++) {
		const struct fact_taken *taken = &limit->facts->taken.items[i];

		if (taken->holder != NO_INDEX && takes_admitted(limit, taken))
			limit->holds[taken->holder] = true;
	}
}

/* What stays of an instance that only calls: its name and file. */
static struct fact_instance only_mentioned(const struct fact_instance *instance)
{
	return (struct fact_instance){
		.file = instance->file,
		.prototype = NO_INDEX,
		.symbol = NO_INDEX,
		.flags = INSTANCE_MENTIONED,
	};
}

static void keep_instances(struct limit *limit, const struct fact_function *from, bool read, struct fact_function *to)
{
	struct facts *facts = limit->facts;

	to->first_instance = (uint32_t)facts->instances.count;
	for (uint32_t i = from->first_instance; i < from->first_instance + from->instances; i++) {
		const struct fact_instance *old = &limit->old.instances.items[i];

		if (!limit->keep[i])
			continue;
		limit->instance[i] = (uint32_t)facts->instances.count;
		struct fact_instance *instance = vec_push(&facts->instances);

		*instance = read ? *old : only_mentioned(old);
		instance->function = (uint32_t)facts->functions.count;
	}
	to->instances = (uint32_t)facts->instances.count - to->first_instance;
}

/* Symbols only ever move towards the front. */
static void keep_symbols(struct limit *limit, const struct fact_function *from, struct fact_function *to)
{
	to->first_symbol = limit->symbols;
	for (uint32_t i = from->first_symbol; i < from->first_symbol + from->symbols; i++) {
		struct fact_symbol symbol = limit->facts->symbols.items[i];

		symbol.function = (uint32_t)limit->facts->functions.count;
		limit->symbol[i] = limit->symbols;
		limit->facts->symbols.items[limit->symbols++] = symbol;
	}
}

static void keep_functions(struct limit *limit, bool read)
{
	for (size_t i = 0; i < limit->old.functions.count; i++) {
		const struct fact_function *from = &limit->old.functions.items[i];
		struct fact_function to = *from;

		if (limit->read[i] != read)
			continue;
		keep_instances(limit, from, read, &to);
		if (!read && to.instances == 0 && !limit->holds[i])
			continue;
		if (read) {
			keep_symbols(limit, from, &to);
		} else {
			to.first_symbol = limit->symbols;
			to.symbols = 0;
			to.prototype = NO_INDEX;
			to.flags |= FUNCTION_MENTIONED;
		}
		limit->function[i] = (uint32_t)limit->facts->functions.count;
		vec_add(&limit->facts->functions, to);
	}
}

/* Edges stay grouped by callee, since admitted instances keep their order. */
static void keep_edges(struct limit *limit)
{
	struct facts *facts = limit->facts;
	uint32_t count = 0;

	for (size_t i = 0; i < limit->old.instances.count; i++) {
		const struct fact_instance *from = &limit->old.instances.items[i];

		if (!limit->read[from->function])
			continue;
		facts->instances.items[limit->instance[i]].first_edge = count;
		for (uint32_t k = 0; k < from->inlined_edges + from->call_edges; k++) {
			struct fact_edge edge = facts->edges.items[from->first_edge + k];

			edge.callee = limit->instance[edge.callee];
			edge.caller = limit->instance[edge.caller];
			facts->edges.items[count++] = edge;
		}
	}
	facts->edges.count = count;
}

/* Places that hold an admitted function's address; who holds them is at least mentioned. */
static void keep_taken(struct limit *limit)
{
	struct facts *facts = limit->facts;
	size_t count = 0;

	for (size_t i = 0; i < facts->taken.count; i++) {
		struct fact_taken taken = facts->taken.items[i];

		if (!takes_admitted(limit, &taken))
			continue;
		if (taken.function != NO_INDEX)
			taken.function = limit->function[taken.function];
		if (taken.symbol != NO_INDEX)
			taken.symbol = limit->symbol[taken.symbol];
		if (taken.holder != NO_INDEX)
			taken.holder = limit->function[taken.holder];
		facts->taken.items[count++] = taken;
	}
	facts->taken.count = count;
}

/* Files that hold what was kept: of others nothing was read. */
static void keep_units(struct facts *facts)
{
	AUTO_FREE bool *used = xcalloc(facts->strings.entries.count + 1, sizeof(*used));
	size_t count = 0;

	for (size_t i = 0; i < facts->instances.count; i++)
		if (!(facts->instances.items[i].flags & INSTANCE_MENTIONED))
			used[facts->instances.items[i].file] = true;
	for (size_t i = 0; i < facts->units.count; i++)
		if (used[facts->units.items[i].file])
			facts->units.items[count++] = facts->units.items[i];
	facts->units.count = count;
}

static void fix_instances(struct limit *limit)
{
	for (size_t i = 0; i < limit->facts->instances.count; i++) {
		struct fact_instance *instance = &limit->facts->instances.items[i];

		if (instance->symbol != NO_INDEX)
			instance->symbol = limit->symbol[instance->symbol];
		if (instance->flags & INSTANCE_MENTIONED)
			instance->first_edge = (uint32_t)limit->facts->edges.count;
	}
}

void facts_limit(struct facts *facts, const struct globs *globs)
{
	struct limit limit = {.facts = facts, .globs = globs, .old = *facts};
	size_t functions = facts->functions.count, instances = facts->instances.count;
	AUTO_FREE bool *read = xcalloc(functions + 1, sizeof(*read));
	AUTO_FREE bool *keep = xcalloc(instances + 1, sizeof(*keep));
	AUTO_FREE bool *holds = xcalloc(functions + 1, sizeof(*holds));
	AUTO_FREE uint32_t *instance = xcalloc(instances + 1, sizeof(*instance));
	AUTO_FREE uint32_t *function = xcalloc(functions + 1, sizeof(*function));
	AUTO_FREE uint32_t *symbol = xcalloc(facts->symbols.count + 1, sizeof(*symbol));

	limit.read = read;
	limit.keep = keep;
	limit.holds = holds;
	limit.instance = instance;
	limit.function = function;
	limit.symbol = symbol;
	memset(&facts->functions, 0, sizeof(facts->functions));
	memset(&facts->instances, 0, sizeof(facts->instances));
	mark(&limit);
	/* Mentioned functions stand behind all read ones. */
	keep_functions(&limit, true);
	keep_functions(&limit, false);
	keep_edges(&limit);
	keep_taken(&limit);
	keep_units(facts);
	facts->symbols.count = limit.symbols;
	fix_instances(&limit);
	vec_free(&limit.old.functions);
	vec_free(&limit.old.instances);
}
