/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Layouts of structs and unions: every member down to the last, with its place. */
#ifndef DWARF_LAYOUT_H
#define DWARF_LAYOUT_H

#include "atlas/intern.h"
#include "dwarf/dwarf_image.h"

/*
 * One definition, as text that is equal where the layout is: the size, then a
 * line per member, members of members behind their own ("16 8 min_nr int").
 */
struct layout {
	const char *name; /* borrowed from the image */
	const char *text;
	uint64_t size_bytes;
};

/*
 * Calls `each` for every definition at the top of a unit of a struct or union
 * that `wanted` names, in order.  `*more` false ends the reading.  The layout is
 * borrowed until `each` returns.
 */
struct error *struct_layouts(const struct dwarf_image *image, struct intern *strings,
			     bool (*wanted)(void *context, const char *name),
			     struct error *(*each)(void *context, const struct layout *layout, bool *more),
			     void *context) MUST_CHECK;

#endif
