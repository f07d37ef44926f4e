/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: model */
/* What differs between two images' accounts of one function. */
#ifndef ATLAS_DIFFERENCES_H
#define ATLAS_DIFFERENCES_H

#include "atlas/changes.h"
#include "atlas/function.h"
#include "atlas/presence.h"

/* One side of a comparison. */
struct compared {
	const struct image *image;
	const struct function *function; /* may be NULL */
	enum presence presence;
	const char *label;
};

/* Nothing at all is found where neither side has the function. */
void differences_atlas(struct arena *arena, const struct compared *before, const struct compared *after,
		       struct differences *differences);

#endif
