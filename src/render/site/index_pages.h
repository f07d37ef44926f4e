/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lists of functions: one of the letters, one per letter. */
#ifndef ATLAS_RENDER_INDEX_PAGES_H
#define ATLAS_RENDER_INDEX_PAGES_H

#include "render/page/marks.h"
#include "render/page/site_plan.h"

/*
 * `all_marks`: plan->wanted_count rows of plan->image_count each.  `dir` is
 * where the letters' directories are.  The names of this run are listed.
 */
struct error *index_pages_write(const struct site_plan *plan, const marks *all_marks, const char *dir) MUST_CHECK;

#endif
