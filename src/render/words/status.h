/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is said of a function in one image, in words: pages and the terminal say the same. */
#ifndef ATLAS_RENDER_STATUS_H
#define ATLAS_RENDER_STATUS_H

#include "atlas/mem.h"
#include "atlas/presence.h"

/* All texts live in the arena or as long as the process; `function` was read. */

/* "Selective Inline (3 of 17), Transformation (.isra)"; NULL if there is no issue. */
const char *status_issues(struct arena *arena, const struct function *function);
/* Short, for a table: "Global, selective 3/17 [dm_mod]". */
const char *status_cell(struct arena *arena, const struct function *function);
/* Whole sentences. */
const char *status_collision(struct arena *arena, const struct function *function);
const char *status_inlining(struct arena *arena, const struct function *function);
/* "False"; or what the suffixes mean together: what a probe at the plain symbol sees. */
const char *status_transformation(const struct function *function);

/* What follows a number of import calls: nothing, or why they may not be this function's. */
const char *status_import_doubt(const struct function *function);

/* The distinct suffixes of its symbols, numbers left out; at most `room` of them. */
struct symbol_suffix {
	const char *example; /* ".isra.0" as the first such symbol has it */
	const char *meaning;
};
size_t status_suffixes(struct arena *arena, const struct function *function, struct symbol_suffix *suffixes,
		       size_t room);

#endif
