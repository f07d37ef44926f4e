/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A map from 64-bit hashes of keys to numbers; the caller compares keys. */
#ifndef MODEL_LINK_MAP_H
#define MODEL_LINK_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct link_map {
	uint32_t *slots; /* number + 1 */
	uint64_t *hashes;
	size_t slot_count, used;
};

void link_map_init(struct link_map *map);
void link_map_fini(struct link_map *map);
/* The number under `hash` for which same(context, number) holds, or NO_INDEX. */
uint32_t link_map_find(const struct link_map *map, uint64_t hash, bool (*same)(const void *context, uint32_t number),
		       const void *context);
void link_map_put(struct link_map *map, uint64_t hash, uint32_t number);

#endif
