// SPDX-License-Identifier: GPL-2.0-or-later
/* The steps from raw units to facts, and the maps they share. */
#include "model/link.h"

#include <string.h>

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

/* The unit whose subprograms include `offset`, by binary search: units stand in the order of their offsets. */
static uint32_t find_unit(const struct link *link, uint64_t offset)
{
	uint32_t low = 0, high = link->raw->unit_count, found = NO_INDEX;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2, at = middle;

		while (at < high && link->raw->units[at].subs.count == 0)
			at++;
		if (at < high && link->raw->units[at].subs.items[0].offset <= offset) {
			found = at;
			low = at + 1;
		} else {
			high = middle;
		}
	}
	return found;
}

static uint32_t find_in_unit(const struct raw_unit *unit, uint64_t offset)
{
	size_t low = 0, high = unit->subs.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (unit->subs.items[middle].offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low < unit->subs.count && unit->subs.items[low].offset == offset ? (uint32_t)low : NO_INDEX;
}

struct sub_ref link_find_sub(const struct link *link, uint32_t unit, uint64_t offset)
{
	struct sub_ref ref = {unit, find_in_unit(&link->raw->units[unit], offset)};

	if (ref.sub == NO_INDEX) {
		ref.unit = find_unit(link, offset);
		if (ref.unit != NO_INDEX)
			ref.sub = find_in_unit(&link->raw->units[ref.unit], offset);
	}
	if (ref.sub == NO_INDEX)
		ref.unit = NO_INDEX;
	return ref;
}

static void link_init(struct link *link, const struct raw_image *raw, struct facts *facts)
{
	*link = (struct link){.raw = raw, .facts = facts};
	symbol_map_init(&link->map, raw->symbols, raw->symbol_count, raw->address_mask);
	link_map_init(&link->by_name);
	link_map_init(&link->by_place);
	link_map_init(&link->chains);
	link_map_init(&link->prototypes);
	link->sub_instance = xcalloc(raw->unit_count, sizeof(*link->sub_instance));
	link->unit_path = xcalloc(raw->unit_count, sizeof(*link->unit_path));
	link->symbol_function = xcalloc(raw->symbol_count, sizeof(*link->symbol_function));
}

static void link_fini(struct link *link)
{
	symbol_map_fini(&link->map);
	link_map_fini(&link->by_name);
	link_map_fini(&link->by_place);
	link_map_fini(&link->chains);
	link_map_fini(&link->prototypes);
	for (uint32_t i = 0; i < link->raw->unit_count; i++)
		free(link->sub_instance[i]);
	free(link->sub_instance);
	free(link->unit_path);
	free(link->symbol_function);
	free(link->final_function);
	vec_free(&link->functions);
	vec_free(&link->instances);
	vec_free(&link->late_copies);
}

static const char *producer_of(const struct raw_image *raw)
{
	for (uint32_t i = 0; i < raw->unit_count; i++)
		if (raw->units[i].language == LANGUAGE_C && raw->units[i].producer)
			return raw->units[i].producer;
	return NULL;
}

/* The files that were compiled, each once; what the linker made of nothing has no path. */
static void link_units(const struct raw_image *raw, struct facts *facts)
{
	struct intern seen;

	intern_init(&seen);
	for (uint32_t i = 0; i < raw->unit_count; i++) {
		const char *path = raw->units[i].path;

		if (!*path || *path == '<' || intern_find(&seen, path))
			continue;
		intern(&seen, path);
		vec_add(&facts->units, ((struct fact_unit){.file = intern(&facts->strings, path)}));
	}
	facts->objects.items[0].units_read = facts->units.count != 0;
	intern_fini(&seen);
}

void link_facts(const struct raw_image *raw, struct facts *facts)
{
	const char *producer = producer_of(raw);
	struct link link;

	*vec_push(&facts->objects) = (struct fact_object){
		.name = intern(&facts->strings, raw->object),
		.path = intern(&facts->strings, raw->path),
		.build_id = intern(&facts->strings, raw->build_id),
		.evidence = (uint8_t)raw->evidence,
		.taken_data = raw->taken_data,
		.taken_code = raw->taken_code,
		.types_read = raw->evidence == EVIDENCE_DWARF,
	};
	for (uint32_t i = 0; i < raw->section_count; i++)
		*vec_push(&facts->sections) = (struct fact_section){
			.base = raw->sections[i].base,
			.size_bytes = raw->sections[i].size_bytes,
			.name = intern(&facts->strings, raw->sections[i].name),
		};
	if (producer && !facts->image.producer)
		facts->image.producer = xstrdup(producer);
	link_init(&link, raw, facts);
	link_symbols(&link);
	link_subs(&link);
	link_tie(&link);
	link_sites(&link);
	link_code(&link);
	link_order(&link);
	link_taken(&link);
	link_units(raw, facts);
	link_types(&link);
	link_fini(&link);
}
