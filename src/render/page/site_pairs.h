/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which images are compared, and how much changed. */
#ifndef ATLAS_RENDER_SITE_PAIRS_H
#define ATLAS_RENDER_SITE_PAIRS_H

#include "site_writer.h"

/* Indexes of images. */
struct site_pair {
	size_t before, after;
	const char *before_label, *after_label; /* as their group calls them */
};

/* How many there are, at most `room`; no image is the later one of two. */
size_t site_pairs(const struct site_plan *plan, struct site_pair *pairs, size_t room);
/* The table of pairs by kinds of change: `heat`, absent where there is no pair. */
void site_add_heat(struct site_writer *writer, struct object *values);

#endif
