/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who calls whom in the baseline image, and a small picture of it around one
 * function: two steps up, two steps down.  Laid out by Graphviz, where the
 * program was built with it.
 */
#ifndef ATLAS_RENDER_GRAPH_H
#define ATLAS_RENDER_GRAPH_H

#include "render/page/site_plan.h"

struct graph;

/* NULL where the program was built without Graphviz.  Lives in the arena; read only once made, so that worker processes
 * can use it. */
struct error *graph_read(struct store *store, struct arena *arena, const struct site_plan *plan,
			 const struct graph **graph) MUST_CHECK;
/* An SVG, in the arena; NULL where there is nothing to show.  `name` is an index into the plan's names. */
const char *graph_of(const struct graph *graph, struct arena *arena, const struct site_plan *plan, size_t name);
/* Equal for equal pictures. */
uint64_t graph_digest(const struct graph *graph, const struct site_plan *plan, size_t name);

#endif
