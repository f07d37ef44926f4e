/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of a unit by address. */
#ifndef DWARF_LINE_MAP_H
#define DWARF_LINE_MAP_H

#include "atlas/mem.h"
#include "dwarf/die.h"

struct line_sequence {
	uint64_t low, high;
	size_t first, count; /* rows, the end among them */
};

struct line_map {
	struct line_rows rows;
	VEC(struct line_sequence) sequences; /* ascending */
};

/* Reads the line program of the reader's unit; what the map held before is forgotten. */
struct error *line_map_read(struct line_map *map, struct die_reader *reader) MUST_CHECK;
void line_map_fini(struct line_map *map);
/* The row that holds `address`, NULL if none does. */
const struct line_row *line_map_at(const struct line_map *map, uint64_t address);

#endif
