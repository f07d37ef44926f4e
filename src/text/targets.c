// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/targets.h"

#include <elf.h>
#include <stdlib.h>

#include "image/relocation_entry.h"

static int by_place(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static struct error *read_table(struct targets *targets)
{
	const struct elf_image *image = targets->image;
	uint64_t count = targets->table->size_bytes / relocation_entry_size(image, targets->table);
	struct relocation relocation;

	if (count > UINT32_MAX)
		return error_new(ERROR_INPUT, "%s: section %s: too many relocations", image->path,
				 targets->table->name);
	targets->places = xcalloc(count, sizeof(*targets->places));
	for (uint64_t i = 0; i < count; i++) {
		relocation_read(image, targets->table, i, &relocation);
		if (relocation.symbol > image->symbol_count)
			return error_new(ERROR_INPUT, "%s: section %s, relocation %llu: a symbol index outside .symtab",
					 image->path, targets->table->name, (unsigned long long)i);
		/* Without a symbol it is an advice to the linker. */
		if (relocation.symbol && relocation.offset < targets->section->size_bytes &&
		    relocation.offset < UINT32_MAX)
			targets->places[targets->count++] = relocation.offset << 32 | i;
	}
	qsort(targets->places, targets->count, sizeof(*targets->places), by_place);
	return NULL;
}

struct error *targets_open(struct elf_image *image, const struct section *section, struct targets *targets)
{
	*targets = (struct targets){.image = image, .section = section};
	if (image->elf_type != ET_REL)
		return NULL;
	targets->table = relocation_table(image, section->index);
	if (!targets->table)
		return NULL;
	TRY(elf_image_load_section(image, targets->table));
	struct error *err = targets->table->data ? read_table(targets) : NULL;

	if (err)
		targets_close(targets);
	return err;
}

void targets_close(struct targets *targets)
{
	free(targets->places);
	*targets = (struct targets){0};
}

/* The symbol's address and the addend; a displacement counts from the instruction, on x86 from its end. */
static uint64_t target_of(const struct targets *targets, enum code_arch arch, const unsigned char *bytes,
			  const struct text_branch *branch, const struct relocation *relocation, uint64_t place)
{
	uint64_t address = targets->image->symbols[relocation->symbol - 1].address;
	bool x86 = arch == CODE_AMD64 || arch == CODE_I386;
	struct branch decoded;

	if (!relocation->addend_in_place)
		return address + relocation->addend + branch->address + (x86 ? branch->branch.length : 0) - place;
	/* The bits are the addend: what the same instruction would reach if its place were the symbol's. */
	code_branch_at(arch, bytes, branch->branch.length, address - (place - branch->address), &decoded);
	return decoded.target;
}

void targets_resolve(struct targets *targets, enum code_arch arch, const unsigned char *bytes,
		     struct text_branch *branch)
{
	uint64_t offset = branch->address - targets->section->address;
	struct relocation relocation;

	while (targets->next < targets->count && targets->places[targets->next] >> 32 < offset)
		targets->next++;
	if (targets->next == targets->count || targets->places[targets->next] >> 32 >= offset + branch->branch.length)
		return;
	relocation_read(targets->image, targets->table, (uint32_t)targets->places[targets->next], &relocation);
	const struct elf_symbol *symbol = &targets->image->symbols[relocation.symbol - 1];

	if (symbol->section == SHN_UNDEF) {
		branch->import = symbol->name;
		branch->branch.target = 0;
	} else {
		branch->branch.target = target_of(targets, arch, bytes, branch, &relocation,
						  targets->section->address + relocation.offset);
	}
}
