// SPDX-License-Identifier: GPL-2.0-or-later
#include "image/probe_tables.h"

#include <elf.h>
#include <string.h>

#include "atlas/search.h"
#include "image/entry_sites.h"
#include "image/words.h"

static void add_words(const struct elf_image *image, const struct words *words, struct addresses *list)
{
	unsigned width = image->arch.bits / 8;

	for (uint64_t at = 0; at + width <= words->size_bytes; at += width) {
		uint64_t address = words_uint(image, words, at, width);

		/* Unused room of a table stays zero. */
		if (address)
			vec_add(&list->items, image->arch.thumb ? address & ~(uint64_t)1 : address);
	}
}

/* All sections of the name: a module may have one for each section of code. */
static struct error *read_sections(struct elf_image *image, const char *name, struct addresses *list, bool *any)
{
	for (uint32_t i = 1; i < image->section_count; i++) {
		struct words words;

		if (strcmp(image->sections[i].name, name) != 0)
			continue;
		TRY(words_of_section(image, &image->sections[i], &words));
		add_words(image, &words, list);
		words_fini(&words);
		*any = true;
	}
	return NULL;
}

static struct error *read_between(struct elf_image *image, const char *start, const char *stop, struct addresses *list,
				  bool *any)
{
	struct words words;

	TRY(words_between(image, start, stop, &words));
	add_words(image, &words, list);
	*any = *any || words.bytes;
	words_fini(&words);
	return NULL;
}

static void add_range(struct probe_tables *tables, uint64_t start, uint64_t end, uint8_t place)
{
	if (end > start)
		*vec_push(&tables->ranges) = (struct code_range){start, end, place};
}

/* What kernel/kprobes.c and arch_populate_kprobe_blacklist() or arch_within_kprobe_blacklist() forbid. */
static void linked_ranges(struct elf_image *image, struct probe_tables *tables)
{
	static const struct {
		const char *start, *end, *arch; /* NULL: all */
		uint8_t place;
	} known[] = {
		{"__noinstr_text_start", "__noinstr_text_end", NULL, CODE_NOINSTR},
		{"__kprobes_text_start", "__kprobes_text_end", NULL, CODE_KPROBES},
		{"__init_begin", "__init_end", NULL, CODE_INIT},
		{"_sinittext", "_einittext", NULL, CODE_INIT},
		{"__entry_text_start", "__entry_text_end", "amd64", CODE_ENTRY},
		{"__entry_text_start", "__entry_text_end", "i386", CODE_ENTRY},
		{"__entry_text_start", "__entry_text_end", "arm64", CODE_ENTRY},
		{"__entry_text_start", "__entry_text_end", "armhf", CODE_ENTRY},
		{"__irqentry_text_start", "__irqentry_text_end", "arm64", CODE_ENTRY},
		{"__irqentry_text_start", "__irqentry_text_end", "armhf", CODE_ENTRY},
		{"__irqentry_text_start", "__irqentry_text_end", "riscv64", CODE_ENTRY},
		{"__irqentry_text_start", "__irqentry_text_end", "s390x", CODE_ENTRY},
		{"__idmap_text_start", "__idmap_text_end", "arm64", CODE_ENTRY},
		{"__idmap_text_start", "__idmap_text_end", "armhf", CODE_ENTRY},
		{"__hyp_text_start", "__hyp_text_end", "arm64", CODE_ENTRY},
		{"__hyp_idmap_text_start", "__hyp_idmap_text_end", "arm64", CODE_ENTRY},
		{"_stext", "__head_end", "ppc64el", CODE_ENTRY},
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		if (known[i].arch && strcmp(known[i].arch, image->arch.name) != 0)
			continue;
		const struct elf_symbol *start = elf_image_find_symbol(image, known[i].start);
		const struct elf_symbol *end = elf_image_find_symbol(image, known[i].end);

		if (start && end)
			add_range(tables, start->address, end->address, known[i].place);
	}
}

static void module_ranges(const struct elf_image *image, struct probe_tables *tables)
{
	static const struct {
		const char *section;
		uint8_t place;
	} known[] = {
		{".noinstr.text", CODE_NOINSTR},
		{".kprobes.text", CODE_KPROBES},
		{".init.text", CODE_INIT},
	};

	for (uint32_t i = 1; i < image->section_count; i++)
		for (size_t j = 0; j < ARRAY_LEN(known); j++)
			if (strcmp(image->sections[i].name, known[j].section) == 0)
				add_range(tables, image->sections[i].address,
					  image->sections[i].address + image->sections[i].size_bytes, known[j].place);
}

static int ascending(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void sort(struct addresses *list)
{
	if (list->items.count)
		qsort(list->items.items, list->items.count, sizeof(*list->items.items), ascending);
}

static struct error *read_all(struct elf_image *image, struct probe_tables *tables)
{
	bool ignored = false;

	if (image->elf_type == ET_REL) {
		TRY(read_sections(image, "__mcount_loc", &tables->sites, &tables->has_sites));
		TRY(read_sections(image, "__patchable_function_entries", &tables->sites, &tables->has_sites));
		TRY(read_sections(image, "_kprobe_blacklist", &tables->blacklist, &ignored));
		module_ranges(image, tables);
	} else {
		TRY(read_between(image, "__start_mcount_loc", "__stop_mcount_loc", &tables->sites, &tables->has_sites));
		TRY(read_between(image, "__start_kprobe_blacklist", "__stop_kprobe_blacklist", &tables->blacklist,
				 &ignored));
		linked_ranges(image, tables);
	}
	sort(&tables->sites);
	sort(&tables->blacklist);
	entry_sites_place(image, &tables->sites);
	return NULL;
}

struct error *probe_tables_read(struct elf_image *image, struct probe_tables *tables)
{
	*tables = (struct probe_tables){0};
	struct error *err = read_all(image, tables);

	if (err)
		probe_tables_fini(tables);
	return err;
}

void probe_tables_fini(struct probe_tables *tables)
{
	vec_free(&tables->sites.items);
	vec_free(&tables->blacklist.items);
	vec_free(&tables->ranges);
}

/* Whether some address of the list is in [start, end). */
static bool any_in(const struct addresses *list, uint64_t start, uint64_t end)
{
	size_t low = lower_bound(at, list->items.count, list->items.items[at] < start);

	return low < list->items.count && list->items.items[low] < end;
}

bool probe_tables_traced(const struct probe_tables *tables, uint64_t address, uint64_t size_bytes)
{
	return any_in(&tables->sites, address, address + (size_bytes ? size_bytes : 1));
}

bool probe_tables_traced_behind(const struct probe_tables *tables, uint64_t end, uint64_t next)
{
	return end < next && any_in(&tables->sites, end, next);
}

bool probe_tables_blacklisted(const struct probe_tables *tables, uint64_t address, uint64_t size_bytes)
{
	return any_in(&tables->blacklist, address, address + (size_bytes ? size_bytes : 1));
}

uint8_t probe_tables_place(const struct probe_tables *tables, uint64_t address)
{
	uint8_t place = 0;

	for (size_t i = 0; i < tables->ranges.count; i++)
		if (address >= tables->ranges.items[i].start && address < tables->ranges.items[i].end)
			place |= tables->ranges.items[i].place;
	return place;
}
