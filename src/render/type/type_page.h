/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The values of a type's page, and its Markdown form. */
#ifndef ATLAS_RENDER_TYPE_PAGE_H
#define ATLAS_RENDER_TYPE_PAGE_H

#include "atlas/template.h"
#include "render/page/type_body_text.h"

/* `html`: with links; else for Markdown in the plan's style.  NULL if no image has the type. */
struct error *type_page(struct arena *arena, struct store *store, const struct site_plan *plan, size_t number,
			bool html, struct object **page) MUST_CHECK;

/* Writes DIR/struct/L/NAME.md for all types of the plan, with worker processes. */
struct error *type_pages_write(const struct site_plan *plan) MUST_CHECK;

#endif
