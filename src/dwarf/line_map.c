// SPDX-License-Identifier: GPL-2.0-or-later
#include "dwarf/line_map.h"

static int by_low(const void *a, const void *b)
{
	const struct line_sequence *x = a, *y = b;

	if (x->low != y->low)
		return x->low < y->low ? -1 : 1;
	return (x->first > y->first) - (x->first < y->first);
}

/* Sequences of code the linker dropped begin at 0 and overlap each other: they are never looked up. */
static void find_sequences(struct line_map *map)
{
	size_t first = 0;

	for (size_t i = 0; i < map->rows.count; i++) {
		if (!map->rows.items[i].end)
			continue;
		struct line_sequence sequence = {
			.low = map->rows.items[first].address,
			.high = map->rows.items[i].address,
			.first = first,
			.count = i - first + 1,
		};

		if (sequence.low && sequence.high > sequence.low)
			vec_add(&map->sequences, sequence);
		first = i + 1;
	}
	if (map->sequences.count)
		qsort(map->sequences.items, map->sequences.count, sizeof(*map->sequences.items), by_low);
}

struct error *line_map_read(struct line_map *map, struct die_reader *reader)
{
	map->rows.count = 0;
	map->sequences.count = 0;
	TRY(reader->ops->lines(reader, &map->rows));
	find_sequences(map);
	return NULL;
}

void line_map_fini(struct line_map *map)
{
	vec_free(&map->rows);
	vec_free(&map->sequences);
}

static const struct line_sequence *sequence_at(const struct line_map *map, uint64_t address)
{
	size_t low = 0, high = map->sequences.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (map->sequences.items[middle].high <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == map->sequences.count || map->sequences.items[low].low > address)
		return NULL;
	return &map->sequences.items[low];
}

const struct line_row *line_map_at(const struct line_map *map, uint64_t address)
{
	const struct line_sequence *sequence = sequence_at(map, address);

	if (!sequence)
		return NULL;
	size_t low = sequence->first, high = sequence->first + sequence->count;

	/* The last row at or before the address. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (map->rows.items[middle].address <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low > sequence->first ? &map->rows.items[low - 1] : NULL;
}
