/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Function symbols by address. */
#ifndef ATLAS_SYMBOL_MAP_H
#define ATLAS_SYMBOL_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct raw_symbol;

struct symbol_map {
	const struct raw_symbol *symbols; /* borrowed */
	uint32_t *order;		  /* indexes, ascending address, ties in table order */
	size_t count;
	uint64_t mask; /* clears a mode bit from addresses */
};

void symbol_map_init(struct symbol_map *map, const struct raw_symbol *symbols, size_t count, uint64_t mask);
void symbol_map_fini(struct symbol_map *map);

/*
 * Calls `each` with the index of every symbol whose [address, address + size)
 * holds `address` (a symbol without a size holds its own address), nearest start
 * first, until it returns true; returns whether it did.
 */
bool symbol_map_at(const struct symbol_map *map, uint64_t address, bool (*each)(void *context, uint32_t symbol),
		   void *context);

#endif
