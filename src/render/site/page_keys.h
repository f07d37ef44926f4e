/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which keys (render/page/manifest.h) the pages of a run have. */
#ifndef ATLAS_RENDER_PAGE_KEYS_H
#define ATLAS_RENDER_PAGE_KEYS_H

#include "render/page/manifest.h"
#include "render/page/site_plan.h"

/* Of the functions' pages, by wanted name, in the arena; NULL where they are not known.  Sets plan->key, which holds
 * for all pages of the run: program, templates, options, images, and what the atlas knows besides functions. */
struct error *page_keys_read(struct arena *arena, struct site_plan *plan, const page_key **keys) MUST_CHECK;

#endif
