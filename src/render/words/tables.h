/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of data/ that pages explain themselves with.  All texts live as long as the process. */
#ifndef ATLAS_RENDER_TABLES_H
#define ATLAS_RENDER_TABLES_H

#include <stddef.h>

#include "atlas/renames.h"

enum sees { SEES_UNKNOWN, SEES_EVERY_CALL, SEES_NOT_ALL };

struct suffix_entry {
	const char *suffix; /* "cold" */
	const char *meaning;
	enum sees plain; /* what a probe at the plain symbol sees */
};

/* `length` bytes at `suffix`, without dots; NULL if the table does not have it. */
const struct suffix_entry *suffix_find(const char *suffix, size_t length);

#endif
