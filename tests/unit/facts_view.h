/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function of `struct facts` as a reader sees it, without an atlas between. */
#ifndef TESTS_FACTS_VIEW_H
#define TESTS_FACTS_VIEW_H

#include "atlas/facts.h"
#include "atlas/function.h"
#include "atlas/mem.h"

static const char *view_text(const struct facts *facts, str_id id)
{
	return intern_text(&facts->strings, id);
}

static const char *view_object(const struct facts *facts, uint32_t row)
{
	return view_text(facts, facts->objects.items[row].name);
}

static const struct prototype *view_prototype(const struct facts *facts, struct arena *arena, uint32_t row)
{
	if (row == NO_INDEX)
		return NULL;
	const struct fact_prototype *fact = &facts->prototypes.items[row];
	struct prototype *prototype = arena_alloc(arena, sizeof(*prototype));
	struct param *params = arena_alloc(arena, fact->params * sizeof(*params));

	for (uint32_t i = 0; i < fact->params; i++) {
		const struct fact_param *param = &facts->params.items[fact->first_param + i];

		params[i] = (struct param){view_text(facts, param->name), view_text(facts, param->decl)};
	}
	*prototype = (struct prototype){view_text(facts, fact->returns), params, fact->params};
	return prototype;
}

static void view_through(const struct facts *facts, struct arena *arena, uint32_t chain, struct site *site)
{
	for (uint32_t c = chain; c != NO_INDEX; c = facts->chains.items[c].parent)
		site->through_count++;
	site->through = arena_alloc(arena, site->through_count * sizeof(*site->through));
	uint32_t at = site->through_count;

	for (uint32_t c = chain; c != NO_INDEX; c = facts->chains.items[c].parent)
		site->through[--at] = view_text(facts, facts->chains.items[c].name);
}

static const struct site *view_sites(const struct facts *facts, struct arena *arena, uint32_t first, uint32_t count)
{
	struct site *sites = arena_zalloc(arena, count * sizeof(*sites));

	for (uint32_t i = 0; i < count; i++) {
		const struct fact_edge *edge = &facts->edges.items[first + i];
		const struct fact_instance *caller = &facts->instances.items[edge->caller];

		sites[i] = (struct site){
			.path = view_text(facts, caller->file),
			.name = view_text(facts, facts->functions.items[caller->function].name),
			.object = view_object(facts, caller->object),
			.address = edge->address,
			.line = edge->line,
			.kind = edge->kind,
			.flags = edge->flags,
		};
		view_through(facts, arena, edge->chain, &sites[i]);
	}
	return sites;
}

static const struct symbol *view_symbols(const struct facts *facts, struct arena *arena, uint32_t first, uint32_t count)
{
	struct symbol *symbols = arena_alloc(arena, count * sizeof(*symbols));

	for (uint32_t i = 0; i < count; i++) {
		const struct fact_symbol *symbol = &facts->symbols.items[first + i];

		symbols[i] = (struct symbol){
			.name = view_text(facts, symbol->name),
			.address = symbol->address,
			.size_bytes = symbol->size,
			.object = view_object(facts, symbol->object),
			.binding = symbol->binding,
		};
	}
	return symbols;
}

static struct instance view_instance(const struct facts *facts, struct arena *arena, uint32_t row)
{
	const struct fact_instance *fact = &facts->instances.items[row];

	return (struct instance){
		.file = view_text(facts, fact->file),
		.decl_file = view_text(facts, fact->decl_file),
		.decl_line = fact->decl_line,
		.object = view_object(facts, fact->object),
		.copy_of = view_text(facts, fact->copy_of),
		.linkage = view_text(facts, fact->linkage),
		.address = fact->address,
		.flags = fact->flags,
		.dw_inline = fact->dw_inline,
		.prototype = view_prototype(facts, arena, fact->prototype),
		.symbol = fact->symbol == NO_INDEX ? NULL : view_symbols(facts, arena, fact->symbol, 1),
		.inlined = view_sites(facts, arena, fact->first_edge, fact->inlined_edges),
		.inlined_count = fact->inlined_edges,
		.calls = view_sites(facts, arena, fact->first_edge + fact->inlined_edges, fact->call_edges),
		.call_count = fact->call_edges,
	};
}

static struct function view_function(const struct facts *facts, struct arena *arena, uint32_t row)
{
	const struct fact_function *fact = &facts->functions.items[row];
	struct instance *instances = arena_alloc(arena, fact->instances * sizeof(*instances));

	for (uint32_t i = 0; i < fact->instances; i++)
		instances[i] = view_instance(facts, arena, fact->first_instance + i);
	return (struct function){
		.name = view_text(facts, fact->name),
		.readable = view_text(facts, fact->readable),
		.language = fact->language,
		.flags = fact->flags,
		.prototype = view_prototype(facts, arena, fact->prototype),
		.instances = instances,
		.instance_count = fact->instances,
		.symbols = view_symbols(facts, arena, fact->first_symbol, fact->symbols),
		.symbol_count = fact->symbols,
	};
}

#endif
