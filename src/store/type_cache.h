/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STORE_TYPE_CACHE_H
#define STORE_TYPE_CACHE_H

#include "atlas/type.h"
#include "store/internal.h"

/* What reading types keeps as long as the store is open. */
struct type_cache {
	const char **names, **words; /* by id */
	size_t name_count, word_count;
	struct intern index;		  /* of the names: a number is an id */
	const struct type ***definitions; /* by name and variant */
	uint32_t *variants;		  /* room in each */
	struct type_graph **graphs;	  /* by image id */
	size_t graph_count;
};

struct error *type_cache_get(struct store *store, struct type_cache **cache) MUST_CHECK;
void type_cache_free(struct store *store);

struct error *types_damaged(struct store *store, const char *what) MUST_CHECK;

#endif
