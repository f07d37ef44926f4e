/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an object says of functions that it only declares: what a module believes of its imports. */
#ifndef DWARF_DECLARED_H
#define DWARF_DECLARED_H

#include "atlas/intern.h"
#include "dwarf/dwarf_image.h"
#include "dwarf/type_text.h"

struct declared_function {
	const char *name;
	const char *unit; /* DW_AT_name of the unit, NULL unknown */
	struct type_text returns;
	const struct type_text *params;
	size_t param_count;
	bool variadic;
	struct type_texts *types; /* for type_declare() */
};

/* Calls `each` for every declaration of every unit, in order; everything is borrowed until it returns. */
struct error *declared_functions(const struct dwarf_image *image, struct intern *strings,
				 struct error *(*each)(void *context, const struct declared_function *declared),
				 void *context) MUST_CHECK;

#endif
