// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/link_map.h"

#include "atlas/facts.h"
#include "atlas/mem.h"

void link_map_init(struct link_map *map)
{
	map->slot_count = 1 << 12;
	map->used = 0;
	map->slots = xcalloc(map->slot_count, sizeof(*map->slots));
	map->hashes = xcalloc(map->slot_count, sizeof(*map->hashes));
}

void link_map_fini(struct link_map *map)
{
	free(map->slots);
	free(map->hashes);
}

uint32_t link_map_find(const struct link_map *map, uint64_t hash, bool (*same)(const void *context, uint32_t number),
		       const void *context)
{
	size_t mask = map->slot_count - 1;

	for (size_t at = hash & mask; map->slots[at]; at = (at + 1) & mask)
		if (map->hashes[at] == hash && same(context, map->slots[at] - 1))
			return map->slots[at] - 1;
	return NO_INDEX;
}

static void put(struct link_map *map, uint64_t hash, uint32_t slot_value)
{
	size_t mask = map->slot_count - 1, at = hash & mask;

	while (map->slots[at])
		at = (at + 1) & mask;
	map->slots[at] = slot_value;
	map->hashes[at] = hash;
}

void link_map_put(struct link_map *map, uint64_t hash, uint32_t number)
{
	if (2 * ++map->used > map->slot_count) {
		struct link_map old = *map;

		map->slot_count *= 2;
		map->slots = xcalloc(map->slot_count, sizeof(*map->slots));
		map->hashes = xcalloc(map->slot_count, sizeof(*map->hashes));
		for (size_t i = 0; i < old.slot_count; i++)
			if (old.slots[i])
				put(map, old.hashes[i], old.slots[i]);
		link_map_fini(&old);
	}
	put(map, hash, number + 1);
}
