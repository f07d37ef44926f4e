/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linker tables as they stand in memory: a run of bytes with everything filled
 * in that a loader or the kernel's own start-up code would fill in.
 */
#ifndef IMAGE_WORDS_H
#define IMAGE_WORDS_H

#include "image/elf_image.h"

struct words {
	unsigned char *bytes; /* owned; NULL if there are none */
	uint64_t size_bytes;
	uint64_t address; /* of the first byte; of a module: in the space its sections were placed in */
};

/* The bytes of a section; none if it has none. */
struct error *words_of_section(struct elf_image *image, struct section *section, struct words *words) MUST_CHECK;
/* The bytes of a linked image between two symbols; none if a symbol is missing or nothing lies between them. */
struct error *words_between(struct elf_image *image, const char *start, const char *stop,
			    struct words *words) MUST_CHECK;
void words_fini(struct words *words);

/* The unsigned integer of `width` bytes at `offset`, which lies inside. */
uint64_t words_uint(const struct elf_image *image, const struct words *words, uint64_t offset, unsigned width);
/* What the 32 bit word at `offset` refers to, counted from its own place; 0 if it is 0. */
uint64_t words_relative(const struct elf_image *image, const struct words *words, uint64_t offset);

#endif
