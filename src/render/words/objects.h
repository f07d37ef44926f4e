/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The functions of one name in the linked objects of an image: vmlinux's first, then by module. */
#ifndef ATLAS_RENDER_OBJECTS_H
#define ATLAS_RENDER_OBJECTS_H

#include "atlas/store.h"

/* So many objects of an image are told in full; the others are named. */
#define OBJECTS_IN_FULL 10

struct object_functions {
	const struct function *const *items;
	size_t count;
};

/* `functions[i]` becomes the first of `objects[i]`, NULL if there is none. */
struct error *objects_read(struct store *store, struct arena *arena, const struct image *images, size_t image_count,
			   const char *name, const struct function **functions,
			   struct object_functions *objects) MUST_CHECK;
/* The same without callers and places that hold the address, which take long where there are thousands. */
struct error *objects_summary(struct store *store, struct arena *arena, const struct image *images, size_t image_count,
			      const char *name, const struct function **functions,
			      struct object_functions *objects) MUST_CHECK;
/* True for a module's function, and for one that only modules import. */
bool object_is_module(const struct function *function);
/* "dm_mod"; or what is said of a function that only modules import. */
const char *object_name(const struct function *function);
/* How a reader finds the place: ".text+0x1234", or the address. */
const char *object_address(struct arena *arena, const char *section, uint64_t address);

#endif
