// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Calls that only the machine code knows to edges.
 *
 * Code says who calls whom by addresses.  A DIE with code at a symbol tells which
 * instance that is; else the symbol's name has to, and where it may mean several
 * there is no edge: a wrong one is worse than none.
 */
#include <string.h>

#include "model/link_entries.h"
#include "model/link_stages.h"

/* Instructions in front of DW_AT_low_pc that belong to the function (link_symbols.c). */
#define MAX_ENTRY_BYTES 8

/* Whose code a symbol is. */
struct owner {
	uint32_t instance; /* NO_INDEX unknown */
	uint32_t unit;	   /* NO_INDEX: the instance's own */
	bool copy;	   /* an out-of-line copy of an abstract instance */
};

struct code_link {
	struct link *link;
	struct owner *owners; /* per raw symbol */
};

static uint32_t function_of(const struct link *link, uint32_t instance)
{
	return link->instances.items[instance].fact.function;
}

struct own_search {
	struct code_link *of;
	struct owner owner;
	uint64_t pc;
};

/* Of two DIEs at one symbol the one of the symbol's own name has it, else the first. */
static bool own(void *context, uint32_t symbol)
{
	struct own_search *search = context;
	const struct link *link = search->of->link;
	struct owner *owner = &search->of->owners[symbol];
	uint32_t function = link->symbol_function[symbol];

	if ((search->pc - link->raw->symbols[symbol].address) > MAX_ENTRY_BYTES)
		return true;
	if (owner->instance == NO_INDEX ||
	    (function_of(link, owner->instance) != function && function_of(link, search->owner.instance) == function))
		*owner = search->owner;
	return false;
}

static void own_subs(struct code_link *of, uint32_t unit)
{
	const struct raw_unit *raw = &of->link->raw->units[unit];

	for (uint32_t i = 0; i < raw->subs.count; i++) {
		const struct raw_sub *sub = &raw->subs.items[i];
		uint32_t instance = of->link->sub_instance[unit][i];
		uint64_t pc = sub->pc & of->link->raw->address_mask;
		struct own_search search = {of, {instance, unit, sub->flags & RAW_COPY}, pc};

		if (sub->flags & RAW_HAS_PC && instance != NO_INDEX)
			symbol_map_at(&of->link->map, pc, own, &search);
	}
}

static void find_owners(struct code_link *of)
{
	const struct link *link = of->link;

	for (uint32_t i = 0; i < link->raw->symbol_count; i++)
		of->owners[i].instance = of->owners[i].unit = NO_INDEX;
	for (uint32_t unit = 0; unit < link->raw->unit_count; unit++)
		own_subs(of, unit);
	/* Code without a DIE of its own. */
	for (uint32_t i = 0; i < link->instances.count; i++) {
		uint32_t symbol = link->instances.items[i].fact.symbol;

		if (symbol != NO_INDEX && of->owners[symbol].instance == NO_INDEX)
			of->owners[symbol].instance = i;
	}
}

static uint32_t without_die(struct link *link, uint32_t function, uint32_t symbol)
{
	uint32_t instance = link_add_instance(link, function, INSTANCE_NO_DIE);
	struct fact_instance *fact = &link->instances.items[instance].fact;

	/* A part's address is not the function's. */
	if (strchr(link->raw->symbols[symbol].name, '.'))
		return instance;
	fact->symbol = symbol;
	fact->address = link->raw->symbols[symbol].address;
	fact->flags |= INSTANCE_HAS_ADDRESS;
	return instance;
}

/* The instance that a function's name alone means; `any`: there are some, though it may mean several. */
static uint32_t only_instance(const struct link *link, uint32_t function, bool *any)
{
	uint32_t only = NO_INDEX;

	*any = false;
	for (uint32_t i = link->functions.items[function].first; i != NO_INDEX; i = link->instances.items[i].next) {
		uint8_t flags = link->instances.items[i].fact.flags;

		if (flags & INSTANCE_MENTIONED || (flags & INSTANCE_EXTERNAL && only != NO_INDEX &&
						   link->instances.items[only].fact.flags & INSTANCE_EXTERNAL))
			continue;
		*any = true;
		if (only != NO_INDEX)
			return NO_INDEX;
		only = i;
	}
	return only;
}

/*
 * Whose code a symbol is.  GCC folds equal clones of two functions and leaves the
 * DIE of either: what the symbol's own name means goes before what a DIE of
 * another name says, which is for copies under a prefix (__kvm_nvhe_f).
 */
static struct owner owner_of(struct code_link *of, uint32_t symbol)
{
	struct link *link = of->link;
	struct owner owner = of->owners[symbol];
	uint32_t function = link->symbol_function[symbol];
	bool any;

	if (owner.instance != NO_INDEX && function_of(link, owner.instance) == function)
		return owner;
	uint32_t only = only_instance(link, function, &any);

	if (any)
		return (struct owner){only, NO_INDEX, false};
	if (owner.instance == NO_INDEX && !link->functions.items[function].dropped)
		owner = (struct owner){without_die(link, function, symbol), NO_INDEX, false};
	return owner;
}

struct code_search {
	struct code_link *of;
	uint64_t address;
	uint32_t symbol; /* the best so far, NO_INDEX none */
	int rank;
	bool folded; /* clones of several functions stand there: nobody can tell which is meant */
};

static bool is_clone(const struct link *link, uint32_t symbol)
{
	return strchr(link->raw->symbols[symbol].name, '.') != NULL;
}

/* Of several symbols at one address: one whose code a DIE has under its own name, then one a DIE has, then a global
 * one. */
static bool consider_code(void *context, uint32_t symbol)
{
	struct code_search *search = context;
	const struct link *link = search->of->link;
	const struct owner *owner = &search->of->owners[symbol];
	uint32_t function = link->symbol_function[symbol];
	int rank = 1;

	if ((link->raw->symbols[symbol].address & link->raw->address_mask) != search->address)
		return true;
	if (function == NO_INDEX)
		return false;
	if (search->symbol != NO_INDEX && link->symbol_function[search->symbol] != function && is_clone(link, symbol) &&
	    is_clone(link, search->symbol))
		search->folded = true;
	rank += link->raw->symbols[symbol].binding != 0;
	rank += 2 * (owner->instance != NO_INDEX);
	rank += 4 * (owner->instance != NO_INDEX && function_of(link, owner->instance) == function);
	if (rank > search->rank) {
		search->rank = rank;
		search->symbol = symbol;
	}
	return false;
}

/* Whose code begins at an address; false if nobody can tell. */
static bool owner_at(struct code_link *of, uint64_t address, struct owner *owner)
{
	struct code_search search = {of, address & of->link->raw->address_mask, NO_INDEX, 0, false};

	symbol_map_at(&of->link->map, search.address, consider_code, &search);
	if (search.symbol == NO_INDEX || search.folded)
		return false;
	*owner = owner_of(of, search.symbol);
	return owner->instance != NO_INDEX &&
	       !of->link->functions.items[function_of(of->link, owner->instance)].dropped;
}

static uint32_t find_function(const struct link *link, const char *name)
{
	str_id id = intern_find(&link->facts->strings, name);

	return id ? link_find_function(link, id) : NO_INDEX;
}

/*
 * Assembler may stand under a mere label.  One that units of C declare as a function is that function; another is a
 * caller of that name.  What means something else already is no caller.
 */
static bool label_owner(struct code_link *of, const struct raw_call_end *end, bool calls, struct owner *owner)
{
	struct link *link = of->link;
	uint32_t function = find_function(link, end->name);

	if (function == NO_INDEX) {
		if (!calls)
			return false;
		function = link_function(link, intern(&link->facts->strings, end->name), LANGUAGE_ASM);
		link->functions.items[function].fact.flags |= FUNCTION_MENTIONED;
		link_add_instance(link, function, INSTANCE_MENTIONED);
	}
	const struct link_function *found = &link->functions.items[function];
	bool mentioned = found->fact.flags & FUNCTION_MENTIONED;

	*owner = (struct owner){mentioned ? found->first : found->external, NO_INDEX, false};
	return !found->dropped && (mentioned ? calls : end->global) && owner->instance != NO_INDEX;
}

/* An import that no DIE mentions is one that inline assembler calls. */
static bool import_owner(struct code_link *of, const char *import, struct owner *owner)
{
	struct link *link = of->link;
	uint32_t function = link_function(link, intern(&link->facts->strings, import), LANGUAGE_C);

	link->functions.items[function].fact.flags &= (uint8_t)~FUNCTION_MENTIONED;
	*owner = (struct owner){link_external_instance(link, function), NO_INDEX, false};
	return !link->functions.items[function].dropped;
}

static bool find_end(struct code_link *of, const struct raw_call_end *end, bool calls, struct owner *owner)
{
	if (end->import)
		return import_owner(of, end->name, owner);
	return end->name ? label_owner(of, end, calls, owner) : owner_at(of, end->address, owner);
}

static void add_edge(struct code_link *of, const struct raw_call *call, const struct owner *from,
		     const struct owner *to)
{
	struct link *link = of->link;
	uint32_t caller = from->instance;

	if (from->unit != NO_INDEX)
		caller = link_caller_in_unit(link, from->unit, caller);
	struct fact_edge edge = {
		.address = call->address,
		/* Of several definitions of an external name the DWARF means any, and the code this one. */
		.callee = to->instance,
		.caller = caller,
		.chain = NO_INDEX,
		.kind = EDGE_CODE,
		.flags = from->copy ? EDGE_COPY : 0,
	};

	if (from->instance == to->instance)
		edge.flags |= EDGE_SELF;
	vec_add(&link->facts->edges, edge);
}

void link_code(struct link *link)
{
	AUTO_FREE struct owner *owners = xcalloc(link->raw->symbol_count + 1, sizeof(*owners));
	struct code_link of = {link, owners};
	struct owner from, to;

	if (!link->raw->call_count)
		return;
	find_owners(&of);
	for (size_t i = 0; i < link->raw->call_count; i++) {
		const struct raw_call *call = &link->raw->calls[i];

		/* A caller nobody is called by would be a name for nothing. */
		if (find_end(&of, &call->to, false, &to) && find_end(&of, &call->from, true, &from))
			add_edge(&of, call, &from, &to);
	}
}
