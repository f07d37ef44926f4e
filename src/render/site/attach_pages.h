/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The Markdown lists of functions by where probes attach: attach/index.md, attach/KIND-REACH/L.md. */
#ifndef ATLAS_RENDER_ATTACH_PAGES_H
#define ATLAS_RENDER_ATTACH_PAGES_H

#include "render/page/marks.h"
#include "render/page/site_plan.h"

struct error *attach_pages_write(const struct site_plan *plan, const marks *all_marks) MUST_CHECK;

#endif
