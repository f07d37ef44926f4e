/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys of pages: one number for all a page is made from.  Equal keys are equal
 * pages, so that a second run need not make them again.  A key that is not known
 * is NO_KEY, and such a page is made each time.
 */
#ifndef ATLAS_RENDER_PAGE_KEYS_H
#define ATLAS_RENDER_PAGE_KEYS_H

#include "atlas/digest.h"
#include "site_plan.h"

typedef digest page_key;
#define NO_KEY ((page_key)0)

/* Of the functions' pages, by wanted name, in the arena; NULL where they are not known.  Sets plan->key, which holds
 * for all pages of the run: program, templates, options, images, and what the atlas knows besides functions. */
struct error *page_keys_read(struct arena *arena, struct site_plan *plan, const page_key **keys) MUST_CHECK;

#endif
