/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all pages of a run share.  Read only once made, so that worker processes can use it. */
#ifndef ATLAS_RENDER_SITE_PLAN_H
#define ATLAS_RENDER_SITE_PLAN_H

#include "atlas/groups.h"
#include "atlas/render.h"

struct site_plan {
	const struct generate_options *options;
	const struct image *images;
	size_t image_count;
	struct groups groups;
	const char *const *names; /* all names of the atlas, in byte order */
	size_t name_count;
	bool *shadowed;	      /* per name: see page_file.h */
	const size_t *wanted; /* which names get a page, ascending */
	size_t wanted_count;
	bool *is_wanted; /* per name */

	const char *const *types; /* names of types that get a page, in byte order */
	size_t type_count;
	bool *type_shadowed;
	uint64_t *type_keys; /* of what their pages say (page_keys.h) */

	/* Where functions are declared, and all other files that have a page. */
	const struct place *places; /* by path, then by name */
	size_t place_count;
	const char **paths; /* in byte order */
	size_t path_count;
	bool *path_shadowed;
	uint64_t key;			  /* page_keys.h */
	const struct source_set *sources; /* NULL: a style without pages of source files */
	const struct graph *graph;	  /* who calls whom in the baseline; NULL: pages have no graph */
};

#endif
