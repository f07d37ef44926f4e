/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A definition as C text, with the place of every member and what lies between them. */
#ifndef ATLAS_RENDER_TYPE_BODY_TEXT_H
#define ATLAS_RENDER_TYPE_BODY_TEXT_H

#include "atlas/type.h"
#include "site_plan.h"

struct type_text_options {
	bool layout;		      /* offsets, sizes and holes in comments */
	bool html;		      /* escaped, names of types with links */
	const struct site_plan *plan; /* HTML: which types have a page */
	const char *root;	      /* HTML: to the top of the site */
};

const char *type_definition(struct arena *arena, const struct type *type, const struct type_text_options *options);

/* Names of types in a prototype that have a page, each once, in order; in `arena`. */
void type_names_linked(struct arena *arena, const struct site_plan *plan, const struct prototype *prototype,
		       const char *const **names, size_t *count);

#endif
