/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which types get a page. */
#ifndef ATLAS_RENDER_TYPE_PLAN_H
#define ATLAS_RENDER_TYPE_PLAN_H

#include "render/page/site_plan.h"

/*
 * Sets the plan's types: of a run that is limited to some functions, those
 * their prototypes reach in any image; else all.
 */
struct error *type_plan_read(struct store *store, struct arena *arena, struct site_plan *plan) MUST_CHECK;

#endif
