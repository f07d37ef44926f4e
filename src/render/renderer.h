/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One page at a time: reads a function from every image and renders it. */
#ifndef ATLAS_RENDER_RENDERER_H
#define ATLAS_RENDER_RENDERER_H

#include "atlas/groups.h"
#include "atlas/render.h"
#include "atlas/template.h"
#include "page.h"

/* What all pages of a run share.  Read only once made, so that worker processes can use it. */
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

struct renderer {
	const struct site_plan *plan;
	struct store *store;
	struct templates *templates;
	const struct template *page;
	struct arena arena; /* for the page at hand */
	const struct function **functions;
	const struct function **macro_functions; /* of what the name is a macro over */
	VEC(struct page_rename) renames;
	struct str text;
};

struct error *renderer_open(const struct site_plan *plan, struct renderer *renderer) MUST_CHECK;
void renderer_close(struct renderer *renderer);
/* Renders the page of `name` into renderer->text; `exists` is false where the style has nothing to show. */
struct error *renderer_page(struct renderer *renderer, const char *name, bool *exists) MUST_CHECK;

#endif
