// SPDX-License-Identifier: GPL-2.0-or-later
/* The running kernel's symbols against the atlas's. */
#include <stdlib.h>
#include <string.h>

#include "atlas/search.h"
#include "atlas/str.h"
#include "validate/booted.h"

struct running {
	uint64_t address;
	str_id name;
};

/* A text symbol the atlas has no function symbol for. */
struct other {
	uint64_t address;
	const char *name;
};

struct kallsyms {
	struct booted_check *check;
	VEC(struct running) text;
	VEC(struct other) others;
	bool hidden; /* addresses are all 0 (kptr_restrict) */
};

/* "ADDRESS TYPE NAME", "\t[MODULE]" behind it for a module's. */
static struct error *take_line(void *context, char *line)
{
	struct kallsyms *all = context;
	char *end, *name;
	uint64_t address = strtoull(line, &end, 16);

	if (end == line || end[0] != ' ' || !end[1] || end[2] != ' ')
		return error_new(ERROR_INPUT, "kallsyms: not ADDRESS TYPE NAME: '%.40s'", line);
	name = end + 3;
	if (!strchr("tTwW", end[1]) || strchr(name, '\t'))
		return NULL;
	all->hidden = all->hidden && !address;
	str_id id = intern_find(&all->check->names, name);

	if (id)
		vec_add(&all->text, ((struct running){address, id}));
	else if (!str_starts(name, "__pfx_"))
		vec_add(&all->others, ((struct other){address, arena_strdup(&all->check->arena, name)}));
	return NULL;
}

static int by_name(const void *a, const void *b)
{
	const struct running *x = a, *y = b;

	if (x->name != y->name)
		return x->name < y->name ? -1 : 1;
	return (x->address > y->address) - (x->address < y->address);
}

static size_t find(const struct kallsyms *all, str_id name, size_t *first)
{
	size_t low = lower_bound(at, all->text.count, all->text.items[at].name < name), end = low;

	*first = low;
	while (end < all->text.count && all->text.items[end].name == name)
		end++;
	return end - low;
}

/* KASLR moves all by one distance: that of the first name that both have once. */
static void learn_slide(struct kallsyms *all)
{
	struct booted_check *check = all->check;

	for (size_t i = 0; i < check->symbols.count && !check->slide_known; i++) {
		const struct booted_symbol *symbol = &check->symbols.items[i], *same;
		size_t first;

		if (booted_symbols(check, intern_text(&check->names, symbol->name), &same) != 1 ||
		    find(all, symbol->name, &first) != 1)
			continue;
		check->slide = all->text.items[first].address - symbol->address;
		check->slide_known = true;
	}
}

static void check_symbol(struct kallsyms *all, const struct booted_symbol *symbol)
{
	const char *name = intern_text(&all->check->names, symbol->name);
	uint64_t expected = symbol->address + all->check->slide;
	size_t first, count = find(all, symbol->name, &first);

	for (size_t i = 0; i < count; i++) {
		if (all->text.items[first + i].address == expected) {
			validation_add(all->check->validation, GROUP_KALLSYMS, CHECK_PASSED, name, "%s", "");
			return;
		}
	}
	if (count)
		validation_add(all->check->validation, GROUP_KALLSYMS, CHECK_FAILED, name,
			       "at 0x%llx, the atlas has it at 0x%llx",
			       (unsigned long long)(all->text.items[first].address - all->check->slide),
			       (unsigned long long)symbol->address);
	else
		validation_add(all->check->validation, GROUP_KALLSYMS, CHECK_UNCHECKED, name,
			       "kallsyms has no text symbol of the name");
}

static bool is_label(const struct booted_check *check, const struct other *other)
{
	const struct label *labels;
	size_t count = check->has_vmlinux ? labels_before(&check->labels, other->address - check->slide, &labels) : 0;

	for (size_t i = 0; i < count; i++)
		if (labels[i].address == other->address - check->slide && str_eq(labels[i].name, other->name) &&
		    !labels[i].function)
			return true;
	return false;
}

/* What is no function is a label of assembler, or marked as text though it is none (since 7.0). */
static void check_others(const struct kallsyms *all)
{
	struct validation *validation = all->check->validation;
	AUTO_STR struct str names = {0};
	size_t unknown = 0;

	for (size_t i = 0; i < all->others.count; i++) {
		if (is_label(all->check, &all->others.items[i]))
			validation_add(validation, GROUP_KALLSYMS, CHECK_PASSED, all->others.items[i].name,
				       "a label, no function: where the vmlinux has it");
		else if (unknown++ < 3)
			str_addf(&names, "%s%s", unknown > 1 ? ", " : "", all->others.items[i].name);
	}
	if (unknown)
		validation_add(validation, GROUP_KALLSYMS, CHECK_UNCHECKED, "kallsyms",
			       "text symbols that are neither functions of the atlas nor labels in the vmlinux's text: "
			       "%zu (%s%s)",
			       unknown, names.data, unknown > 3 ? ", ..." : "");
}

static void compare(struct kallsyms *all)
{
	struct booted_check *check = all->check;

	if (all->text.count)
		qsort(all->text.items, all->text.count, sizeof(*all->text.items), by_name);
	learn_slide(all);
	if (!all->text.count || all->hidden || !check->slide_known) {
		check->slide_known = false;
		validation_add(check->validation, GROUP_KALLSYMS, CHECK_UNCHECKED, "kallsyms", "%s",
			       all->text.count ? "it hides its addresses (kptr_restrict)"
					       : "it has no function of the image");
		return;
	}
	for (size_t i = 0; i < check->symbols.count; i++)
		check_symbol(all, &check->symbols.items[i]);
	check_others(all);
}

struct error *check_kallsyms(struct booted_check *check)
{
	struct kallsyms all = {.check = check, .hidden = true};
	bool there;
	struct error *err = booted_lines(check, "kallsyms", GROUP_KALLSYMS, take_line, &all, &there);

	if (!err && there)
		compare(&all);
	vec_free(&all.text);
	vec_free(&all.others);
	return err;
}
