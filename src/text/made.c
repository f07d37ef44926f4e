// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/made.h"

#include <elf.h>

#include "image/elf_uint.h"

/* The ELFv2 ABI lets r2 point this far into the GOT. */
#define TOC_BIAS 0x8000

static void code_range(const struct elf_image *image, struct made_addresses *made)
{
	made->low = UINT64_MAX;
	for (uint32_t i = 1; i < image->section_count; i++) {
		const struct section *section = &image->sections[i];

		if (!(section->flags & SHF_EXECINSTR) || !(section->flags & SHF_ALLOC))
			continue;
		if (section->address < made->low)
			made->low = section->address;
		if (section->address + section->size_bytes > made->high)
			made->high = section->address + section->size_bytes;
	}
}

struct error *made_addresses_open(const struct text *text, struct made_addresses *made)
{
	struct section *got = elf_image_section(text->image, ".got");
	const struct elf_symbol *toc;

	*made = (struct made_addresses){.state = {.arch = text->arch}};
	code_range(text->image, made);
	if (got)
		TRY(words_of_section(text->image, got, &made->got));
	if (text->arch == CODE_PPC64) {
		toc = elf_image_find_symbol(text->image, ".TOC.");
		made->state.toc = toc ? toc->address : got ? got->address + TOC_BIAS : 0;
	}
	return NULL;
}

void made_addresses_close(struct made_addresses *made)
{
	words_fini(&made->got);
}

/* What a load from a constant place gets: of the GOT, and on armhf from between the functions. */
static bool load(const struct made_addresses *made, const struct text *text, const struct section *section,
		 uint64_t *value)
{
	unsigned width = text->image->arch.bits / 8;
	uint64_t offset = *value - made->got.address;

	if (made->got.size_bytes >= width && offset <= made->got.size_bytes - width) {
		*value = words_uint(text->image, &made->got, offset, width);
		return true;
	}
	offset = *value - section->address;
	if (text->arch != CODE_ARM || section->size_bytes < width || offset > section->size_bytes - width)
		return false;
	*value = elf_uint(text->image, section->data + offset, width);
	return true;
}

void made_addresses_add(struct made_addresses *made, struct text *text, const struct section *section,
			const struct text_branch *instruction)
{
	const unsigned char *bytes = section->data + (instruction->address - section->address);
	uint64_t value;
	enum code_made what =
		code_addresses_next(&made->state, bytes, &instruction->branch, instruction->address, &value);

	if (what == MADE_NOTHING || (what == MADE_LOAD && !load(made, text, section, &value)))
		return;
	if (value >= made->low && value < made->high)
		vec_add(&text->made, ((struct text_address){instruction->address, value, section->index}));
}
