// SPDX-License-Identifier: GPL-2.0-or-later
#include "image/labels.h"

#include <elf.h>
#include <string.h>

#include "atlas/search.h"
#include "atlas/str.h"

/* scripts/kallsyms.c: mapping symbols, the compiler's own labels, and copies that run elsewhere. */
static bool is_left_out(const char *name)
{
	static const char *const prefixes[] = {
		"$", ".L", "L0", "__efistub_", "__kvm_nvhe_$", "__kvm_nvhe_.L", "__pi_$", "__pi_.L", "__crc_",
	};

	if (!*name)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
		if (str_starts(name, prefixes[i]))
			return true;
	return false;
}

/* Kernel text; what else is executable (arm64's entry trampoline) runs at other addresses. */
struct text {
	uint64_t start, end, init_start, init_end;
};

static uint64_t address_of(const struct elf_image *image, const char *name, uint64_t otherwise)
{
	const struct elf_symbol *symbol = elf_image_find_symbol(image, name);

	return symbol ? symbol->address : otherwise;
}

static void find_text(const struct elf_image *image, struct text *text)
{
	text->start = address_of(image, "_stext", 0);
	text->end = address_of(image, "_etext", UINT64_MAX);
	text->init_start = address_of(image, "_sinittext", 0);
	text->init_end = address_of(image, "_einittext", 0);
}

static bool is_label(const struct elf_image *image, const struct text *text, const struct elf_symbol *symbol)
{
	bool function = symbol->type == STT_FUNC || symbol->type == STT_GNU_IFUNC;

	if ((symbol->address < text->start || symbol->address >= text->end) &&
	    (symbol->address < text->init_start || symbol->address >= text->init_end))
		return false;
	return (function || symbol->type == STT_NOTYPE) && symbol->section != SHN_UNDEF &&
	       symbol->section < image->section_count && image->sections[symbol->section].flags & SHF_EXECINSTR &&
	       !is_left_out(symbol->name);
}

static int by_address(const void *a, const void *b)
{
	const struct label *x = a, *y = b;

	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	return strcmp(x->name, y->name);
}

void labels_read(const struct elf_image *image, struct labels *labels)
{
	uint64_t mask = image->arch.thumb ? ~(uint64_t)1 : UINT64_MAX;
	struct text text;

	find_text(image, &text);
	*labels = (struct labels){.text_end = text.end};
	for (size_t i = 0; i < image->symbol_count; i++) {
		const struct elf_symbol *symbol = &image->symbols[i];
		uint64_t address = symbol->address & mask;

		if (is_label(image, &text, symbol))
			vec_add(&labels->items, ((struct label){
							.address = address,
							.end = address + symbol->size_bytes,
							.name = symbol->name,
							.function = symbol->type != STT_NOTYPE,
						}));
	}
	if (labels->items.count)
		qsort(labels->items.items, labels->items.count, sizeof(*labels->items.items), by_address);
}

void labels_fini(struct labels *labels)
{
	vec_free(&labels->items);
}

/* Index of the first label above `address`. */
static size_t first_above(const struct labels *labels, uint64_t address)
{
	return lower_bound(at, labels->items.count, labels->items.items[at].address <= address);
}

size_t labels_before(const struct labels *labels, uint64_t address, const struct label **first)
{
	size_t end = first_above(labels, address), begin = end;

	while (begin > 0 && labels->items.items[begin - 1].address == labels->items.items[end - 1].address)
		begin--;
	*first = labels->items.items + begin;
	return end - begin;
}

uint64_t labels_next(const struct labels *labels, uint64_t address)
{
	size_t above = first_above(labels, address);

	uint64_t next = above < labels->items.count ? labels->items.items[above].address : UINT64_MAX;

	return address < labels->text_end && next > labels->text_end ? labels->text_end : next;
}

const struct label *labels_find(const struct labels *labels, const char *name)
{
	for (size_t i = 0; i < labels->items.count; i++)
		if (str_eq(labels->items.items[i].name, name))
			return &labels->items.items[i];
	return NULL;
}
