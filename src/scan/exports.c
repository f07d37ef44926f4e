// SPDX-License-Identifier: GPL-2.0-or-later
#include "scan/exports.h"

#include <elf.h>

#include "image/exports.h"

/* The function each name stands for, by the name's number. */
static uint32_t *functions_by_name(const struct facts *facts)
{
	uint32_t *by_name = xcalloc(facts->strings.entries.count + 1, sizeof(*by_name));

	for (size_t i = 0; i < facts->strings.entries.count; i++)
		by_name[i] = NO_INDEX;
	for (size_t i = 0; i < facts->functions.count; i++)
		by_name[facts->functions.items[i].name] = (uint32_t)i;
	return by_name;
}

/* `known` counts the strings `by_name` has. */
static uint32_t function_named(const struct facts *facts, const uint32_t *by_name, size_t known, const char *name)
{
	str_id id = intern_find(&facts->strings, name);

	return id && id < known ? by_name[id] : NO_INDEX;
}

static bool is_code(const struct elf_image *image, uint64_t address)
{
	for (uint32_t i = 1; i < image->section_count; i++) {
		const struct section *section = &image->sections[i];

		if (section->flags & SHF_EXECINSTR && address >= section->address &&
		    address - section->address < section->size_bytes)
			return true;
	}
	return false;
}

struct error *exports_find(struct elf_image *image, const struct globs *names, struct facts *facts)
{
	struct elf_exports found;

	TRY(elf_exports_read(image, &found));
	size_t known = facts->strings.entries.count;
	AUTO_FREE uint32_t *by_name = functions_by_name(facts);
	uint32_t object = (uint32_t)facts->objects.count - 1;

	for (size_t i = 0; i < found.items.count; i++) {
		const struct elf_export *entry = &found.items.items[i];

		if (names->count && !globs_match(names, entry->name))
			continue;
		uint32_t function =
			is_code(image, entry->address) ? function_named(facts, by_name, known, entry->name) : NO_INDEX;

		vec_add(&facts->exports, ((struct fact_export){
						 .name = intern(&facts->strings, entry->name),
						 .namespace = intern(&facts->strings, entry->namespace),
						 .function = function,
						 .object = object,
						 .crc = entry->crc,
						 .gpl = entry->gpl,
					 }));
	}
	facts->objects.items[object].exports_read = true;
	elf_exports_fini(&found);
	return NULL;
}
