// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The compiler records a call of mcount, or the first of some NOPs, which stand in the
 * function: at its entry, behind a landing pad or the global entry (amd64, arm64, ppc64el),
 * or behind the prologue (mcount on armhf, and on arm64 and riscv64 before they had NOPs).
 *
 * On arm64 with CONFIG_DYNAMIC_FTRACE_WITH_CALL_OPS (6.3), and on riscv64 from commit
 * c217157bcd1d on, 8 more bytes of NOPs stand before the function, and the first of these
 * is recorded.  ppc64el has that option without such NOPs.
 */
#include "image/entry_sites.h"

#include <elf.h>

#define BEFORE_ENTRY 8

struct extent {
	uint64_t start, end;
};

struct extents {
	VEC(struct extent) items; /* of functions, ascending */
};

static int by_start(const void *a, const void *b)
{
	const struct extent *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

static void read_extents(const struct elf_image *image, struct extents *functions)
{
	for (size_t i = 0; i < image->symbol_count; i++) {
		const struct elf_symbol *symbol = &image->symbols[i];
		uint64_t size_bytes = symbol->size_bytes ? symbol->size_bytes : 1;

		if ((symbol->type == STT_FUNC || symbol->type == STT_GNU_IFUNC) && symbol->section != SHN_UNDEF)
			vec_add(&functions->items, ((struct extent){symbol->address, symbol->address + size_bytes}));
	}
	if (functions->items.count)
		qsort(functions->items.items, functions->items.count, sizeof(*functions->items.items), by_start);
}

static bool begins_at(const struct extents *functions, size_t from, uint64_t address)
{
	while (from < functions->items.count && functions->items.items[from].start < address)
		from++;
	return from < functions->items.count && functions->items.items[from].start == address;
}

/*
 * An image is compiled one way: they stand before their functions if more of them do than lie in
 * one.  Site by site that cannot be told, since 8 bytes behind the site of a short function
 * the next one may begin, which need not have any.
 */
static bool stand_before(const struct extents *functions, const struct addresses *sites)
{
	size_t inside = 0, before = 0, next = 0;
	uint64_t reached = 0;

	for (size_t i = 0; i < sites->items.count; i++) {
		uint64_t site = sites->items.items[i];

		for (; next < functions->items.count && functions->items.items[next].start <= site; next++)
			if (functions->items.items[next].end > reached)
				reached = functions->items.items[next].end;
		if (site < reached)
			inside++;
		else
			before += begins_at(functions, next, site + BEFORE_ENTRY);
	}
	return before > inside;
}

void entry_sites_place(const struct elf_image *image, struct addresses *sites)
{
	struct extents functions = {0};

	if (image->arch.machine != EM_AARCH64 && image->arch.machine != EM_RISCV)
		return;
	read_extents(image, &functions);
	if (stand_before(&functions, sites))
		for (size_t i = 0; i < sites->items.count; i++)
			sites->items.items[i] += BEFORE_ENTRY;
	vec_free(&functions.items);
}
