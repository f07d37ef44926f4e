// SPDX-License-Identifier: GPL-2.0-or-later
#include "image/modversions.h"

#include <string.h>

#include "image/elf_uint.h"

/* struct modversion_info: an unsigned long and a name, 64 bytes in all. */
#define VERSION_BYTES 64u

static void add(struct elf_image *image, const char *name, size_t length, uint64_t crc,
		struct module_versions *versions)
{
	vec_add(&versions->items, ((struct module_version){arena_strndup(&image->arena, name, length), (uint32_t)crc}));
}

static void read_classic(struct elf_image *image, const struct section *section, struct module_versions *versions)
{
	unsigned word = image->arch.bits / 8;

	for (uint64_t at = 0; section->data && at + VERSION_BYTES <= section->size_bytes; at += VERSION_BYTES) {
		const char *name = (const char *)section->data + at + word;

		add(image, name, strnlen(name, VERSION_BYTES - word), elf_uint(image, section->data + at, word),
		    versions);
	}
}

/* Long names, and all of them where the configuration says so: two sections side by side since 6.14. */
static void read_extended(struct elf_image *image, const struct section *crcs, const struct section *names,
			  struct module_versions *versions)
{
	uint64_t at = 0;

	for (uint64_t i = 0; crcs->data && names->data && i + 4 <= crcs->size_bytes && at < names->size_bytes; i += 4) {
		const char *name = (const char *)names->data + at;
		size_t length = strnlen(name, names->size_bytes - at);

		add(image, name, length, elf_uint(image, crcs->data + i, 4), versions);
		at += length + 1;
	}
}

struct error *module_versions_read(struct elf_image *image, struct module_versions *versions)
{
	struct section *classic, *crcs, *names;

	*versions = (struct module_versions){0};
	TRY(elf_image_load(image, "__versions", &classic));
	TRY(elf_image_load(image, "__version_ext_crcs", &crcs));
	TRY(elf_image_load(image, "__version_ext_names", &names));
	if (classic)
		read_classic(image, classic, versions);
	if (crcs && names)
		read_extended(image, crcs, names, versions);
	return NULL;
}

void module_versions_fini(struct module_versions *versions)
{
	vec_free(&versions->items);
}
