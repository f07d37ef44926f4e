// SPDX-License-Identifier: GPL-2.0-or-later
#include "scan/initcalls.h"

#include "image/initcalls.h"

/* The unit of a function; several of one name are told apart by the address.  `mask` clears a mode bit (Thumb). */
static str_id file_of(const struct facts *facts, uint32_t index, uint64_t target, uint64_t mask)
{
	str_id only = 0;
	size_t count = 0;

	if (index == NO_INDEX)
		return 0;
	const struct fact_function *function = &facts->functions.items[index];

	for (uint32_t i = 0; i < function->instances; i++) {
		const struct fact_instance *instance = &facts->instances.items[function->first_instance + i];

		if (!instance->file || !(instance->flags & INSTANCE_DEFINED))
			continue;
		if (target && instance->flags & INSTANCE_HAS_ADDRESS && (instance->address & mask) == (target & mask))
			return instance->file;
		only = instance->file;
		count++;
	}
	return count == 1 ? only : 0;
}

static uint32_t *functions_by_name(const struct facts *facts)
{
	uint32_t *by_name = xmalloc((facts->strings.entries.count + 1) * sizeof(*by_name));

	for (size_t i = 0; i < facts->strings.entries.count; i++)
		by_name[i] = NO_INDEX;
	for (size_t i = 0; i < facts->functions.count; i++)
		by_name[facts->functions.items[i].name] = (uint32_t)i;
	return by_name;
}

struct error *initcalls_find(struct elf_image *image, const struct globs *names, struct facts *facts)
{
	struct elf_initcalls calls;
	uint64_t mask = image->arch.thumb ? ~(uint64_t)1 : UINT64_MAX;

	TRY(elf_initcalls_read(image, &calls));
	size_t known = facts->strings.entries.count;
	AUTO_FREE uint32_t *by_name = functions_by_name(facts);
	uint32_t object = (uint32_t)facts->objects.count - 1;

	for (size_t i = 0; i < calls.items.count; i++) {
		const struct elf_initcall *call = &calls.items.items[i];

		if (names->count && !globs_match(names, call->name))
			continue;
		str_id name = intern(&facts->strings, call->name);

		vec_add(&facts->initcalls,
			((struct fact_initcall){
				.name = name,
				.level = intern(&facts->strings, call->level),
				.file = file_of(facts, name < known ? by_name[name] : NO_INDEX, call->target, mask),
				.module = intern(&facts->strings, call->module),
				.line = call->line,
				.object = object,
			}));
	}
	facts->objects.items[object].inits_read = true;
	elf_initcalls_fini(&calls);
	return NULL;
}
