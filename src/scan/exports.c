// SPDX-License-Identifier: GPL-2.0-or-later
#include "scan/exports.h"

#include <elf.h>
#include <stdlib.h>

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

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

void exports_addresses(const struct elf_exports *found, struct raw_image *raw)
{
	raw->exported = xcalloc(found->items.count + 1, sizeof(*raw->exported));
	for (size_t i = 0; i < found->items.count; i++)
		if (found->items.items[i].address)
			raw->exported[raw->exported_count++] = found->items.items[i].address;
	qsort(raw->exported, raw->exported_count, sizeof(*raw->exported), by_value);
}

/* A variable and the unit that defines it. */
struct variable {
	uint64_t address;
	const char *path;
};

struct variables {
	VEC(struct variable) items;
};

static int by_address(const void *a, const void *b)
{
	const struct variable *x = a, *y = b;

	return x->address < y->address ? -1 : x->address > y->address;
}

static void gather_variables(const struct raw_image *raw, struct variables *variables)
{
	for (uint32_t i = 0; i < raw->unit_count; i++)
		for (size_t k = 0; k < raw->units[i].exported.count; k++)
			vec_add(&variables->items,
				((struct variable){raw->units[i].exported.items[k], raw->units[i].path}));
	if (variables->items.count)
		qsort(variables->items.items, variables->items.count, sizeof(*variables->items.items), by_address);
}

static str_id file_of(const struct variables *variables, uint64_t address, struct facts *facts)
{
	const struct variable key = {.address = address};
	const struct variable *found = variables->items.count
					       ? bsearch(&key, variables->items.items, variables->items.count,
							 sizeof(*variables->items.items), by_address)
					       : NULL;

	return found ? intern(&facts->strings, found->path) : 0;
}

void exports_find(struct elf_image *image, const struct elf_exports *found, const struct globs *names,
		  const struct raw_image *raw, struct facts *facts)
{
	size_t known = facts->strings.entries.count;
	AUTO_FREE uint32_t *by_name = functions_by_name(facts);
	uint32_t object = (uint32_t)facts->objects.count - 1;
	struct variables variables = {0};

	gather_variables(raw, &variables);
	for (size_t i = 0; i < found->items.count; i++) {
		const struct elf_export *entry = &found->items.items[i];
		bool code = is_code(image, entry->address);

		if (names->count && !globs_match(names, entry->name))
			continue;
		uint32_t function = code ? function_named(facts, by_name, known, entry->name) : NO_INDEX;

		vec_add(&facts->exports,
			((struct fact_export){
				.name = intern(&facts->strings, entry->name),
				.namespace = intern(&facts->strings, entry->namespace),
				.function = function,
				.object = object,
				.crc = entry->crc,
				.gpl = entry->gpl,
				.file = function == NO_INDEX ? file_of(&variables, entry->address, facts) : 0,
			}));
	}
	facts->objects.items[object].exports_read = true;
	vec_free(&variables.items);
}
