/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One type over the images of an atlas: which definitions there are, and which image has which. */
#ifndef ATLAS_RENDER_TYPE_VIEW_H
#define ATLAS_RENDER_TYPE_VIEW_H

#include "atlas/type_store.h"

#define NO_LAYOUT SIZE_MAX

/* A definition that some image has; they are lettered in the order of the images. */
struct type_layout {
	const struct type *type;
	const char *label;  /* "A", "B", ..., "AA" */
	const char *images; /* who has it: "6.1.176-1-cloud-amd64, 6.12... [dm_mod]" */
	size_t image_count;
};

enum type_state { TYPE_STATE_KNOWN, TYPE_STATE_DECLARED, TYPE_STATE_ABSENT, TYPE_STATE_UNKNOWN };

struct type_row {
	const struct image *image;
	const struct type_place *place; /* NULL: absent or unknown */
	size_t layout;			/* index, NO_LAYOUT: it has none */
	enum type_state state;
};

struct type_view {
	enum type_kind kind;
	const char *name;
	struct type_layout *layouts;
	size_t layout_count;
	struct type_row *rows; /* at least one an image, in their order */
	size_t row_count;
};

/* False if no image knows of the type. */
bool type_view_make(struct arena *arena, const struct type_graph *const *graphs, const struct image *images,
		    size_t image_count, enum type_kind kind, const char *name, struct type_view *view);
/* "72 bytes", "only declared", "not there", "not known: its types were not read" */
const char *type_row_text(struct arena *arena, const struct type_row *row);
/* "include/linux/mempool.h:16"; NULL where it is unknown. */
const char *type_row_location(struct arena *arena, const struct type_row *row);
/* "8 -> 16" and the like: what changed, as one text. */
const char *type_change_words(struct arena *arena, const struct type_change *change);

#endif
