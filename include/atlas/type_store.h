/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: store */
/* Types out of the atlas. */
#ifndef ATLAS_TYPE_STORE_H
#define ATLAS_TYPE_STORE_H

#include "atlas/store.h"
#include "atlas/type.h"

/*
 * All types of an image.  Made on the first call and kept: it lives as long as the
 * store, and so do its texts; definitions are shared by all images' graphs.  An
 * image without types has an empty graph that is not known.
 */
struct error *store_types(struct store *store, const struct image *image, const struct type_graph **graph) MUST_CHECK;

/* The definitions of one name (all kinds) in one image, without reading the others; ordered as in a graph. */
struct error *store_types_named(struct store *store, struct arena *arena, const struct image *image, const char *name,
				const struct type_place **places, size_t *count) MUST_CHECK;

/* Whether the types of vmlinux were read, and of how many modules. */
struct error *store_types_known(struct store *store, const struct image *image, bool *vmlinux,
				size_t *modules) MUST_CHECK;

/* Names of types that any image has and `globs` admits, each once, in byte order. */
struct error *store_type_names(struct store *store, struct arena *arena, const struct globs *globs,
			       const char *const **names, size_t *count) MUST_CHECK;

#endif
