/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists of callers as a reader wants them: equal ones together, what is special about each said. */
#ifndef ATLAS_RENDER_SITES_H
#define ATLAS_RENDER_SITES_H

#include "atlas/function.h"
#include "atlas/mem.h"
#include "atlas/template.h"

struct site_sum {
	size_t sites;	/* all that are listed */
	size_t callers; /* distinct functions */
	size_t self;	/* left out: the function in its own body */
};

struct site_lines {
	const char **lines; /* one per distinct caller, in the order they are first seen */
	size_t count;
	struct site_sum sum;
};

/*
 * "mm/x.c:f [dm_mod] (tail call; through a, b; 2 sites; lines 12, 15)".  A line is
 * one of the innermost function named.
 */
struct site_lines site_lines_new(struct arena *arena, const struct site *sites, size_t count);
/* The same as columns: a row per distinct caller and way. */
struct site_row {
	const struct site *site; /* the first of them */
	const char *ways;	 /* "tail call; through a, b" or "" */
	const char *lines;	 /* "12, 15" or "" */
	size_t sites;
};

struct site_rows {
	const struct site_row *rows;
	size_t count;
	struct site_sum sum;
};

struct site_rows site_rows_new(struct arena *arena, const struct site *sites, size_t count);

/* The object of a list of sites with its `count` in words; NULL where none is listed. */
struct object *sites_object(struct arena *arena, struct object *object, template_key key, const struct site_sum *sum);

#endif
