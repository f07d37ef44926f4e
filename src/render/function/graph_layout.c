// SPDX-License-Identifier: GPL-2.0-or-later
#include "graph_layout.h"

#ifndef ATLASGEN_GRAPHVIZ

bool graph_layout_available(void)
{
	return false;
}

const char *graph_layout_svg(struct arena *arena, const struct graph_node *nodes, size_t node_count,
			     const struct graph_edge *edges, size_t edge_count, const char *caption)
{
	(void)arena, (void)nodes, (void)node_count, (void)edges, (void)edge_count, (void)caption;
	return NULL;
}

#else

#include <graphviz/gvc.h>
#include <string.h>

#include "atlas/str.h"
#include "atlas/template.h"

#define LABEL_MAX    34	 /* longer names are cut in the picture, not in its tooltip */
#define LETTER_WIDTH 6.7 /* of the style sheet's font, points */
#define NODE_HEIGHT  22.0
#define INCH	     72.0

bool graph_layout_available(void)
{
	return true;
}

/* Made on first use: in a worker process, which has one thread, and kept to its end. */
static GVC_t *context(void)
{
	static GVC_t *made;

	if (!made)
		made = gvContext();
	return made;
}

struct drawing {
	Agraph_t *graph;
	Agnode_t *made[GRAPH_NODES_MAX];
	Agedge_t *lines[GRAPH_EDGES_MAX];
	const struct graph_node *nodes;
	size_t node_count;
	size_t edge_count;
	double height;
	struct str svg;
};

/* A multibyte character is as wide as a letter, and not cut in two. */
static size_t label_bytes(const char *label, size_t *chars)
{
	size_t at = 0;

	for (*chars = 0; label[at] && *chars < LABEL_MAX; ++*chars) {
		at++;
		while (((unsigned char)label[at] & 0xc0) == 0x80)
			at++;
	}
	return at;
}

static void set(void *object, const char *name, const char *value)
{
	AUTO_FREE char *key = xstrdup(name), *text = xstrdup(value), *none = xstrdup("");

	agsafeset(object, key, text, none);
}

static void add_nodes(struct drawing *drawing)
{
	for (size_t i = 0; i < drawing->node_count; i++) {
		AUTO_FREE char *name = xasprintf("n%zu", i);
		size_t chars;

		label_bytes(drawing->nodes[i].label, &chars);
		AUTO_FREE char *width = xasprintf("%.3f", ((double)chars * LETTER_WIDTH + 14) / INCH);

		drawing->made[i] = agnode(drawing->graph, name, 1);
		set(drawing->made[i], "width", width);
	}
}

static void begin(struct drawing *drawing, const struct graph_edge *edges)
{
	static char title[] = "g", key_label[] = "label", key_shape[] = "shape", key_fixed[] = "fixedsize",
		    key_height[] = "height", empty[] = "", box[] = "box", fixed[] = "true", height[] = "0.306";
	static char key_rank[] = "rankdir", rank[] = "LR", key_sep[] = "nodesep", sep[] = "0.12",
		    key_ranksep[] = "ranksep", ranksep[] = "0.45";

	drawing->graph = agopen(title, Agstrictdirected, NULL);
	agattr(drawing->graph, AGRAPH, key_rank, rank);
	agattr(drawing->graph, AGRAPH, key_sep, sep);
	agattr(drawing->graph, AGRAPH, key_ranksep, ranksep);
	agattr(drawing->graph, AGNODE, key_label, empty);
	agattr(drawing->graph, AGNODE, key_shape, box);
	agattr(drawing->graph, AGNODE, key_fixed, fixed);
	agattr(drawing->graph, AGNODE, key_height, height);
	add_nodes(drawing);
	for (size_t i = 0; i < drawing->edge_count; i++)
		drawing->lines[i] =
			agedge(drawing->graph, drawing->made[edges[i].from], drawing->made[edges[i].to], NULL, 1);
}

static void add_point(struct drawing *drawing, const char *before, pointf point)
{
	str_addf(&drawing->svg, "%s%.0f %.0f", before, point.x, drawing->height - point.y);
}

static void draw_line(struct drawing *drawing, Agedge_t *edge)
{
	splines *lines = edge ? ED_spl(edge) : NULL;

	for (size_t i = 0; lines && i < (size_t)lines->size; i++) {
		const bezier *curve = &lines->list[i];

		add_point(drawing, "<path marker-end=\"url(#arrow)\" d=\"M", curve->list[0]);
		for (size_t j = 1; j < (size_t)curve->size; j++)
			add_point(drawing, j % 3 == 1 ? "C" : " ", curve->list[j]);
		if (curve->eflag)
			add_point(drawing, "L", curve->ep);
		str_add(&drawing->svg, "\"/>");
	}
}

static void draw_box(struct drawing *drawing, size_t number)
{
	const struct graph_node *node = &drawing->nodes[number];
	pointf centre = ND_coord(drawing->made[number]);
	double width = ND_width(drawing->made[number]) * INCH, y = drawing->height - centre.y;
	size_t chars, bytes = label_bytes(node->label, &chars);

	if (node->href)
		str_addf(&drawing->svg, "<a href=\"../../%s\">", node->href);
	str_addf(&drawing->svg, "<g%s><rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" rx=\"4\"/>",
		 number ? "" : " class=\"self\"", centre.x - width / 2, y - NODE_HEIGHT / 2, width, NODE_HEIGHT);
	str_addf(&drawing->svg, "<text x=\"%.0f\" y=\"%.0f\">", centre.x, y + 4);
	escape_text(&drawing->svg, node->label, bytes, ESCAPE_HTML);
	str_add(&drawing->svg, node->label[bytes] ? "…</text>" : "</text>");
	if (node->label[bytes]) {
		str_add(&drawing->svg, "<title>");
		escape_text(&drawing->svg, node->label, strlen(node->label), ESCAPE_HTML);
		str_add(&drawing->svg, "</title>");
	}
	str_add(&drawing->svg, node->href ? "</g></a>" : "</g>");
}

static void draw(struct drawing *drawing, const char *caption)
{
	boxf box = GD_bb(drawing->graph);

	drawing->height = box.UR.y;
	str_addf(&drawing->svg,
		 "<svg class=\"graph\" role=\"group\" aria-labelledby=\"graph-title\" viewBox=\"-2 -2 %.0f %.0f\" "
		 "width=\"%.0f\" "
		 "height=\"%.0f\"><title id=\"graph-title\">Callers to the left, callees to the right. ",
		 box.UR.x + 4, box.UR.y + 4, box.UR.x + 4, box.UR.y + 4);
	escape_text(&drawing->svg, caption, strlen(caption), ESCAPE_HTML);
	str_add(&drawing->svg,
		"</title><defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" "
		"markerHeight=\"7\" orient=\"auto\"><polygon points=\"0,0 8,4 0,8\"/></marker></defs>");
	for (size_t i = 0; i < drawing->edge_count; i++)
		draw_line(drawing, drawing->lines[i]);
	for (size_t i = 0; i < drawing->node_count; i++)
		draw_box(drawing, i);
	str_add(&drawing->svg, "</svg><p class=\"meta\">Callers to the left, callees to the right. ");
	escape_text(&drawing->svg, caption, strlen(caption), ESCAPE_HTML);
	str_add(&drawing->svg, "</p>");
}

const char *graph_layout_svg(struct arena *arena, const struct graph_node *nodes, size_t node_count,
			     const struct graph_edge *edges, size_t edge_count, const char *caption)
{
	struct drawing drawing = {.nodes = nodes, .node_count = node_count, .edge_count = edge_count};
	const char *svg = NULL;

	begin(&drawing, edges);
	if (gvLayout(context(), drawing.graph, "dot") == 0) {
		draw(&drawing, caption);
		svg = arena_strndup(arena, drawing.svg.data, drawing.svg.length);
		gvFreeLayout(context(), drawing.graph);
	}
	agclose(drawing.graph);
	str_free(&drawing.svg);
	return svg;
}

#endif
