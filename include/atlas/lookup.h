/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: store */
/* Many names in many images: what a verdict needs, without callers. */
#ifndef ATLAS_LOOKUP_H
#define ATLAS_LOOKUP_H

#include "atlas/store.h"

/*
 * As store_functions(), but of the name's own rows only: inlined and call counts
 * without their lists (which are NULL), no aliases, no import calls, nothing of
 * exports and taken addresses, and none of what modules only import.
 */
struct error *store_brief_functions(struct store *store, struct arena *arena, const struct image *image,
				    const char *name, const struct function *const **functions,
				    size_t *count) MUST_CHECK;

/* The same with what is exported. */
struct error *store_summary_functions(struct store *store, struct arena *arena, const struct image *image,
				      const char *name, const struct function *const **functions,
				      size_t *count) MUST_CHECK;

/* What an object exports under a name: a function or a variable. */
struct exported_symbol {
	const char *name;
	const char *object;    /* that exports it */
	const char *namespace; /* NULL: none */
	uint32_t crc;	       /* 0: none */
	bool gpl;
};

/* vmlinux's export of that name: `found` false if there is none.  `read` false: its tables were not read. */
struct error *store_vmlinux_export(struct store *store, struct arena *arena, const struct image *image,
				   const char *name, struct exported_symbol *symbol, bool *found,
				   bool *read) MUST_CHECK;

/* What the kernel as a whole can do: enum attach_gate (attach.h); 0: not read. */
struct error *store_gates(struct store *store, const struct image *image, unsigned *gates) MUST_CHECK;

/* All that the image's modules export, by name, then by object.  `unread`: modules whose tables were not read. */
struct error *store_module_exports(struct store *store, struct arena *arena, const struct image *image,
				   const struct exported_symbol **symbols, size_t *count, size_t *unread) MUST_CHECK;

#endif
