// SPDX-License-Identifier: GPL-2.0-or-later
/* Symbols to the functions that own them by their stem, and instances to symbols by address. */
#include <string.h>

#include "atlas/str.h"
#include "model/link_entries.h"
#include "model/link_stages.h"

/* Landing pads in front of functions (CONFIG_FUNCTION_PADDING_BYTES, 6.2) have names, but are no functions. */
#define PREFIX_SYMBOLS "__pfx"

static size_t stem_length(const char *name)
{
	/* A name that begins with a dot has no other stem than itself. */
	return name[0] == '.' ? strlen(name) : strcspn(name, ".");
}

static enum language language_of_symbol(const char *name)
{
	return str_starts(name, "_R") ? LANGUAGE_RUST : LANGUAGE_OTHER;
}

void link_symbols(struct link *link)
{
	const struct raw_image *raw = link->raw;

	/* Only names now: functions are made in the order of the DWARF, symbol-only ones behind them. */
	for (uint32_t i = 0; i < raw->symbol_count; i++) {
		const char *name = raw->symbols[i].name;

		link->symbol_function[i] = NO_INDEX;
		if (!str_starts(name, PREFIX_SYMBOLS))
			intern_n(&link->facts->strings, name, stem_length(name));
	}
}

/* The symbols of one function. */
struct link_symbols {
	uint32_t plain; /* the first named exactly so, NO_INDEX none */
	uint32_t clone; /* the last with a suffix that is not .cold, NO_INDEX none */
	uint32_t clones;
	bool any;
};

struct tie_search {
	const struct link *link;
	const char *name;
	uint32_t function;
	uint32_t own;	/* best symbol of the function itself */
	uint32_t other; /* first symbol of another function */
};

static bool consider(void *context, uint32_t symbol)
{
	struct tie_search *search = context;

	if (search->link->symbol_function[symbol] == search->function) {
		if (search->own == NO_INDEX)
			search->own = symbol;
		if (strcmp(search->link->raw->symbols[symbol].name, search->name) == 0) {
			search->own = symbol;
			return true;
		}
	} else if (search->other == NO_INDEX && search->link->symbol_function[symbol] != NO_INDEX) {
		search->other = symbol;
	}
	return false;
}

static void tie(struct link *link, struct link_instance *instance, bool has_symbols)
{
	struct tie_search search = {
		.link = link,
		.name = intern_text(&link->facts->strings, link->functions.items[instance->fact.function].fact.name),
		.function = instance->fact.function,
		.own = NO_INDEX,
		.other = NO_INDEX,
	};

	instance->fact.copy_of = 0;
	if (!(instance->fact.flags & INSTANCE_HAS_ADDRESS))
		return;
	symbol_map_at(&link->map, instance->fact.address, consider, &search);
	if (search.own != NO_INDEX) {
		/*
		 * riscv64 and ppc64el put DW_AT_low_pc behind the words that tracing patches, 8 bytes into the
		 * symbol: what people look up and probe is the symbol's address.
		 */
		instance->fact.symbol = search.own;
		instance->fact.address = link->raw->symbols[search.own].address;
	} else if (search.other != NO_INDEX) {
		instance->fact.copy_of = intern(&link->facts->strings, link->raw->symbols[search.other].name);
	} else if (has_symbols && instance->fact.flags & INSTANCE_EXTERNAL) {
		instance->fact.flags |= INSTANCE_OVERRIDDEN;
	}
}

/*
 * Code without a DIE of its own: GCC folds equal functions and leaves only the
 * symbol (disable_nmi_nosync), or keeps only a clone (do_compat_epoll_pwait.part.0).
 * Where nothing else could be meant, the symbol is the function's.
 */
static void tie_without_code(struct link *link, struct link_function *function, const struct link_symbols *symbols)
{
	struct link_instance *only = NULL;

	for (uint32_t i = function->first; i != NO_INDEX; i = link->instances.items[i].next) {
		if (only)
			return;
		only = &link->instances.items[i];
	}
	uint32_t symbol = symbols->plain != NO_INDEX ? symbols->plain : symbols->clone;

	if (!only || symbol == NO_INDEX || (symbols->plain == NO_INDEX && symbols->clones > 1) ||
	    only->fact.flags & INSTANCE_HAS_ADDRESS || !(only->fact.flags & INSTANCE_DEFINED))
		return;
	only->fact.symbol = symbol;
	only->fact.address = link->raw->symbols[symbol].address;
	only->fact.flags |= INSTANCE_HAS_ADDRESS;
}

/* Makes functions of symbols whose names no DIE mentions: assembler without debug information, or no DWARF at all. */
static void own_symbols(struct link *link)
{
	for (uint32_t i = 0; i < link->raw->symbol_count; i++) {
		const char *name = link->raw->symbols[i].name;

		if (!str_starts(name, PREFIX_SYMBOLS) && *name)
			link->symbol_function[i] =
				link_function(link, intern_n(&link->facts->strings, name, stem_length(name)),
					      language_of_symbol(name));
	}
}

static void note_symbol(const struct link *link, uint32_t symbol, struct link_symbols *of)
{
	const char *name = link->raw->symbols[symbol].name;

	of->any = true;
	if (name[stem_length(name)] == '\0') {
		if (of->plain == NO_INDEX)
			of->plain = symbol;
	} else if (!strstr(name, ".cold")) {
		of->clone = symbol;
		of->clones++;
	}
}

void link_tie(struct link *link)
{
	own_symbols(link);
	AUTO_FREE struct link_symbols *symbols = xcalloc(link->functions.count + 1, sizeof(*symbols));

	for (size_t i = 0; i < link->functions.count; i++)
		symbols[i].plain = symbols[i].clone = NO_INDEX;
	for (uint32_t i = 0; i < link->raw->symbol_count; i++)
		if (link->symbol_function[i] != NO_INDEX)
			note_symbol(link, i, &symbols[link->symbol_function[i]]);
	for (size_t i = 0; i < link->instances.count; i++)
		tie(link, &link->instances.items[i], symbols[link->instances.items[i].fact.function].any);
	for (size_t i = 0; i < link->functions.count; i++)
		tie_without_code(link, &link->functions.items[i], &symbols[i]);
}
