/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One page at a time: reads a function from every image and renders it. */
#ifndef ATLAS_RENDER_RENDERER_H
#define ATLAS_RENDER_RENDERER_H

#include "atlas/groups.h"
#include "atlas/template.h"
#include "extra_pages.h"
#include "render/page/layout.h"
#include "render/page/marks.h"
#include "render/page/page.h"
#include "render/page/site_plan.h"

struct renderer {
	const struct site_plan *plan;
	struct store *store;
	struct templates *templates;
	const struct template *page; /* Markdown, or NULL */
	const struct template *html; /* HTML, or NULL */
	struct layout layout;
	struct arena arena; /* for the page at hand */
	const struct function **functions;
	struct object_functions *objects;
	const struct function **macro_functions; /* of what the name is a macro over */
	VEC(struct page_rename) renames;
	struct page_input input; /* of the page at hand */
	change_set *of_images;	 /* per image, of the page at hand; HTML only */
	struct str text;
	struct str html_text;
	const struct template *beside; /* of the pages beside it */
	struct extra_pages extra;      /* of the page at hand */
};

struct error *renderer_open(const struct site_plan *plan, struct renderer *renderer) MUST_CHECK;
void renderer_close(struct renderer *renderer);
/* Renders the page of `name` into renderer->text and, at `html_link`, into renderer->html_text, as the run asks;
 * `exists` is false where the style has nothing to show. */
struct error *renderer_page(struct renderer *renderer, size_t name, bool *exists) MUST_CHECK;
/* Of the page just rendered: renders the page `number` beside it into renderer->html_text; where it goes. */
const char *renderer_extra(struct renderer *renderer, size_t number);
/* Of the page just rendered: what the lists say of it, per image. */
void renderer_marks(const struct renderer *renderer, marks *of_images);

#endif
