/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of differences.h that compares declarations. */
#ifndef ATLAS_PROTOTYPE_DIFFERENCES_H
#define ATLAS_PROTOTYPE_DIFFERENCES_H

#include "atlas/differences.h"

void add_change(struct differences *differences, enum change_kind kind, const char *before, const char *after);
bool same_prototype(const struct prototype *a, const struct prototype *b);
void compare_prototypes(struct arena *arena, const struct prototype *before, const struct prototype *after,
			struct differences *differences);

#endif
