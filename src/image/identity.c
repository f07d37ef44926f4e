// SPDX-License-Identifier: GPL-2.0-or-later
/* What an image says of itself: build id note and banner. */
#include <gelf.h>
#include <string.h>

#include "atlas/str.h"
#include "image/elf_image.h"
#include "image/elf_uint.h"

#define BANNER_START	 "Linux version "
#define BANNER_MAX_BYTES 1024u

static uint64_t align4(uint64_t value)
{
	return (value + 3) & ~(uint64_t)3;
}

/* The description of the GNU build id in one note section; NULL if it holds none. */
static const unsigned char *find_build_id(const struct elf_image *image, const struct section *section,
					  uint64_t *length)
{
	const unsigned char *at = section->data;
	uint64_t left = section->size_bytes;

	while (left >= 12) {
		uint64_t name = elf_uint(image, at, 4), description = elf_uint(image, at + 4, 4);
		uint64_t total = 12 + align4(name) + align4(description);

		if (total > left)
			return NULL;
		if (elf_uint(image, at + 8, 4) == NT_GNU_BUILD_ID && name == 4 && memcmp(at + 12, "GNU", 4) == 0) {
			*length = description;
			return at + 12 + align4(name);
		}
		at += total;
		left -= total;
	}
	return NULL;
}

struct error *elf_image_build_id(struct elf_image *image, const char **build_id)
{
	*build_id = NULL;
	for (uint32_t i = 1; i < image->section_count && !*build_id; i++) {
		struct section *section = &image->sections[i];
		uint64_t length;

		if (section->type != SHT_NOTE)
			continue;
		TRY(elf_image_load(image, section->name, &section));
		const unsigned char *bytes = section->data ? find_build_id(image, section, &length) : NULL;

		if (!bytes || length > 64)
			continue;
		AUTO_STR struct str hex = {0};

		for (uint64_t k = 0; k < length; k++)
			str_addf(&hex, "%02x", bytes[k]);
		*build_id = arena_strdup(&image->arena, hex.data ? hex.data : "");
	}
	return NULL;
}

static const char *banner_at(struct elf_image *image, const unsigned char *bytes, uint64_t left)
{
	size_t start = strlen(BANNER_START), length = 0;

	if (left < start || memcmp(bytes, BANNER_START, start) != 0)
		return NULL;
	while (length < left && length < BANNER_MAX_BYTES && bytes[length] >= 0x20 && bytes[length] < 0x7f)
		length++;
	return arena_strndup(&image->arena, (const char *)bytes, length);
}

struct error *elf_image_banner(struct elf_image *image, const char **banner)
{
	const struct elf_symbol *symbol = elf_image_find_symbol(image, "linux_banner");
	uint64_t left;

	*banner = NULL;
	if (!symbol)
		return NULL;
	const unsigned char *bytes = elf_image_at(image, symbol->address, &left);

	if (bytes)
		*banner = banner_at(image, bytes, left);
	return NULL;
}
