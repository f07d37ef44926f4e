/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands around the body of every HTML page. */
#ifndef ATLAS_RENDER_LAYOUT_H
#define ATLAS_RENDER_LAYOUT_H

#include "atlas/template.h"
#include "site_plan.h"

struct layout {
	const struct site_plan *plan;
	struct templates *templates;   /* borrowed */
	const struct template *around; /* layout.html */
	struct str body;
};

/* Which page, and what its head says. */
struct layout_page {
	const char *link; /* where it goes, from the top of the site (urls.h) */
	const char *title;
	const char *description; /* may be NULL */
};

struct error *layout_open(const struct site_plan *plan, struct templates *templates, struct layout *layout) MUST_CHECK;
void layout_close(struct layout *layout);
/* The whole page; `values` gets `root`. */
void layout_run(struct layout *layout, struct arena *arena, const struct template *template,
		const struct layout_page *page, struct object *values, struct str *out);
/* The same with HTML that is there already as the body. */
void layout_wrap(struct layout *layout, struct arena *arena, const char *body, const struct layout_page *page,
		 struct str *out);

#endif
