/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the relocations of loaded sections say: which place refers to what. */
#ifndef IMAGE_RELOCATIONS_H
#define IMAGE_RELOCATIONS_H

#include "image/elf_image.h"

enum place_use {
	PLACE_ADDRESS, /* the address itself: a pointer in data, or code that makes one */
	PLACE_BRANCH,  /* a call or a jump */
	PLACE_OTHER,   /* the second half of an address, or nothing to do with one */
};

struct relocated_place {
	uint64_t address;   /* of the place */
	uint64_t target;    /* what it refers to; 0 for an import */
	const char *import; /* name of an undefined symbol, NULL none */
	enum place_use use;
};

/* Visits the relocations of one section, in the order of its table.  `any`: there are some. */
struct error *relocations_visit(struct elf_image *image, struct section *section,
				void (*visit)(void *context, const struct section *section,
					      const struct relocated_place *place),
				void *context, bool *any) MUST_CHECK;

/* Visits the words of a position independent kernel that its own start-up code fills (.rela.dyn, relative entries). */
struct error *dynamic_relocations_visit(struct elf_image *image,
					void (*visit)(void *context, uint64_t address, uint64_t value),
					void *context) MUST_CHECK;

#endif
