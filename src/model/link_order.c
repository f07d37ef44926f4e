// SPDX-License-Identifier: GPL-2.0-or-later
/* Final order: functions as first seen, with their instances, symbols and edges in runs. */
#include "atlas/demangle.h"
#include "model/link_stages.h"
#include "model/link_state.h"

static str_id readable_name(struct facts *facts, const struct fact_function *function)
{
	AUTO_FREE char *text = NULL;

	if (function->language != LANGUAGE_RUST)
		return 0;
	text = demangle_rust(intern_text(&facts->strings, function->name));
	return text ? intern(&facts->strings, text) : function->readable;
}

/* New index of each link function and instance; NO_INDEX for what is dropped. */
struct renumbering {
	uint32_t *function;
	uint32_t *instance;
};

/* The instances of one function: those that were read, or those that are only mentioned. */
static void order_instances(struct link *link, struct renumbering *to, uint32_t from, uint8_t mentioned)
{
	struct facts *facts = link->facts;

	for (uint32_t k = link->functions.items[from].first; k != NO_INDEX; k = link->instances.items[k].next) {
		if ((link->instances.items[k].fact.flags & INSTANCE_MENTIONED) != mentioned)
			continue;
		to->instance[k] = (uint32_t)facts->instances.count;
		struct fact_instance *instance = vec_push(&facts->instances);

		*instance = link->instances.items[k].fact;
		instance->function = to->function[from];
		/* A declaration alone has no place: the key it was found by is not one. */
		if (!(instance->flags & INSTANCE_DEFINED))
			instance->decl_file = instance->decl_line = 0;
	}
}

static void order_functions(struct link *link, struct renumbering *to)
{
	struct facts *facts = link->facts;

	for (uint32_t i = 0; i < link->functions.count; i++) {
		const struct link_function *from = &link->functions.items[i];

		to->function[i] = NO_INDEX;
		if (from->dropped)
			continue;
		to->function[i] = (uint32_t)facts->functions.count;
		struct fact_function *function = vec_push(&facts->functions);

		*function = from->fact;
		function->readable = readable_name(facts, &from->fact);
		function->first_instance = (uint32_t)facts->instances.count;
		order_instances(link, to, i, 0);
		order_instances(link, to, i, INSTANCE_MENTIONED);
		function->instances = (uint32_t)facts->instances.count - function->first_instance;
	}
}

static void order_symbols(struct link *link, const struct renumbering *to)
{
	struct facts *facts = link->facts;
	const struct raw_image *raw = link->raw;
	AUTO_FREE uint32_t *next = xcalloc(facts->functions.count + 1, sizeof(*next));
	AUTO_FREE uint32_t *place = xcalloc(raw->symbol_count + 1, sizeof(*place));
	uint32_t total = 0;

	for (uint32_t i = 0; i < raw->symbol_count; i++) {
		uint32_t function = link->symbol_function[i];

		place[i] = function == NO_INDEX ? NO_INDEX : to->function[function];
		if (place[i] != NO_INDEX)
			facts->functions.items[place[i]].symbols++;
	}
	for (size_t i = 0; i < facts->functions.count; i++) {
		next[i] = facts->functions.items[i].first_symbol = total;
		total += facts->functions.items[i].symbols;
	}
	facts->symbols.items = xcalloc(total, sizeof(*facts->symbols.items));
	facts->symbols.count = facts->symbols.room = total;
	for (uint32_t i = 0; i < raw->symbol_count; i++) {
		uint32_t function = place[i];

		if (function == NO_INDEX)
			continue;
		place[i] = next[function]++;
		facts->symbols.items[place[i]] = (struct fact_symbol){
			.address = raw->symbols[i].address,
			.size = raw->symbols[i].size_bytes,
			.function = function,
			.name = intern(&facts->strings, raw->symbols[i].name),
			.binding = raw->symbols[i].binding,
			.type = raw->symbols[i].type,
		};
	}
	for (size_t i = 0; i < facts->instances.count; i++)
		if (facts->instances.items[i].symbol != NO_INDEX)
			facts->instances.items[i].symbol = place[facts->instances.items[i].symbol];
}

static void order_edges(struct link *link, const struct renumbering *to)
{
	struct facts *facts = link->facts;
	struct fact_edge *unordered = facts->edges.items;
	size_t count = facts->edges.count;
	/* Two runs per instance: inlined copies, then calls. */
	AUTO_FREE uint32_t *next = xcalloc(2 * facts->instances.count + 2, sizeof(*next));
	uint32_t total = 0;

	for (size_t i = 0; i < count; i++) {
		struct fact_instance *callee = &facts->instances.items[to->instance[unordered[i].callee]];

		(*(unordered[i].kind == EDGE_INLINED ? &callee->inlined_edges : &callee->call_edges))++;
	}
	for (size_t i = 0; i < facts->instances.count; i++) {
		struct fact_instance *instance = &facts->instances.items[i];

		instance->first_edge = total;
		next[2 * i] = total;
		next[2 * i + 1] = total + instance->inlined_edges;
		total += instance->inlined_edges + instance->call_edges;
	}
	facts->edges.items = xcalloc(count, sizeof(*facts->edges.items));
	facts->edges.room = count;
	for (size_t i = 0; i < count; i++) {
		struct fact_edge edge = unordered[i];

		edge.callee = to->instance[edge.callee];
		edge.caller = to->instance[edge.caller];
		facts->edges.items[next[2 * edge.callee + (edge.kind != EDGE_INLINED)]++] = edge;
	}
	free(unordered);
}

void link_order(struct link *link)
{
	uint32_t *functions = xcalloc(link->functions.count + 1, sizeof(*functions));
	AUTO_FREE uint32_t *instances = xcalloc(link->instances.count + 1, sizeof(*instances));
	struct renumbering to = {functions, instances};

	link->final_function = functions;
	order_functions(link, &to);
	order_symbols(link, &to);
	order_edges(link, &to);
}
