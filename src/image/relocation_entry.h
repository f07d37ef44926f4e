/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One relocation, whatever its form in the file. */
#ifndef IMAGE_RELOCATION_ENTRY_H
#define IMAGE_RELOCATION_ENTRY_H

#include "image/elf_parts.h"

struct relocation {
	uint64_t offset; /* of a module: in its section; of a linked image: an address */
	uint64_t addend;
	uint32_t symbol; /* index in .symtab; `image->symbols` begins with entry 1 */
	uint32_t type;
	bool addend_in_place; /* REL */
};

/* Bytes of an entry of a SHT_REL or SHT_RELA section. */
unsigned relocation_entry_size(const struct elf_image *image, const struct section *table);
void relocation_read(const struct elf_image *image, const struct section *table, uint64_t index,
		     struct relocation *relocation);
/* The relocations of section `index`, NULL if it has none. */
struct section *relocation_table(struct elf_image *image, uint32_t index);

#endif
