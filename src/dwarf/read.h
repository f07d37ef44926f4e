/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All units of an image, read by several threads. */
#ifndef DWARF_READ_H
#define DWARF_READ_H

#include "atlas/decoder.h"
#include "dwarf/dwarf_image.h"
#include "dwarf/walk.h"

struct dwarf_reading {
	struct raw_unit *units;
	uint32_t unit_count;
	struct walker *walkers; /* own the texts the units borrow */
	int walker_count;
	struct path_roots roots;
};

/*
 * Reads every unit of `image`.  `raw` has the places that hold function
 * addresses, whose members the units name.  `jobs` threads share the work, each
 * with a reader of its own.  On success the caller ends `reading`.
 */
struct error *dwarf_read(const struct dwarf_image *image, const struct symbol_map *symbols, const struct raw_image *raw,
			 enum decoder decoder, int jobs, struct dwarf_reading *reading) MUST_CHECK;
void dwarf_reading_fini(struct dwarf_reading *reading);

#endif
