/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the branches of a relocatable file go: its relocations tell, the bits of an instruction do not. */
#ifndef TEXT_TARGETS_H
#define TEXT_TARGETS_H

#include "text/text.h"

/* The relocations of one section in the order of their places; none of a linked image. */
struct targets {
	struct elf_image *image;
	const struct section *section;
	struct section *table;
	uint64_t *places; /* offset of the place << 32 | number in the table; ascending */
	size_t count, next;
};

struct error *targets_open(struct elf_image *image, const struct section *section, struct targets *targets) MUST_CHECK;
void targets_close(struct targets *targets);

/*
 * Puts target and import of a direct branch right; `bytes` are the instruction's.
 * Branches are asked for in the order of their addresses.
 */
void targets_resolve(struct targets *targets, enum code_arch arch, const unsigned char *bytes,
		     struct text_branch *branch);

#endif
