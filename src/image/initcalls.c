// SPDX-License-Identifier: GPL-2.0-or-later
#include "image/initcalls.h"

#include <ctype.h>
#include <elf.h>
#include <string.h>

#include "atlas/str.h"
#include "image/words.h"

#define PREFIX	    "__initcall_"
#define KMOD_PREFIX "__initcall__kmod_"

/* The parts of the table, each from its symbol to the next one's; what a name in it may end in. */
static const struct level {
	const char *start, *endings[2];
} levels[] = {
	{"__initcall_end", {NULL, NULL}},
	{"__con_initcall_end", {NULL, NULL}},
	{"__security_initcall_end", {NULL, NULL}},
	{"__initcall_start", {"early", NULL}},
	{"__initcall0_start", {"0s", "0"}},
	{"__initcall1_start", {"1s", "1"}},
	{"__initcall2_start", {"2s", "2"}},
	{"__initcall3_start", {"3s", "3"}},
	{"__initcall4_start", {"4s", "4"}},
	{"__initcall5_start", {"5s", "5"}},
	{"__initcallrootfs_start", {"rootfs", NULL}},
	{"__initcall6_start", {"6s", "6"}},
	{"__initcall7_start", {"7s", "7"}},
	{"__con_initcall_start", {"con", NULL}},
	{"__security_initcall_start", {"security", NULL}},
};

#define LEVEL_COUNT ARRAY_LEN(levels)

struct reading {
	struct elf_image *image;
	const struct elf_symbol *starts[LEVEL_COUNT];
	struct words words; /* of the section read last */
	uint32_t section;   /* its index, 0 none */
};

static bool is_mark(const char *name)
{
	return str_ends(name, "_start") || str_ends(name, "_end");
}

/* The part of the table that holds `place`; NULL where the image has no such symbols. */
static const struct level *level_at(const struct reading *reading, uint64_t place)
{
	const struct level *found = NULL;
	uint64_t nearest = 0;

	for (size_t i = 0; i < LEVEL_COUNT; i++) {
		const struct elf_symbol *start = reading->starts[i];

		/* Of parts that begin at one address the later ones hold what follows: the earlier are empty. */
		if (!start || start->address > place || (found && start->address < nearest))
			continue;
		found = &levels[i];
		nearest = start->address;
	}
	return found;
}

/* The level that `text` ends in; the one of the place decides between "6" and "rootfs" and the like. */
static const char *ending_of(const char *text, const struct level *level, bool kmod)
{
	for (size_t k = 0; level && k < 2; k++)
		if (level->endings[k] && str_ends(text, level->endings[k]))
			return level->endings[k];
	/* Until 5.10 those of consoles and of security modules had no ending. */
	if (level && !kmod && level->endings[0] && !level->endings[1])
		return level->endings[0];
	for (size_t i = 0; !level && i < LEVEL_COUNT; i++)
		for (size_t k = 0; k < 2; k++)
			if (levels[i].endings[k] && str_ends(text, levels[i].endings[k]))
				return levels[i].endings[k];
	return NULL;
}

/* "__COUNTER_LINE_" in "MODULE__COUNTER_LINE_FUNCTION"; returns what follows, NULL if there is none. */
static const char *find_numbers(const char *text, const char **numbers, uint32_t *line)
{
	for (const char *at = text; (at = strstr(at, "__")); at++) {
		const char *p = at + 2 + strspn(at + 2, "0123456789");

		if (p == at + 2 || *p != '_' || !isdigit((unsigned char)p[1]))
			continue;
		char *end;
		unsigned long value = strtoul(p + 1, &end, 10);

		if (*end != '_' || value > UINT32_MAX)
			continue;
		*numbers = at;
		*line = (uint32_t)value;
		return end + 1;
	}
	return NULL;
}

static const char *copy(struct elf_image *image, const char *text, size_t length)
{
	return arena_strndup(&image->arena, text, length);
}

/* What the symbol's name tells; false if it is not one of an initcall. */
static bool parse_name(const struct reading *reading, const char *symbol, const struct level *level,
		       struct elf_initcall *call)
{
	bool kmod = str_starts(symbol, KMOD_PREFIX);
	const char *text = symbol + strlen(kmod ? KMOD_PREFIX : PREFIX), *ending = ending_of(text, level, kmod);

	if (!ending)
		return false;
	if (kmod) {
		const char *numbers, *function = find_numbers(text, &numbers, &call->line);

		if (!function)
			return false;
		call->module = copy(reading->image, text, (size_t)(numbers - text));
		text = function;
	}
	size_t length = strlen(text), cut = str_ends(text, ending) ? strlen(ending) : 0;

	if (length <= cut)
		return false;
	call->name = copy(reading->image, text, length - cut);
	call->level = ending;
	return true;
}

static bool is_entry(const struct elf_image *image, uint64_t address)
{
	for (uint32_t i = 1; address && i < image->section_count; i++) {
		const struct section *section = &image->sections[i];

		if (section->flags & SHF_EXECINSTR && address >= section->address &&
		    address - section->address < section->size_bytes)
			return true;
	}
	return false;
}

/* An entry is a displacement of 32 bits or a pointer: what leads to code is it. */
static struct error *read_target(struct reading *reading, const struct elf_symbol *symbol, uint64_t *target)
{
	struct elf_image *image = reading->image;
	unsigned word = image->arch.bits / 8;

	if (symbol->section == SHN_UNDEF || symbol->section >= image->section_count)
		return NULL;
	if (reading->section != symbol->section) {
		words_fini(&reading->words);
		reading->section = 0;
		TRY(words_of_section(image, &image->sections[symbol->section], &reading->words));
		reading->section = symbol->section;
	}
	uint64_t offset = symbol->address - reading->words.address;

	if (!reading->words.bytes || offset >= reading->words.size_bytes)
		return NULL;
	uint64_t left = reading->words.size_bytes - offset;
	uint64_t relative = left >= 4 ? words_relative(image, &reading->words, offset) : 0;
	uint64_t absolute = left >= word ? words_uint(image, &reading->words, offset, word) : 0;

	*target = is_entry(image, relative) ? relative : is_entry(image, absolute) ? absolute : 0;
	return NULL;
}

static struct error *read_entry(struct reading *reading, const struct elf_symbol *symbol, struct elf_initcalls *calls)
{
	struct elf_initcall call = {.place = symbol->address};

	if (!parse_name(reading, symbol->name, level_at(reading, symbol->address), &call))
		return NULL;
	TRY(read_target(reading, symbol, &call.target));
	vec_add(&calls->items, call);
	return NULL;
}

static int by_place(const void *a, const void *b)
{
	const struct elf_initcall *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return strcmp(x->name, y->name);
}

static struct error *read_table(struct reading *reading, struct elf_initcalls *calls)
{
	for (size_t i = 0; i < LEVEL_COUNT; i++)
		reading->starts[i] = elf_image_find_symbol(reading->image, levels[i].start);
	for (size_t i = 0; i < reading->image->symbol_count; i++) {
		const struct elf_symbol *symbol = &reading->image->symbols[i];

		if (str_starts(symbol->name, PREFIX) && !is_mark(symbol->name) && symbol->type != STT_FUNC)
			TRY(read_entry(reading, symbol, calls));
	}
	if (calls->items.count)
		qsort(calls->items.items, calls->items.count, sizeof(*calls->items.items), by_place);
	return NULL;
}

/* module_init(f) makes init_module another name of f; f itself is local. */
static void read_module(struct elf_image *image, const char *alias, const char *level, struct elf_initcalls *calls)
{
	const struct elf_symbol *symbol = elf_image_find_symbol(image, alias);

	if (!symbol || symbol->section == SHN_UNDEF)
		return;
	const char *name = alias;

	for (size_t i = 0; i < image->symbol_count; i++) {
		const struct elf_symbol *other = &image->symbols[i];

		if (other->type == STT_FUNC && other->section == symbol->section && other->address == symbol->address &&
		    !str_eq(other->name, alias) && !str_starts(other->name, "__pfx_") &&
		    !str_starts(other->name, "__cfi_"))
			name = other->name;
	}
	vec_add(&calls->items, ((struct elf_initcall){.name = name, .level = level, .target = symbol->address}));
}

struct error *elf_initcalls_read(struct elf_image *image, struct elf_initcalls *calls)
{
	struct reading reading = {.image = image};

	*calls = (struct elf_initcalls){0};
	if (image->elf_type == ET_REL) {
		read_module(image, "init_module", "module", calls);
		read_module(image, "cleanup_module", "exit", calls);
		return NULL;
	}
	struct error *err = read_table(&reading, calls);

	words_fini(&reading.words);
	if (err)
		elf_initcalls_fini(calls);
	return err;
}

void elf_initcalls_fini(struct elf_initcalls *calls)
{
	vec_free(&calls->items);
}
