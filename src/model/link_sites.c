// SPDX-License-Identifier: GPL-2.0-or-later
/* Call sites and inlined copies to edges; the inlined functions between to chains. */
#include "model/link_entries.h"
#include "model/link_offsets.h"
#include "model/link_stages.h"

struct chain_key {
	const struct facts *facts;
	struct fact_chain chain;
};

static bool same_chain(const void *context, uint32_t number)
{
	const struct chain_key *key = context;
	const struct fact_chain *have = &key->facts->chains.items[number];

	return have->parent == key->chain.parent && have->name == key->chain.name;
}

static uint32_t chain_below(struct link *link, uint32_t parent, str_id name)
{
	struct chain_key key = {link->facts, {parent, name}};
	uint64_t hash = hash_u64((uint64_t)parent << 32 | name);
	uint32_t chain = link_map_find(&link->chains, hash, same_chain, &key);

	if (chain != NO_INDEX)
		return chain;
	chain = (uint32_t)link->facts->chains.count;
	vec_add(&link->facts->chains, key.chain);
	link_map_put(&link->chains, hash, chain);
	return chain;
}

/* The instance edges to a DIE stand on: of an external name always the first. */
static uint32_t callee_of(const struct link *link, uint32_t unit, uint64_t offset)
{
	struct sub_ref ref = link_find_sub(link, unit, offset);

	if (ref.unit == NO_INDEX)
		return NO_INDEX;
	uint32_t instance = link->sub_instance[ref.unit][ref.sub];

	if (instance == NO_INDEX)
		return NO_INDEX;
	const struct fact_instance *fact = &link->instances.items[instance].fact;
	const struct link_function *function = &link->functions.items[fact->function];

	if (function->dropped)
		return NO_INDEX;
	return fact->flags & INSTANCE_EXTERNAL ? function->external : instance;
}

static void add_edge(struct link *link, uint32_t unit, const struct raw_site *site, uint32_t callee, uint32_t chain)
{
	const struct raw_sub *sub = &link->raw->units[unit].subs.items[site->caller];
	uint32_t caller = link->sub_instance[unit][site->caller];

	if (caller == NO_INDEX || link->functions.items[link->instances.items[caller].fact.function].dropped)
		return;
	struct fact_edge edge = {
		.address = site->address,
		.callee = callee,
		.caller = link_caller_in_unit(link, unit, caller),
		.chain = chain,
		.line = site->line,
		.kind = site->kind,
	};
	uint32_t from = link->instances.items[caller].fact.function, to = link->instances.items[callee].fact.function;

	if (sub->flags & RAW_COPY)
		edge.flags |= EDGE_COPY;
	/* Two statics of one name are two functions; an external name is one. */
	if (from == to && (callee_of(link, unit, sub->offset) == callee))
		edge.flags |= EDGE_SELF;
	vec_add(&link->facts->edges, edge);
}

#define CHAIN_UNKNOWN (NO_INDEX - 1)

/* One unit's sites on the way to edges. */
struct unit_sites {
	struct link *link;
	uint32_t unit;
	const struct raw_site *sites;
	uint32_t *callee; /* per site; NO_INDEX: no function we know */
	uint32_t *inside; /* per site: chain of what stands inside it; made when something does */
};

static uint32_t chain_inside(struct unit_sites *of, uint32_t site)
{
	if (site == NO_INDEX)
		return NO_INDEX;
	if (of->inside[site] != CHAIN_UNKNOWN)
		return of->inside[site];
	uint32_t chain = chain_inside(of, of->sites[site].parent);
	uint32_t callee = of->callee[site];

	if (callee != NO_INDEX) {
		uint32_t function = of->link->instances.items[callee].fact.function;

		chain = chain_below(of->link, chain, of->link->functions.items[function].fact.name);
	}
	of->inside[site] = chain;
	return chain;
}

static void link_unit_sites(struct link *link, uint32_t unit)
{
	const struct raw_unit *raw = &link->raw->units[unit];
	AUTO_FREE uint32_t *callee = xmalloc((raw->sites.count + 1) * sizeof(*callee));
	AUTO_FREE uint32_t *inside = xmalloc((raw->sites.count + 1) * sizeof(*inside));
	struct unit_sites of = {link, unit, raw->sites.items, callee, inside};

	for (size_t i = 0; i < raw->sites.count; i++) {
		const struct raw_site *site = &raw->sites.items[i];

		callee[i] = callee_of(link, unit, site->callee);
		inside[i] = CHAIN_UNKNOWN;
		if (callee[i] != NO_INDEX)
			add_edge(link, unit, site, callee[i], chain_inside(&of, site->parent));
	}
}

void link_sites(struct link *link)
{
	for (uint32_t unit = 0; unit < link->raw->unit_count; unit++)
		link_unit_sites(link, unit);
}
