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
};

#endif
