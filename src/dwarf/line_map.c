// SPDX-License-Identifier: GPL-2.0-or-later
#include "dwarf/line_map.h"

#include "atlas/search.h"

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
	size_t low = lower_bound(at, map->sequences.count, map->sequences.items[at].high <= address);

	if (low == map->sequences.count || map->sequences.items[low].low > address)
		return NULL;
	return &map->sequences.items[low];
}

const struct line_row *line_map_at(const struct line_map *map, uint64_t address)
{
	const struct line_sequence *sequence = sequence_at(map, address);

	if (!sequence)
		return NULL;
	const struct line_row *rows = map->rows.items + sequence->first;
	size_t behind = lower_bound(at, sequence->count, rows[at].address <= address);

	/* The last row at or before the address. */
	return behind ? &rows[behind - 1] : NULL;
}
