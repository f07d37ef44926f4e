/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: model */
/*
 * A declaration's types as the compiler passes them: without qualifiers, and
 * typedefs by what they stand for.  "const u32 *" and "unsigned int *" are the
 * same to a probe, and to the caller of an export.
 */
#ifndef ATLAS_BARE_H
#define ATLAS_BARE_H

#include <stdbool.h>

#include "atlas/str.h"

struct typedefs {
	/* NULL: not known, or nothing that can be spelled in the name's place. */
	const char *(*stands_for)(void *context, const char *name);
	void *context;
};

/* Appends; `text` is one type or a list of them, without names of parameters.  `typedefs` NULL: qualifiers only. */
void bare_types(const char *text, const struct typedefs *typedefs, struct str *bare);

/* False: they differ in more than the names of structs and unions. */
bool bare_same_but_records(const char *a, const char *b);

#endif
