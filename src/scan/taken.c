// SPDX-License-Identifier: GPL-2.0-or-later
#include "scan/taken.h"

#include <elf.h>
#include <string.h>

#include "atlas/search.h"
#include "atlas/str.h"
#include "image/relocation_entry.h"
#include "image/relocations.h"

struct search {
	struct elf_image *elf;
	const struct symbol_map *map;
	struct raw_image *raw;
	VEC(struct raw_taken) found;
};

static int by_address(const void *a, const void *b)
{
	const struct raw_object *x = a, *y = b;

	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	/* Of two symbols at one address the larger comes last: it is found first from behind. */
	return (x->size_bytes > y->size_bytes) - (x->size_bytes < y->size_bytes);
}

/* Entries of tables that name functions without calling through them: exports, kprobe blacklist, error injection. */
static bool only_lists(const char *name)
{
	return str_starts(name, "__ksymtab_") || str_starts(name, "_kbl_addr_") || str_starts(name, "_eil_addr_");
}

static void gather_objects(struct search *search)
{
	const struct elf_image *elf = search->elf;
	struct raw_image *raw = search->raw;

	raw->objects = xcalloc(elf->symbol_count, sizeof(*raw->objects));
	for (size_t i = 0; i < elf->symbol_count; i++) {
		const struct elf_symbol *symbol = &elf->symbols[i];

		if (symbol->type == STT_OBJECT && symbol->size_bytes && symbol->section != SHN_UNDEF &&
		    !only_lists(symbol->name))
			raw->objects[raw->object_count++] =
				(struct raw_object){symbol->name, symbol->address, symbol->size_bytes};
	}
	qsort(raw->objects, raw->object_count, sizeof(*raw->objects), by_address);
}

/* The data symbol that holds an address; NO_INDEX if none does (a linker table, padding). */
static uint32_t object_at(const struct raw_image *raw, uint64_t address)
{
	size_t low = lower_bound(at, raw->object_count, raw->objects[at].address <= address);

	if (low == 0 || address - raw->objects[low - 1].address >= raw->objects[low - 1].size_bytes)
		return NO_INDEX;
	return (uint32_t)low - 1;
}

struct entry_search {
	const struct symbol_map *map;
	uint64_t address;
};

/* A cold part begins where a label or a jump leads, but nobody calls through its address. */
static bool is_cold(const char *name)
{
	const char *suffix = strstr(name, ".cold");

	return suffix && (suffix[5] == '\0' || suffix[5] == '.');
}

static bool begins_there(void *context, uint32_t symbol)
{
	const struct entry_search *search = context;
	const struct raw_symbol *found = &search->map->symbols[symbol];

	return (found->address & search->map->mask) == search->address && !is_cold(found->name);
}

static bool is_entry(const struct search *search, uint64_t address)
{
	struct entry_search entry = {search->map, address & search->map->mask};

	return entry.address && symbol_map_at(search->map, entry.address, begins_there, &entry);
}

static void add_data(struct search *search, uint64_t address, uint64_t target, const char *import)
{
	uint32_t object = object_at(search->raw, address);

	/* Tables without a symbol (mcount sites, exception tables, initcalls) list functions, they do not use them. */
	if (object == NO_INDEX || (!import && !is_entry(search, target)))
		return;
	*vec_push(&search->found) = (struct raw_taken){
		.address = address,
		.target = target & search->map->mask,
		.import = import,
		.data = object,
	};
}

static bool any_symbol(void *context, uint32_t symbol)
{
	(void)context;
	(void)symbol;
	return true;
}

/* Assembler may stand under a mere label: the last one before the place, in its section. */
static void name_label(const struct search *search, const struct section *section, struct raw_taken *taken)
{
	const struct elf_image *elf = search->elf;

	for (size_t i = 0; i < elf->symbol_count; i++) {
		const struct elf_symbol *symbol = &elf->symbols[i];

		if (symbol->type != STT_NOTYPE || symbol->section != section->index || !*symbol->name ||
		    symbol->address > taken->address || (taken->label && symbol->address < taken->label_start))
			continue;
		taken->label = symbol->name;
		taken->label_start = symbol->address;
	}
}

static void add_code(struct search *search, const struct section *section, const struct relocated_place *place)
{
	struct raw_taken taken = {
		.address = place->address,
		.target = place->target & search->map->mask,
		.import = place->import,
		.data = NO_INDEX,
	};

	if (!place->import && !is_entry(search, place->target))
		return;
	if (!symbol_map_at(search->map, place->address & search->map->mask, any_symbol, NULL))
		name_label(search, section, &taken);
	vec_add(&search->found, taken);
}

static bool holds_data(const struct section *section)
{
	return section->type == SHT_PROGBITS && section->flags & SHF_ALLOC && !(section->flags & SHF_EXECINSTR);
}

static uint64_t word_at(const struct elf_image *elf, const unsigned char *at)
{
	if (elf->arch.bits == 64) {
		uint64_t word;

		memcpy(&word, at, 8);
		return elf->swap ? __builtin_bswap64(word) : word;
	}
	uint32_t word;

	memcpy(&word, at, 4);
	return elf->swap ? __builtin_bswap32(word) : word;
}

/* The range a function's address is in, so that most words are told from pointers by two comparisons. */
static void code_range(const struct elf_image *elf, uint64_t *low, uint64_t *high)
{
	*low = UINT64_MAX;
	*high = 0;
	for (uint32_t i = 1; i < elf->section_count; i++) {
		const struct section *section = &elf->sections[i];

		if (!(section->flags & SHF_EXECINSTR) || !(section->flags & SHF_ALLOC))
			continue;
		if (section->address < *low)
			*low = section->address;
		if (section->address + section->size_bytes > *high)
			*high = section->address + section->size_bytes;
	}
}

static struct error *search_words(struct search *search)
{
	struct elf_image *elf = search->elf;
	unsigned width = elf->arch.bits / 8;
	uint64_t low, high;

	code_range(elf, &low, &high);
	for (uint32_t i = 1; i < elf->section_count; i++) {
		struct section *section = &elf->sections[i];

		if (!holds_data(section))
			continue;
		TRY(elf_image_load_section(elf, section));
		if (!section->data)
			continue;
		for (uint64_t at = (0 - section->address) % width; at + width <= section->size_bytes; at += width) {
			uint64_t word = word_at(elf, section->data + at);

			if (word >= low && word < high)
				add_data(search, section->address + at, word, NULL);
		}
	}
	return NULL;
}

/* One relocation of a loaded section: a place that is told which symbol it refers to. */
static void visit(void *context, const struct section *section, const struct relocated_place *place)
{
	struct search *search = context;

	if (place->use == PLACE_BRANCH || place->use == PLACE_OTHER)
		return;
	/* A linked kernel's undefined symbols are weak and nowhere. */
	if (place->import && search->elf->elf_type != ET_REL)
		return;
	/* An undefined symbol may be data: only what some module or vmlinux defines as a function is shown in the end.
	 */
	if (section->flags & SHF_EXECINSTR)
		add_code(search, section, place);
	else
		add_data(search, place->address, place->target, place->import);
}

static struct error *search_relocations(struct search *search)
{
	struct elf_image *elf = search->elf;

	for (uint32_t i = 1; i < elf->section_count; i++) {
		struct section *section = &elf->sections[i];
		bool code = section->flags & SHF_EXECINSTR,
		     wanted = code || (elf->elf_type == ET_REL && holds_data(section));

		/* Replacement code of alternatives stands in for what is there already. */
		if (!(section->flags & SHF_ALLOC) || !wanted || str_starts(section->name, ".altinstr"))
			continue;
		bool any;

		TRY(relocations_visit(elf, section, visit, search, &any));
		if (any && code)
			search->raw->taken_code = true;
	}
	return NULL;
}

enum text_reading taken_reading(struct elf_image *elf)
{
	for (uint32_t i = 1; i < elf->section_count && elf->elf_type != ET_REL; i++) {
		const struct section *section = &elf->sections[i];

		if (section->flags & SHF_EXECINSTR && section->flags & SHF_ALLOC && relocation_table(elf, i))
			return TEXT_BRANCHES;
	}
	return elf->elf_type == ET_REL ? TEXT_BRANCHES : TEXT_ADDRESSES;
}

/* A linker's label there may be what is meant: the begin of a section, not its first function. */
static bool may_mean_label(const struct text *text, uint64_t address)
{
	const struct code_symbol *symbols;
	size_t count = text_symbols_at(text, address & text->mask, &symbols);

	for (size_t i = 0; i < count; i++)
		if (!symbols[i].function && symbols[i].global)
			return true;
	return false;
}

/* Instructions that make an address, where no relocation tells of them. */
static void search_instructions(struct search *search, const struct text *text)
{
	for (size_t i = 0; i < text->made.count; i++) {
		const struct text_address *made = &text->made.items[i];
		const struct section *section = &search->elf->sections[made->section];
		const struct relocated_place place = {.address = made->address, .target = made->value};

		if (!str_starts(section->name, ".altinstr") && !may_mean_label(text, made->value))
			add_code(search, section, &place);
	}
	/* Thumb code is not followed; an ARM kernel has a few lines of it. */
	search->raw->taken_code = text->instructions > 100 * text->thumb_instructions;
}

static void visit_dynamic(void *context, uint64_t address, uint64_t value)
{
	add_data(context, address, value, NULL);
}

static int by_place(const void *a, const void *b)
{
	const struct raw_taken *x = a, *y = b;

	return (x->address > y->address) - (x->address < y->address);
}

/* Each place once: a word in the file and the dynamic relocation that would write it say the same. */
static void finish(struct search *search)
{
	size_t count = 0;

	if (search->found.count)
		qsort(search->found.items, search->found.count, sizeof(*search->found.items), by_place);
	for (size_t i = 0; i < search->found.count; i++)
		if (count == 0 || search->found.items[count - 1].address != search->found.items[i].address)
			search->found.items[count++] = search->found.items[i];
	search->raw->taken = search->found.items;
	search->raw->taken_count = count;
}

struct error *taken_find(struct elf_image *elf, const struct symbol_map *map, const struct text *text,
			 struct raw_image *raw)
{
	struct search search = {.elf = elf, .map = map, .raw = raw};
	struct error *err = NULL;

	gather_objects(&search);
	raw->taken_data = true;
	if (elf->elf_type != ET_REL) {
		err = search_words(&search);
		if (!err)
			err = dynamic_relocations_visit(elf, visit_dynamic, &search);
	}
	if (!err)
		err = search_relocations(&search);
	if (!err && taken_reading(elf) == TEXT_ADDRESSES)
		search_instructions(&search, text);
	finish(&search);
	/* A module's code is read even if it refers to nothing. */
	if (elf->elf_type == ET_REL)
		raw->taken_code = true;
	return err;
}

void taken_free(struct raw_image *raw)
{
	free(raw->taken);
	free(raw->objects);
}
