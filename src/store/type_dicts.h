/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the atlas has of types while images are written. */
#ifndef STORE_TYPE_DICTS_H
#define STORE_TYPE_DICTS_H

#include "atlas/type.h"
#include "store/dict.h"

/* A definition in the atlas: name and variant; name 0: not looked for yet. */
struct stored_type {
	uint32_t name, variant;
};

/* What an image's vmlinux has, by kind and name: its only definition. */
struct base_type {
	uint64_t key;	  /* name and kind, plus one; 0 unused */
	uint32_t variant; /* NO_INDEX: several */
};

struct type_dicts {
	struct dict names, words;
	struct stored_type *stored; /* by the pool's numbers */
	uint32_t stored_count;
	/* The vmlinux that modules were last put beside. */
	int64_t base_image;
	struct base_type *base; /* open addressing */
	size_t base_count;
};

/* Reads them if `*dicts` is NULL, and makes room for what the pool has by now. */
struct error *type_dicts_get(struct store *store, struct type_dicts **dicts) MUST_CHECK;
void type_dicts_free(struct type_dicts *types);

#endif
