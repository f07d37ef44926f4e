// SPDX-License-Identifier: GPL-2.0-or-later
#include "status.h"

#include <string.h>

#include "atlas/str.h"
#include "suffixes.h"
#include "text.h"

#define SUFFIXES_MAX 64

static const char *kept(struct arena *arena, const struct str *text)
{
	return arena_strndup(arena, text->data ? text->data : "", text->length);
}

static void add_issue(struct str *text, const char *issue)
{
	str_add(text, text->length ? ", " : "");
	str_add(text, issue);
}

static uint32_t all_sites(const struct class *class)
{
	return class->inlined_sites + class->call_sites;
}

static void add_collision_issue(struct str *text, enum collision collision)
{
	switch (collision) {
	case COLLISION_STATIC_DUPLICATION:
		add_issue(text, "Duplicate");
		break;
	case COLLISION_STATIC_STATIC:
	case COLLISION_STATIC_GLOBAL:
		add_issue(text, "Collision");
		break;
	case COLLISION_UNKNOWN:
		add_issue(text, "Collision unknown");
		break;
	case COLLISION_UNIQUE_GLOBAL:
	case COLLISION_UNIQUE_STATIC:
		break;
	}
}

static void add_inlining_issue(struct str *text, const struct function *function)
{
	const struct class *class = &function->class;

	switch (function_inlining(function)) {
	case INLINE_FULL:
		add_issue(text, "Full Inline");
		break;
	case INLINE_NO_SYMBOL:
		add_issue(text, "No symbol");
		break;
	case INLINE_SELECTIVE:
		add_issue(text, "Selective Inline");
		str_addf(text, " (%u of %u)", class->inlined_sites, all_sites(class));
		break;
	case INLINE_UNKNOWN:
		add_issue(text, "Inlining unknown");
		break;
	case INLINE_NO:
		break;
	}
}

size_t status_suffixes(struct arena *arena, const struct function *function, struct symbol_suffix *suffixes,
		       size_t room)
{
	AUTO_STR struct str seen = {0};
	AUTO_STR struct str words = {0};
	AUTO_STR struct str meaning = {0};
	size_t count = 0;

	for (uint32_t i = 0; i < function->symbol_count && count < room; i++) {
		const char *name = function->symbols[i].name, *suffix = strchr(name, '.');

		if (!suffix || !symbol_counts(function, &function->symbols[i]))
			continue;
		str_clear(&words);
		str_add(&words, " ");
		suffix_words(&words, name);
		str_add(&words, " ");
		if (seen.data && strstr(seen.data, words.data))
			continue;
		str_add(&seen, words.data);
		str_clear(&meaning);
		suffix_meaning(&meaning, name);
		suffixes[count++] = (struct symbol_suffix){
			.example = text_visible(arena, arena_strdup(arena, suffix)),
			.meaning = kept(arena, &meaning),
		};
	}
	return count;
}

/* " (.isra, .part)": the words alone. */
static void add_suffix_list(struct arena *arena, struct str *text, const struct function *function)
{
	struct symbol_suffix suffixes[SUFFIXES_MAX];
	size_t count = status_suffixes(arena, function, suffixes, ARRAY_LEN(suffixes));

	str_add(text, " (");
	for (size_t i = 0; i < count; i++) {
		str_add(text, i ? ", " : "");
		suffix_words(text, suffixes[i].example);
	}
	str_add(text, ")");
}

/* Of what only modules import. */
static const char *status_nowhere(const struct function *function)
{
	return function->undefined ? "imported by modules, defined nowhere that was read"
				   : "imported by modules under another name's symbol";
}

const char *status_import_doubt(const struct function *function)
{
	return function->ambiguous ? "; several modules define this name, and which one is meant is not known" : "";
}

const char *status_issues(struct arena *arena, const struct function *function)
{
	const struct class *class = &function->class;
	AUTO_STR struct str text = {0};

	if (!function->object) {
		add_issue(&text, status_nowhere(function));
	} else if (class->collision == COLLISION_UNKNOWN && class->inlining == INLINE_UNKNOWN) {
		add_issue(&text, "only the symbol is known");
	} else {
		add_collision_issue(&text, class->collision);
		add_inlining_issue(&text, function);
	}
	if (class->transformed && !class->only_split) {
		add_issue(&text, "Transformation");
		add_suffix_list(arena, &text, function);
	}
	return text.length ? kept(arena, &text) : NULL;
}

static const char *collision_word(enum collision collision)
{
	switch (collision) {
	case COLLISION_UNIQUE_GLOBAL:
		return "Global";
	case COLLISION_UNIQUE_STATIC:
		return "Static";
	case COLLISION_STATIC_DUPLICATION:
		return "Duplicate";
	case COLLISION_STATIC_STATIC:
	case COLLISION_STATIC_GLOBAL:
		return "Collision";
	case COLLISION_UNKNOWN:
		break;
	}
	return "Symbol only";
}

static void add_inlining_word(struct str *text, const struct function *function)
{
	const struct class *class = &function->class;

	switch (function_inlining(function)) {
	case INLINE_FULL:
		str_add(text, ", full inline");
		break;
	case INLINE_NO_SYMBOL:
		str_add(text, ", no symbol");
		break;
	case INLINE_SELECTIVE:
		str_addf(text, ", inlined %u/%u", class->inlined_sites, all_sites(class));
		break;
	case INLINE_NO:
	case INLINE_UNKNOWN:
		break;
	}
}

/* "vmlinux" or a module; several modules are "dm_mod and 3 more". */
static const char *status_object(struct arena *arena, const struct function *function)
{
	const char *first = NULL;
	size_t others = 0;

	if (function_in_vmlinux(function))
		return "vmlinux";
	if (function->object)
		return function->object;
	for (uint32_t i = 0; i < function->instance_count; i++) {
		const char *object = function->instances[i].object;

		if (!instance_counts(function, &function->instances[i]) || !object)
			continue;
		if (!first)
			first = object;
		others += strcmp(first, object) != 0;
	}
	for (uint32_t i = 0; i < function->symbol_count && !first; i++)
		first = function->symbols[i].object;
	if (!first)
		return "vmlinux";
	return others ? arena_printf(arena, "%s and others", first) : first;
}

const char *status_cell(struct arena *arena, const struct function *function)
{
	const struct class *class = &function->class;
	AUTO_STR struct str text = {0};

	str_add(&text, function->object ? collision_word(class->collision) : "Imported");
	add_inlining_word(&text, function);
	if (class->transformed)
		str_add(&text, class->only_split ? ", split" : ", transformed");
	if (!function_in_vmlinux(function))
		str_addf(&text, " [%s]", status_object(arena, function));
	return text_visible(arena, kept(arena, &text));
}

struct definitions {
	uint32_t statics;
	uint32_t globals;	/* one per linked object */
	uint32_t overridden;	/* further definitions of these */
	uint32_t plain_symbols; /* of just the function's name */
};

/* An object has one global function of the name, however many definitions it came from. */
static bool is_another_definition(const struct function *function, uint32_t n)
{
	const struct instance *instance = &function->instances[n];

	while (n-- > 0)
		if (function->instances[n].flags & INSTANCE_EXTERNAL &&
		    instance_counts(function, &function->instances[n]) &&
		    str_eq(function->instances[n].object, instance->object))
			return true;
	return false;
}

static struct definitions count_definitions(const struct function *function)
{
	struct definitions count = {0};

	for (uint32_t i = 0; i < function->instance_count; i++) {
		if (!instance_counts(function, &function->instances[i]))
			continue;
		if (!(function->instances[i].flags & INSTANCE_EXTERNAL))
			count.statics++;
		else if (is_another_definition(function, i))
			count.overridden++;
		else
			count.globals++;
	}
	for (uint32_t i = 0; i < function->symbol_count; i++)
		count.plain_symbols += symbol_counts(function, &function->symbols[i]) &&
				       strcmp(function->symbols[i].name, function->name) == 0;
	return count;
}

static void add_collision_detail(struct str *text, enum collision collision, const struct definitions *count)
{
	switch (collision) {
	case COLLISION_STATIC_DUPLICATION:
		str_addf(text, ": %u copies of one function, each in its own unit", count->statics + count->globals);
		break;
	case COLLISION_STATIC_STATIC:
		str_addf(text, ": %u static functions have this name", count->statics);
		break;
	case COLLISION_STATIC_GLOBAL:
		str_addf(text, ": %u global and %u static functions have this name", count->globals, count->statics);
		break;
	case COLLISION_UNKNOWN:
		str_add(text, ": the DWARF does not name it");
		break;
	case COLLISION_UNIQUE_GLOBAL:
	case COLLISION_UNIQUE_STATIC:
		break;
	}
}

const char *status_collision(struct arena *arena, const struct function *function)
{
	enum collision collision = function->class.collision;
	struct definitions count = count_definitions(function);
	AUTO_STR struct str text = {0};

	str_add(&text, collision_text(collision));
	if (!function->object)
		return kept(arena, &text);
	add_collision_detail(&text, collision, &count);
	if (count.overridden)
		str_addf(&text, "; of %u definitions of the global one the linker took one", count.overridden + 1);
	if (count.plain_symbols > 1)
		str_addf(&text, "; %u symbols have this very name, so attach by address", count.plain_symbols);
	return kept(arena, &text);
}

static uint32_t count_self(const struct function *function)
{
	uint32_t self = 0;

	for (uint32_t i = 0; i < function->instance_count; i++) {
		const struct instance *instance = &function->instances[i];

		for (uint32_t j = 0; instance_counts(function, instance) && j < instance->inlined_count; j++)
			self += (instance->inlined[j].flags & EDGE_SELF) != 0;
	}
	return self;
}

/* Why there is no symbol though nothing says that it was inlined. */
static void add_no_symbol_reason(struct str *text, const struct function *function)
{
	const struct instance *defined = NULL;

	for (uint32_t i = 0; i < function->instance_count; i++) {
		const struct instance *instance = &function->instances[i];

		if (instance->linkage) {
			str_addf(text, "No symbol: only declared; calls of it go to %s", instance->linkage);
			return;
		}
		if (instance->copy_of) {
			str_addf(text, "No symbol: its code stands under the symbol %s", instance->copy_of);
			return;
		}
		if (!defined && (instance->flags & INSTANCE_DEFINED || instance->file))
			defined = instance;
	}
	if (!defined)
		str_add(text, "No symbol: only declared, nothing of it is in this image");
	else if (defined->flags & INSTANCE_ASM)
		str_add(text, "No symbol: an assembler label that is not marked as a function");
	else if (defined->flags & INSTANCE_HAS_ADDRESS)
		str_add(text, "No symbol: it has code of its own, but no function symbol holds it");
	else if (defined->dw_inline == 1 || defined->dw_inline == 3)
		str_add(text, "No symbol: the compiler would inline it, but no copy is left in this image");
	else
		str_add(text, "No symbol: no code of it is left in this image");
}

static void add_full(struct str *text, const struct class *class)
{
	if (all_sites(class) == 0)
		str_add(text, "Full: no symbol, and no call or copy of it is recorded");
	else if (class->inlined_sites == 1 && class->call_sites == 0)
		str_add(text, "Full: no symbol; the one recorded call site is an inlined copy");
	else if (class->call_sites == 0)
		str_addf(text, "Full: no symbol; each of the %u recorded call sites is an inlined copy",
			 class->inlined_sites);
	else
		str_addf(text, "Full: no symbol; %u of %u recorded call sites are inlined copies", class->inlined_sites,
			 all_sites(class));
}

static void add_some(struct str *text, const struct class *class)
{
	if (class->inlined_sites == 0)
		str_add(text, "Selective: the compiler inlined it, but no inlined copy is recorded");
	else if (all_sites(class) == 1)
		str_add(text, "Selective: the one recorded call site is an inlined copy: a probe at the symbol "
			      "misses it");
	else
		str_addf(text, "Selective: %u of %u call sites %s: a probe at the symbol misses %s",
			 class->inlined_sites, all_sites(class),
			 class->inlined_sites == 1 ? "is an inlined copy" : "are inlined copies",
			 class->inlined_sites == 1 ? "it" : "them");
	if (class->inlining == INLINE_NO)
		str_add(text, " (by the published rule No, since the DWARF does not mark it)");
}

static void add_none(struct str *text, const struct class *class)
{
	if (class->call_sites == 0)
		str_add(text, "No: no inlined copy and no direct call is recorded");
	else if (class->call_sites == 1)
		str_add(text, "No: the one recorded call site is no inlined copy");
	else
		str_addf(text, "No: none of %u recorded call sites is an inlined copy", class->call_sites);
	if (class->inlining == INLINE_SELECTIVE)
		str_add(text, " (by the published rule Selective, since the DWARF marks it)");
}

static void add_inlining(struct str *text, const struct function *function)
{
	const struct class *class = &function->class;

	switch (function_inlining(function)) {
	case INLINE_UNKNOWN:
		str_addf(text, "Unknown: %s", function->object ? "only the symbol was read" : status_nowhere(function));
		break;
	case INLINE_NO_SYMBOL:
		add_no_symbol_reason(text, function);
		break;
	case INLINE_FULL:
		add_full(text, class);
		break;
	case INLINE_SELECTIVE:
		add_some(text, class);
		break;
	case INLINE_NO:
		add_none(text, class);
		break;
	}
}

const char *status_inlining(struct arena *arena, const struct function *function)
{
	AUTO_STR struct str text = {0};
	uint32_t self = count_self(function);

	add_inlining(&text, function);
	if (function->alias_call_count)
		str_addf(&text, "; %u more call%s recorded under another name", function->alias_call_count,
			 function->alias_call_count == 1 ? " is" : "s are");
	if (self)
		str_addf(&text, " (not counted: %u cop%s in its own body)", self, self == 1 ? "y" : "ies");
	return text_visible(arena, kept(arena, &text));
}

static enum sees plain_sees(const struct function *function)
{
	enum sees worst = SEES_EVERY_CALL;

	for (uint32_t i = 0; i < function->symbol_count; i++) {
		const struct symbol *symbol = &function->symbols[i];

		if (!symbol_counts(function, symbol) || !strchr(symbol->name, '.'))
			continue;
		enum sees sees = suffix_plain_sees(symbol->name);

		if (sees == SEES_NOT_ALL)
			return SEES_NOT_ALL;
		if (sees == SEES_UNKNOWN)
			worst = SEES_UNKNOWN;
	}
	return worst;
}

const char *status_transformation(const struct function *function)
{
	if (!function->class.transformed)
		return "False";
	if (!function_plain_symbol(function))
		return "True: no symbol has the plain name, so a probe has to name the one with the suffix";
	switch (plain_sees(function)) {
	case SEES_EVERY_CALL:
		return function->class.only_split
			       ? "Split only: a probe at the plain symbol still sees every call to it"
			       : "True, but a probe at the plain symbol still sees every call to it";
	case SEES_NOT_ALL:
		return "True: a probe at the plain symbol does not see every call";
	case SEES_UNKNOWN:
		break;
	}
	return "True: whether a probe at the plain symbol sees every call is unknown";
}
