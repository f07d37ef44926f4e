/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A small graph as an SVG.  The one place that knows Graphviz, whose library serves one thread of a process. */
#ifndef ATLAS_RENDER_GRAPH_LAYOUT_H
#define ATLAS_RENDER_GRAPH_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "atlas/mem.h"

#define GRAPH_NODES_MAX 20
#define GRAPH_EDGES_MAX 60

/* The first node is the one the picture is about. */
struct graph_node {
	const char *label;
	const char *href; /* from the top of the site, for a page two levels below it; NULL: none */
};

struct graph_edge {
	size_t from, to;
};

/* False where the program was built without Graphviz. */
bool graph_layout_available(void);
/* In the arena; NULL where it cannot be laid out. */
const char *graph_layout_svg(struct arena *arena, const struct graph_node *nodes, size_t node_count,
			     const struct graph_edge *edges, size_t edge_count, const char *caption);

#endif
