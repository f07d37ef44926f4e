// SPDX-License-Identifier: GPL-2.0-or-later
#include "image/relocation_entry.h"

#include <elf.h>

#include "image/elf_uint.h"

unsigned relocation_entry_size(const struct elf_image *image, const struct section *table)
{
	return (table->type == SHT_RELA ? 3u : 2u) * image->arch.bits / 8;
}

void relocation_read(const struct elf_image *image, const struct section *table, uint64_t index,
		     struct relocation *relocation)
{
	const unsigned char *at = table->data + index * relocation_entry_size(image, table);
	unsigned word = image->arch.bits / 8;
	uint64_t info = elf_uint(image, at + word, word);
	bool rela = table->type == SHT_RELA;

	relocation->offset = elf_uint(image, at, word);
	relocation->symbol = word == 8 ? (uint32_t)(info >> 32) : (uint32_t)(info >> 8);
	relocation->type = word == 8 ? (uint32_t)info : (uint32_t)(info & 0xff);
	relocation->addend_in_place = !rela;
	relocation->addend = rela ? elf_uint(image, at + (size_t)2 * word, word) : 0;
}

struct section *relocation_table(struct elf_image *image, uint32_t index)
{
	for (uint32_t i = 1; i < image->section_count; i++)
		if ((image->sections[i].type == SHT_RELA || image->sections[i].type == SHT_REL) &&
		    image->sections[i].info == index)
			return &image->sections[i];
	return NULL;
}
