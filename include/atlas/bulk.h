/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: store */
/*
 * Everything an image has of one sort at once, for comparing images whole: a
 * few sweeps over the tables instead of questions by name.
 */
#ifndef ATLAS_BULK_H
#define ATLAS_BULK_H

#include "atlas/store.h"

/*
 * The functions that objects of the image have: by name in byte order, then
 * vmlinux's before the modules', by module.  Left out: what was not read (known only as a
 * caller), and what modules merely import.  Functions and instances are as
 * store_functions() gives them but for calls, inlined copies, places, linkage names and copies' names: the
 * lists are NULL where the counts are not 0.
 */
struct error *store_all_functions(struct store *store, struct arena *arena, const struct image *image,
				  const struct function **functions, size_t *count) MUST_CHECK;

/* One exported symbol, function or variable. */
struct exported_symbol {
	const char *name;
	const char *object; /* that exports it */
	bool is_function;
	struct function_export exported; /* EXPORT_PLAIN or EXPORT_GPL */
};

struct image_exports {
	const struct exported_symbol *symbols; /* by name in byte order, vmlinux's first, then by module */
	size_t count;
	const char *const *objects; /* whose export tables were read; of others nothing is known */
	size_t object_count;
};

struct error *store_all_exports(struct store *store, struct arena *arena, const struct image *image,
				struct image_exports *exports) MUST_CHECK;

/* What an instance's code calls or has inlined: names, each once, in no order. */
struct error *store_callee_names(struct store *store, struct arena *arena, int64_t instance_id,
				 const char *const **names, size_t *count) MUST_CHECK;

#endif
