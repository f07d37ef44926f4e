// SPDX-License-Identifier: GPL-2.0-or-later
/* Who is near a function: callers and callees, two steps each way. */
#include "graph.h"

#include "atlas/digest.h"
#include "graph_layout.h"
#include "render/page/urls.h"
#include "render/words/text.h"

#define NEAR_MAX 5 /* one step away, each way */
#define FAR_MAX	 2 /* of each of these, two steps away */

/* Neighbours of each name in one direction, one after the other. */
struct adjacency {
	uint32_t *first; /* per name; one more at the end */
	uint32_t *others;
};

struct graph {
	struct adjacency callers, callees;
	const char *image; /* name of the image it was read from */
};

/* By counting: `from` tells whose neighbour a call is, `to` which. */
static void build(struct arena *arena, size_t names, const struct call_pair *calls, size_t count, bool of_callee,
		  struct adjacency *adjacency)
{
	adjacency->first = arena_zalloc(arena, (names + 2) * sizeof(uint32_t));
	adjacency->others = arena_alloc(arena, (count + 1) * sizeof(uint32_t));
	for (size_t i = 0; i < count; i++)
		adjacency->first[(of_callee ? calls[i].callee : calls[i].caller) + 2]++;
	for (size_t i = 2; i < names + 2; i++)
		adjacency->first[i] += adjacency->first[i - 1];
	for (size_t i = 0; i < count; i++) {
		uint32_t from = of_callee ? calls[i].callee : calls[i].caller;

		adjacency->others[adjacency->first[from + 1]++] = of_callee ? calls[i].caller : calls[i].callee;
	}
}

struct error *graph_read(struct store *store, struct arena *arena, const struct site_plan *plan,
			 const struct graph **graph)
{
	const struct call_pair *calls;
	struct arena scratch;
	size_t count;

	*graph = NULL;
	if (!graph_layout_available())
		return NULL;
	arena_init(&scratch);
	const struct image *image = &plan->images[plan->groups.baseline];
	struct error *err = store_call_pairs(store, &scratch, image, plan->names, plan->name_count, &calls, &count);

	if (!err) {
		struct graph *made = arena_zalloc(arena, sizeof(*made));

		build(arena, plan->name_count, calls, count, true, &made->callers);
		build(arena, plan->name_count, calls, count, false, &made->callees);
		made->image = image->name;
		*graph = made;
	}
	arena_fini(&scratch);
	return err;
}

static size_t degree(const struct adjacency *adjacency, uint32_t name)
{
	return adjacency->first[name + 1] - adjacency->first[name];
}

/* The nodes and edges of one picture, by name. */
struct picture {
	struct graph_node nodes[GRAPH_NODES_MAX];
	uint32_t names[GRAPH_NODES_MAX];
	struct graph_edge edges[GRAPH_EDGES_MAX];
	size_t node_count, edge_count;
};

static size_t add_node(struct picture *picture, uint32_t name)
{
	for (size_t i = 0; i < picture->node_count; i++)
		if (picture->names[i] == name)
			return i;
	if (picture->node_count == GRAPH_NODES_MAX)
		return SIZE_MAX;
	picture->names[picture->node_count] = name;
	return picture->node_count++;
}

static void add_edge(struct picture *picture, size_t caller, size_t callee)
{
	for (size_t i = 0; i < picture->edge_count; i++)
		if (picture->edges[i].from == caller && picture->edges[i].to == callee)
			return;
	if (picture->edge_count < GRAPH_EDGES_MAX)
		picture->edges[picture->edge_count++] = (struct graph_edge){caller, callee};
}

static void add_neighbours(struct picture *picture, const struct adjacency *adjacency, size_t node, size_t limit,
			   bool up)
{
	uint32_t name = picture->names[node];
	size_t count = degree(adjacency, name);

	for (size_t i = 0; i < count && i < limit; i++) {
		size_t other = add_node(picture, adjacency->others[adjacency->first[name] + i]);

		if (other != SIZE_MAX && other != node)
			add_edge(picture, up ? other : node, up ? node : other);
	}
}

static void explore(struct picture *picture, const struct graph *graph, uint32_t name)
{
	size_t self = add_node(picture, name), near, first;

	add_neighbours(picture, &graph->callers, self, NEAR_MAX, true);
	near = picture->node_count;
	add_neighbours(picture, &graph->callees, self, NEAR_MAX, false);
	first = picture->node_count;
	for (size_t i = 1; i < near; i++)
		add_neighbours(picture, &graph->callers, i, FAR_MAX, true);
	for (size_t i = near; i < first; i++)
		add_neighbours(picture, &graph->callees, i, FAR_MAX, false);
}

/* What is left out is said: a picture of five callers must not look like all of them. */
static const char *caption(struct arena *arena, const struct graph *graph, uint32_t name)
{
	size_t callers = degree(&graph->callers, name), callees = degree(&graph->callees, name);

	return arena_printf(arena, "In %s: %zu callers%s, %zu callees%s; two steps each way.", graph->image, callers,
			    callers > NEAR_MAX ? arena_printf(arena, ", %d of them shown", NEAR_MAX) : "", callees,
			    callees > NEAR_MAX ? arena_printf(arena, ", %d of them shown", NEAR_MAX) : "");
}

const char *graph_of(const struct graph *graph, struct arena *arena, const struct site_plan *plan, size_t name)
{
	if (!graph || degree(&graph->callers, (uint32_t)name) + degree(&graph->callees, (uint32_t)name) == 0)
		return NULL;
	struct picture *picture = arena_zalloc(arena, sizeof(*picture));

	explore(picture, graph, (uint32_t)name);
	for (size_t i = 0; i < picture->node_count; i++) {
		const char *text = plan->names[picture->names[i]];

		picture->nodes[i].label = text_function(arena, text);
		picture->nodes[i].href = i ? url_function(arena, plan, text) : NULL;
	}
	return graph_layout_svg(arena, picture->nodes, picture->node_count, picture->edges, picture->edge_count,
				caption(arena, graph, (uint32_t)name));
}

uint64_t graph_digest(const struct graph *graph, const struct site_plan *plan, size_t name)
{
	if (!graph || degree(&graph->callers, (uint32_t)name) + degree(&graph->callees, (uint32_t)name) == 0)
		return 0;
	struct picture picture = {.node_count = 0};
	digest so_far = DIGEST_START;

	explore(&picture, graph, (uint32_t)name);
	for (size_t i = 0; i < picture.node_count; i++) {
		uint32_t node = picture.names[i];

		so_far = digest_text(so_far, plan->names[node]);
		so_far = digest_add(so_far, 2 * plan->is_wanted[node] + plan->shadowed[node]);
	}
	for (size_t i = 0; i < picture.edge_count; i++)
		so_far = digest_add(digest_add(so_far, picture.edges[i].from), picture.edges[i].to);
	so_far = digest_add(so_far, degree(&graph->callers, (uint32_t)name));
	return digest_add(so_far, degree(&graph->callees, (uint32_t)name));
}
