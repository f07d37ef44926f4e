// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/text.h"

#include <elf.h>
#include <string.h>

#include "atlas/search.h"
#include "text/made.h"
#include "text/names.h"
#include "text/targets.h"

/* Looking this many symbols back finds the function that an address lies in, past labels inside of it. */
#define LOOK_BACK 256

static bool is_text(const struct section *section)
{
	/* What is called data is data, though it be executable (x86 since 6.13). */
	return section->flags & SHF_EXECINSTR && section->flags & SHF_ALLOC && section->type == SHT_PROGBITS &&
	       strcmp(section->name, ".data") != 0;
}

/* `$a`, `$d`, `$x`, `$t`, also with a suffix (`$d.12`, `$xrv64i...`): where code and data begin. */
static bool is_mapping(const char *name)
{
	return name[0] == '$' && name[1] && strchr("adtx", name[1]);
}

/* The assembler's own labels, also where objcopy has put a prefix before all symbols (`__efistub_.L0 `). */
static bool is_local_label(const char *name)
{
	const char *dot = strchr(name, '.');

	return dot && dot[1] == 'L' && (dot == name || dot[-1] == '_');
}

static bool in_text(const struct text *text, const struct elf_symbol *symbol)
{
	return symbol->section < text->image->section_count && symbol->section != SHN_UNDEF &&
	       is_text(&text->image->sections[symbol->section]);
}

/* The ELFv2 ABI keeps the distance from the global to the local entry in three bits of st_other. */
static uint64_t local_entry(const struct text *text, const struct elf_symbol *symbol)
{
	unsigned code = symbol->other >> 5;

	if (text->arch != CODE_PPC64 || code < 2 || code > 6)
		return symbol->address;
	return symbol->address + (UINT64_C(1) << code);
}

static void add_symbol(struct text *text, const struct elf_symbol *symbol)
{
	bool function = symbol->type == STT_FUNC || symbol->type == STT_GNU_IFUNC;

	if (!*symbol->name || (!function && (symbol->type != STT_NOTYPE || is_local_label(symbol->name))))
		return;
	uint64_t address = symbol->address & text->mask;

	vec_add(&text->symbols, ((struct code_symbol){
					.name = symbol->name,
					.address = address,
					.end = address + symbol->size_bytes,
					.local = local_entry(text, symbol),
					.function = function,
					.global = symbol->binding != STB_LOCAL,
				}));
}

static void add_mode(struct text *text, const struct elf_symbol *symbol)
{
	struct code_mode mode = {symbol->address & text->mask, MODE_CODE};

	if (symbol->name[1] == 'd')
		mode.mode = MODE_DATA;
	else if (symbol->name[1] == 't')
		mode.mode = MODE_THUMB;
	vec_add(&text->modes, mode);
}

static int by_symbol_address(const void *a, const void *b)
{
	const struct code_symbol *x = a, *y = b;

	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	return strcmp(x->name, y->name);
}

static int by_mode_address(const void *a, const void *b)
{
	const struct code_mode *x = a, *y = b;

	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	return (x->mode > y->mode) - (x->mode < y->mode);
}

static int by_branch_address(const void *a, const void *b)
{
	const struct text_branch *x = a, *y = b;

	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	return (x->section > y->section) - (x->section < y->section);
}

/* Sections mostly stand in the order of their addresses. */
static void sort_branches(struct text *text)
{
	for (size_t i = 1; i < text->branches.count; i++) {
		if (by_branch_address(&text->branches.items[i - 1], &text->branches.items[i]) > 0) {
			qsort(text->branches.items, text->branches.count, sizeof(*text->branches.items),
			      by_branch_address);
			return;
		}
	}
}

/* A symbol without a size reaches to the next one of another address. */
static void close_symbols(struct text *text)
{
	uint64_t next = UINT64_MAX;

	for (size_t i = text->symbols.count; i-- > 0;) {
		struct code_symbol *symbol = &text->symbols.items[i];

		if (i + 1 < text->symbols.count && symbol[1].address != symbol->address)
			next = symbol[1].address;
		if (symbol->end == symbol->address)
			symbol->end = next;
	}
}

static void read_symbols(struct text *text)
{
	for (size_t i = 0; i < text->image->symbol_count; i++) {
		const struct elf_symbol *symbol = &text->image->symbols[i];

		if (!in_text(text, symbol))
			continue;
		if (is_mapping(symbol->name))
			add_mode(text, symbol);
		else
			add_symbol(text, symbol);
	}
	if (text->symbols.count)
		qsort(text->symbols.items, text->symbols.count, sizeof(*text->symbols.items), by_symbol_address);
	if (text->modes.count)
		qsort(text->modes.items, text->modes.count, sizeof(*text->modes.items), by_mode_address);
	close_symbols(text);
}

/* A section while it is being read from begin to end. */
struct sweep {
	struct text *text;
	const struct section *section;
	uint64_t at, end;
	size_t next_symbol, next_mode;
	int mode;
	struct targets targets;	     /* of a relocatable file: where branches go */
	struct made_addresses *made; /* NULL: not asked for */
};

static void keep_mode(struct sweep *sweep)
{
	const struct text *text = sweep->text;

	for (; sweep->next_mode < text->modes.count && text->modes.items[sweep->next_mode].address <= sweep->at;
	     sweep->next_mode++)
		sweep->mode = (int)text->modes.items[sweep->next_mode].mode;
}

/* Where decoding must not run past: the next symbol, the next change of mode, the end. */
static uint64_t next_stop(struct sweep *sweep)
{
	const struct text *text = sweep->text;
	uint64_t stop = sweep->end;

	while (sweep->next_symbol < text->symbols.count && text->symbols.items[sweep->next_symbol].address <= sweep->at)
		sweep->next_symbol++;
	if (sweep->next_symbol < text->symbols.count && text->symbols.items[sweep->next_symbol].address < stop)
		stop = text->symbols.items[sweep->next_symbol].address;
	if (sweep->next_mode < text->modes.count && text->modes.items[sweep->next_mode].address < stop)
		stop = text->modes.items[sweep->next_mode].address;
	return stop;
}

/* The instruction at `sweep->at`: how long it is, and where it goes. */
static bool read_branch(struct sweep *sweep, uint64_t stop, struct text_branch *found)
{
	enum code_arch arch = sweep->mode == MODE_THUMB ? CODE_THUMB : sweep->text->arch;
	const unsigned char *bytes = sweep->section->data + (sweep->at - sweep->section->address);

	*found = (struct text_branch){.address = sweep->at, .section = sweep->section->index};
	if (!code_branch_at(arch, bytes, stop - sweep->at, sweep->at, &found->branch))
		return false;
	if (branch_is_direct(&found->branch))
		targets_resolve(&sweep->targets, arch, bytes, found);
	return true;
}

static void read_until(struct sweep *sweep, uint64_t stop)
{
	struct text *text = sweep->text;
	unsigned step = sweep->mode == MODE_THUMB ? code_step(CODE_THUMB) : code_step(text->arch);
	struct text_branch found;

	if (sweep->mode == MODE_DATA) {
		sweep->at = stop;
		return;
	}
	if (sweep->made)
		code_addresses_forget(&sweep->made->state);
	while (sweep->at < stop) {
		if (!read_branch(sweep, stop, &found)) {
			uint64_t left = stop - sweep->at;

			sweep->at += left < step ? left : step;
			text->undecoded_bytes += left < step ? left : step;
			continue;
		}
		if (found.branch.kind != BRANCH_NONE)
			vec_add(&text->branches, found);
		if (sweep->made && sweep->mode == MODE_CODE)
			made_addresses_add(sweep->made, text, sweep->section, &found);
		sweep->at += found.branch.length;
		text->instructions++;
		text->thumb_instructions += sweep->mode == MODE_THUMB;
	}
}

static size_t first_symbol_from(const struct text *text, uint64_t address)
{
	return lower_bound(at, text->symbols.count, text->symbols.items[at].address < address);
}

static struct error *sweep_section(struct text *text, const struct section *section, struct made_addresses *made)
{
	struct sweep sweep = {
		.text = text,
		.section = section,
		.at = section->address,
		.end = section->address + section->size_bytes,
		.next_symbol = first_symbol_from(text, section->address),
		.mode = MODE_CODE,
		.made = made,
	};

	TRY(targets_open(text->image, section, &sweep.targets));
	while (sweep.next_mode < text->modes.count && text->modes.items[sweep.next_mode].address < section->address)
		sweep.next_mode++;
	while (sweep.at < sweep.end) {
		keep_mode(&sweep);
		read_until(&sweep, next_stop(&sweep));
	}
	targets_close(&sweep.targets);
	return NULL;
}

static struct error *sweep_all(struct text *text, struct made_addresses *made)
{
	for (uint32_t i = 1; i < text->image->section_count; i++) {
		struct section *section = &text->image->sections[i];

		if (!is_text(section))
			continue;
		TRY(elf_image_load_section(text->image, section));
		if (section->data && section->address + section->size_bytes > section->address)
			TRY(sweep_section(text, section, made));
	}
	sort_branches(text);
	return NULL;
}

static struct error *sweep_both(struct text *text)
{
	struct made_addresses made;

	TRY(made_addresses_open(text, &made));
	struct error *err = sweep_all(text, &made);

	made_addresses_close(&made);
	return err;
}

struct error *text_open(struct elf_image *image, enum text_reading reading, struct text *text)
{
	*text = (struct text){.image = image, .mask = image->arch.thumb ? ~UINT64_C(1) : UINT64_MAX};
	if (!code_arch_find(image->arch.name, &text->arch))
		return error_new(ERROR_INPUT, "%s: machine code of %s cannot be read", image->path, image->arch.name);
	read_symbols(text);
	struct error *err = reading == TEXT_ADDRESSES ? sweep_both(text) : sweep_all(text, NULL);

	if (err)
		text_close(text);
	return err;
}

void text_close(struct text *text)
{
	vec_free(&text->symbols);
	vec_free(&text->modes);
	vec_free(&text->branches);
	vec_free(&text->made);
}

bool text_holds(const struct text *text, uint64_t address)
{
	for (uint32_t i = 1; i < text->image->section_count; i++) {
		const struct section *section = &text->image->sections[i];

		if (is_text(section) && address - section->address < section->size_bytes)
			return true;
	}
	return false;
}

size_t text_symbols_at(const struct text *text, uint64_t address, const struct code_symbol **first)
{
	size_t begin = first_symbol_from(text, address), end = begin;

	while (end < text->symbols.count && text->symbols.items[end].address == address)
		end++;
	*first = text->symbols.items + begin;
	return end - begin;
}

const struct code_symbol *text_symbol_around(const struct text *text, uint64_t address)
{
	const struct code_symbol *label = NULL;
	size_t at = first_symbol_from(text, address + 1);

	for (unsigned seen = 0; at > 0 && seen < LOOK_BACK; seen++) {
		const struct code_symbol *symbol = &text->symbols.items[--at];

		if (address >= symbol->end)
			continue;
		if (symbol->function)
			return symbol;
		if (!label && !symbol_is_boundary(symbol->name))
			label = symbol;
	}
	return label;
}

/* A function before a label; a name of its own before the alias that a second image gets, or the end of what is before.
 */
static int rank(const struct code_symbol *symbol)
{
	if (!symbol->function && !symbol->global)
		return 0;
	if (!symbol->function && symbol_is_boundary(symbol->name))
		return 1;
	return 1 + (copy_prefix(symbol->name) == 0) + 2 * symbol->function;
}

static const struct code_symbol *entry_at(const struct text *text, uint64_t address, uint64_t target)
{
	const struct code_symbol *symbols, *best = NULL;
	size_t count = text_symbols_at(text, address, &symbols);
	int best_rank = 0;

	for (size_t i = 0; i < count; i++) {
		if (target != symbols[i].address && target != symbols[i].local)
			continue;
		if (rank(&symbols[i]) > best_rank) {
			best = &symbols[i];
			best_rank = rank(best);
		}
	}
	return best;
}

const struct code_symbol *text_entry(const struct text *text, uint64_t target)
{
	const struct code_symbol *found = entry_at(text, target, target);

	/* The local entry lies 4 to 64 bytes in. */
	for (unsigned into = 4; !found && text->arch == CODE_PPC64 && into <= 64; into *= 2)
		found = entry_at(text, target - into, target);
	return found;
}

static size_t first_branch_from(const struct text *text, uint64_t address)
{
	return lower_bound(at, text->branches.count, text->branches.items[at].address < address);
}

const struct text_branch *text_branch_from(const struct text *text, uint64_t address)
{
	size_t at = first_branch_from(text, address);

	return at < text->branches.count && text->branches.items[at].address == address ? &text->branches.items[at]
											: NULL;
}

/* Whether nothing but what belongs to the call lies between its end and `address`. */
static bool is_end_of(const struct text *text, const struct text_branch *branch, uint64_t address)
{
	const struct section *section = &text->image->sections[branch->section];
	uint64_t end = branch->address + branch->branch.length;

	if (end == address)
		return true;
	return end < address && address - section->address <= section->size_bytes &&
	       code_call_tail(text->arch, section->data + (end - section->address), address - end) == address - end;
}

const struct text_branch *text_branch_of(const struct text *text, uint64_t address)
{
	address &= text->mask;
	size_t at = first_branch_from(text, address);

	if (at > 0 && is_end_of(text, &text->branches.items[at - 1], address))
		return &text->branches.items[at - 1];
	return text_branch_from(text, address);
}
