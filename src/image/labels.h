/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of places in code as the running kernel has them in kallsyms: functions
 * and assembler labels.  A name reaches to the next one, whatever its size, so
 * that code nobody names goes by the name before it.
 */
#ifndef IMAGE_LABELS_H
#define IMAGE_LABELS_H

#include "image/elf_image.h"

struct label {
	uint64_t address;
	uint64_t end;	  /* of what the name's symbol covers; `address` if it has no size */
	const char *name; /* borrowed from the image */
	bool function;
};

struct labels {
	VEC(struct label) items; /* by address, then by name */
	uint64_t text_end;	 /* of the kernel's text but init's; UINT64_MAX unknown */
};

void labels_read(const struct elf_image *image, struct labels *labels);
void labels_fini(struct labels *labels);

/* All at the highest address that is not above `address`; 0: there are none. */
size_t labels_before(const struct labels *labels, uint64_t address, const struct label **first);
/* The first of a name; NULL: there is none. */
const struct label *labels_find(const struct labels *labels, const char *name);
/* The lowest address of a label above `address`, or where text ends; UINT64_MAX: there is none. */
uint64_t labels_next(const struct labels *labels, uint64_t address);

#endif
