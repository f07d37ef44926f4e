// SPDX-License-Identifier: GPL-2.0-or-later
#include "validate/reach.h"

#include <stdlib.h>
#include <string.h>

#include "atlas/search.h"
#include "atlas/str.h"
#include "text/calls.h"
#include "text/names.h"

static int by_end_address(const void *a, const void *b, void *context)
{
	const struct end_map *map = context;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	uint64_t ax = map->calls->ends[x].address & map->mask, ay = map->calls->ends[y].address & map->mask;

	if (ax != ay)
		return ax < ay ? -1 : 1;
	return (x > y) - (x < y);
}

void end_map_init(struct end_map *map, const struct recorded_calls *calls, uint64_t mask)
{
	*map = (struct end_map){.calls = calls, .mask = mask};
	map->order = xcalloc(calls->end_count, sizeof(*map->order));
	for (size_t i = 0; i < calls->end_count; i++)
		if (calls->ends[i].flags & INSTANCE_HAS_ADDRESS)
			map->order[map->count++] = (uint32_t)i;
	qsort_r(map->order, map->count, sizeof(*map->order), by_end_address, map);
}

void end_map_fini(struct end_map *map)
{
	free(map->order);
	*map = (struct end_map){0};
}

static uint64_t address_of(const struct end_map *map, size_t at)
{
	return map->calls->ends[map->order[at]].address & map->mask;
}

size_t end_map_at(const struct end_map *map, uint64_t address, const uint32_t **first)
{
	size_t low = lower_bound(at, map->count, address_of(map, at) < address), end = low;

	*first = map->order + low;
	while (end < map->count && address_of(map, end) == address)
		end++;
	return end - low;
}

const struct call_end *end_map_before(const struct end_map *map, uint64_t address)
{
	size_t low = lower_bound(at, map->count, address_of(map, at) <= address);

	return low ? &map->calls->ends[map->order[low - 1]] : NULL;
}

/* Whether `symbol` is, or is a clone of, the function called `name`. */
static bool has_stem(const char *symbol, const char *name)
{
	size_t length = strlen(name);

	return strncmp(symbol, name, length) == 0 && (symbol[length] == '\0' || symbol[length] == '.');
}

/* `__foo_veneer` of ARM and arm64. */
static bool is_veneer_of(const char *symbol, const char *name)
{
	size_t length = strlen(name);

	return str_starts(symbol, "__") && strncmp(symbol + 2, name, length) == 0 &&
	       strcmp(symbol + 2 + length, "_veneer") == 0;
}

static bool is_stub_of(const char *symbol, const char *name)
{
	const char *leads_to = symbol_stub_target(symbol);
	size_t length = strlen(name);

	if (is_veneer_of(symbol, name))
		return true;
	return leads_to && strncmp(leads_to, name, length) == 0 && strchr(".+", leads_to[length]);
}

/* The callee's copy in the image that `from` belongs to. */
static bool is_copy_of(const char *symbol, const char *name, const char *from)
{
	size_t prefix = copy_prefix(symbol);

	return prefix && has_stem(symbol + prefix, name) && (!from || strncmp(symbol, from, prefix) == 0);
}

/* By the symbol's name alone. */
static enum site_outcome match_symbol(const struct call_end *callee, const char *symbol, const char *from)
{
	if (strcmp(symbol, callee->name) == 0)
		return SITE_CONFIRMED;
	if (has_stem(symbol, callee->name))
		return SITE_CLONE;
	if (callee->linkage && has_stem(symbol, callee->linkage))
		return SITE_LINKAGE;
	if (callee->copy_of && strcmp(symbol, callee->copy_of) == 0)
		return SITE_COPY;
	if (is_copy_of(symbol, callee->name, from) || (callee->linkage && is_copy_of(symbol, callee->linkage, from)))
		return SITE_COPY;
	if (is_stub_of(symbol, callee->name) || (callee->linkage && is_stub_of(symbol, callee->linkage)))
		return SITE_STUB;
	return SITE_CONTRADICTED;
}

/* The code there is of another function that bears the same name: a static one of another unit. */
static bool is_namesake(const struct end_map *ends, const struct call_end *callee, uint64_t address)
{
	const uint32_t *at;
	size_t count = end_map_at(ends, address, &at);
	bool other = false;

	/* External names mean one function, whichever definition the linker took; merely mentioned ones say no more. */
	if (callee->flags & INSTANCE_EXTERNAL || !(callee->flags & INSTANCE_DEFINED))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct call_end *end = &ends->calls->ends[at[i]];

		if (end == callee)
			return false;
		other |= strcmp(end->name, callee->name) == 0;
	}
	return other;
}

static bool is_its_code(const struct end_map *ends, const struct call_end *callee, uint64_t address)
{
	return callee->flags & INSTANCE_HAS_ADDRESS && (callee->address & ends->mask) == address;
}

struct question {
	const struct text *text;
	const struct end_map *ends;
	const struct call_end *callee;
	const char *from; /* symbol that the branch stands in, NULL unknown */
};

/* The best that the symbols of `address`, where `target` enters them, say. */
static enum site_outcome reach_symbols(const struct question *ask, uint64_t address, uint64_t target)
{
	enum site_outcome best = SITE_CONTRADICTED;
	const struct code_symbol *symbols;
	size_t count = text_symbols_at(ask->text, address, &symbols);

	for (size_t i = 0; i < count; i++) {
		if (target != symbols[i].address && target != symbols[i].local)
			continue;
		enum site_outcome outcome = match_symbol(ask->callee, symbols[i].name, ask->from);

		if (outcome < best)
			best = outcome;
	}
	if (best == SITE_CONTRADICTED && is_its_code(ask->ends, ask->callee, address))
		return SITE_ALIAS;
	return best != SITE_CONTRADICTED && is_namesake(ask->ends, ask->callee, address) ? SITE_CONTRADICTED : best;
}

static enum site_outcome reach_entry(const struct question *ask, uint64_t target)
{
	enum site_outcome outcome = reach_symbols(ask, target, target);

	/* The local entry lies 4 to 64 bytes in. */
	for (unsigned into = 4; outcome == SITE_CONTRADICTED && ask->text->arch == CODE_PPC64 && into <= 64; into *= 2)
		outcome = reach_symbols(ask, target - into, target);
	return outcome;
}

enum site_outcome reach_import(const struct call_end *callee, const char *import)
{
	return match_symbol(callee, import, NULL);
}

enum site_outcome reach(const struct text *text, const struct end_map *ends, const struct call_end *callee,
			const char *from, uint64_t target)
{
	const struct question ask = {text, ends, callee, from};
	enum site_outcome outcome = reach_entry(&ask, target);

	for (unsigned hops = 0; outcome == SITE_CONTRADICTED && hops < MAX_STUBS && text_pass_on(text, &target); hops++)
		if (reach_entry(&ask, target) != SITE_CONTRADICTED)
			outcome = SITE_STUB;
	return outcome;
}

bool is_code_of(const struct text *text, const struct end_map *ends, const struct call_end *owner,
		const struct code_symbol *symbol)
{
	const struct question ask = {text, ends, owner, NULL};

	return reach_symbols(&ask, symbol->address, symbol->local) != SITE_CONTRADICTED;
}
