// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/symbol_map.h"

#include <stdlib.h>

#include "atlas/mem.h"
#include "atlas/search.h"
#include "model/raw.h"

/* Symbols overlap a little (aliases, local labels inside a function); looking this far back finds what holds an
 * address. */
#define LOOK_BACK 64

static int by_address(const void *a, const void *b, void *context)
{
	const struct symbol_map *map = context;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	uint64_t ax = map->symbols[x].address & map->mask, ay = map->symbols[y].address & map->mask;

	if (ax != ay)
		return ax < ay ? -1 : 1;
	return (x > y) - (x < y);
}

void symbol_map_init(struct symbol_map *map, const struct raw_symbol *symbols, size_t count, uint64_t mask)
{
	*map = (struct symbol_map){.symbols = symbols, .count = count, .mask = mask};
	map->order = xcalloc(count, sizeof(*map->order));
	for (size_t i = 0; i < count; i++)
		map->order[i] = (uint32_t)i;
	qsort_r(map->order, count, sizeof(*map->order), by_address, map);
}

void symbol_map_fini(struct symbol_map *map)
{
	free(map->order);
	*map = (struct symbol_map){0};
}

static uint64_t start_of(const struct symbol_map *map, size_t at)
{
	return map->symbols[map->order[at]].address & map->mask;
}

bool symbol_map_at(const struct symbol_map *map, uint64_t address, bool (*each)(void *context, uint32_t symbol),
		   void *context)
{
	address &= map->mask;
	size_t end = lower_bound(at, map->count, start_of(map, at) <= address);

	/* Ties stand in table order, so go back by groups of one address. */
	for (size_t seen = 0; end > 0 && seen < LOOK_BACK;) {
		size_t first = end - 1;

		while (first > 0 && start_of(map, first - 1) == start_of(map, end - 1))
			first--;
		for (size_t i = first; i < end; i++) {
			uint32_t symbol = map->order[i];
			uint64_t into = address - start_of(map, i);

			if ((into == 0 || into < map->symbols[symbol].size_bytes) && each(context, symbol))
				return true;
		}
		seen += end - first;
		end = first;
	}
	return false;
}
