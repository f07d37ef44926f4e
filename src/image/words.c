// SPDX-License-Identifier: GPL-2.0-or-later
#include "image/words.h"

#include <elf.h>
#include <string.h>

#include "image/elf_uint.h"
#include "image/relocate.h"
#include "image/relocations.h"

struct fill {
	const struct elf_image *image;
	struct words *words;
};

static void fill_word(void *context, uint64_t address, uint64_t value)
{
	const struct fill *fill = context;
	struct words *words = fill->words;
	unsigned width = fill->image->arch.bits / 8;

	if (address >= words->address && words->size_bytes >= width &&
	    address - words->address <= words->size_bytes - width)
		elf_put_uint(fill->image, words->bytes + (address - words->address), width, value);
}

static struct error *fill_words(struct elf_image *image, struct words *words)
{
	struct fill fill = {image, words};
	struct error *err = dynamic_relocations_visit(image, fill_word, &fill);

	if (err)
		words_fini(words);
	return err;
}

struct error *words_of_section(struct elf_image *image, struct section *section, struct words *words)
{
	*words = (struct words){0};
	TRY(elf_image_load_section(image, section));
	if (!section->data || !section->size_bytes)
		return NULL;
	TRY(section_relocated_copy(image, section, &words->bytes));
	words->size_bytes = section->size_bytes;
	words->address = section->address;
	return image->elf_type == ET_REL ? NULL : fill_words(image, words);
}

struct error *words_between(struct elf_image *image, const char *start, const char *stop, struct words *words)
{
	const struct elf_symbol *first = elf_image_find_symbol(image, start), *end = elf_image_find_symbol(image, stop);
	uint64_t left;

	*words = (struct words){0};
	if (!first || !end || end->address <= first->address)
		return NULL;
	const unsigned char *bytes = elf_image_at(image, first->address, &left);
	uint64_t size = end->address - first->address;

	if (!bytes)
		return NULL;
	if (size > left)
		return error_new(ERROR_INPUT, "%s: %s and %s are not in one section", image->path, start, stop);
	*words = (struct words){xmalloc(size), size, first->address};
	memcpy(words->bytes, bytes, size);
	return fill_words(image, words);
}

void words_fini(struct words *words)
{
	free(words->bytes);
	*words = (struct words){0};
}

uint64_t words_uint(const struct elf_image *image, const struct words *words, uint64_t offset, unsigned width)
{
	return elf_uint(image, words->bytes + offset, width);
}

uint64_t words_relative(const struct elf_image *image, const struct words *words, uint64_t offset)
{
	int32_t displacement = (int32_t)words_uint(image, words, offset, 4);
	uint64_t target = words->address + offset + (uint64_t)(int64_t)displacement;

	if (!displacement)
		return 0;
	return image->arch.bits == 64 ? target : target & UINT32_MAX;
}
