/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: model */
/* What differs between two declarations, by their text. */
#ifndef ATLAS_PROTOTYPE_DIFFERENCES_H
#define ATLAS_PROTOTYPE_DIFFERENCES_H

#include "atlas/changes.h"
#include "atlas/function.h"

/* Whether both are known and say the same; one that is not known (NULL) is like no other. */
bool same_prototypes(const struct prototype *a, const struct prototype *b);
/* Both are known. */
void differences_prototypes(struct arena *arena, const struct prototype *before, const struct prototype *after,
			    struct differences *differences);
/* The same as published.  Names that occur twice (unnamed ones) count once. */
void differences_published(struct arena *arena, const struct prototype *before, const struct prototype *after,
			   struct differences *differences);

#endif
