// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The running kernel's list of what no kprobe is allowed in, both ways: each entry
 * has a verdict or is a label that the image forbids, and what the image forbids
 * is on it.
 */
#include <stdlib.h>
#include <string.h>

#include "atlas/str.h"
#include "validate/booted.h"

/* Addresses are the image's. */
struct listed {
	uint64_t start, end;
};

struct blacklist {
	struct booted_check *check;
	VEC(struct listed) ranges;
};

static const char *place_text(uint8_t place)
{
	return place & CODE_NOINSTR ? "in .noinstr.text" : place & CODE_KPROBES ? "in .kprobes.text" : "entry text";
}

static bool has_label(const struct booted_check *check, const char *name, uint64_t address)
{
	const struct label *labels;
	size_t count = labels_before(&check->labels, address, &labels);

	for (size_t i = 0; i < count; i++)
		if (str_eq(labels[i].name, name) && !labels[i].function)
			return true;
	return false;
}

/* A name that is no function of the atlas: an assembler label, which the image's own tables must forbid. */
static void check_label(struct booted_check *check, const char *name, const struct listed *range)
{
	struct validation *validation = check->validation;

	if (!check->has_vmlinux || !check->slide_known || !has_label(check, name, range->start)) {
		validation_add(validation, GROUP_BLACKLIST, CHECK_UNCHECKED, name,
			       check->has_vmlinux && check->slide_known
				       ? "the image has no label of that name there"
				       : "no function symbol of the atlas begins there");
		return;
	}
	uint8_t place = probe_tables_place(&check->tables, range->start) & (uint8_t)~CODE_INIT;

	if (place)
		validation_add(validation, GROUP_BLACKLIST, CHECK_PASSED, name, "a label, no function: %s",
			       place_text(place));
	else if (probe_tables_blacklisted(&check->tables, range->start, range->end - range->start))
		validation_add(validation, GROUP_BLACKLIST, CHECK_PASSED, name,
			       "a label, no function: in the table of the blacklist");
	else
		validation_add(validation, GROUP_BLACKLIST, CHECK_FAILED, name,
			       "blacklisted, but the image's tables do not forbid it");
}

static void check_symbol(struct booted_check *check, const char *name, const struct booted_symbol *symbol)
{
	struct validation *validation = check->validation;
	const char *reason = symbol->reason ? symbol->reason : "no reason given";

	if (symbol->kprobe == VERDICT_UNKNOWN)
		validation_add(validation, GROUP_BLACKLIST, CHECK_UNCHECKED, name,
			       "blacklisted; the atlas's verdict is unknown");
	else
		validation_add(validation, GROUP_BLACKLIST, symbol->kprobe == VERDICT_NO ? CHECK_PASSED : CHECK_FAILED,
			       name, "%s",
			       symbol->kprobe == VERDICT_NO ? reason
							    : "blacklisted, the atlas says a kprobe can attach");
}

/* "0xSTART-0xEND\tNAME"; the verdict is that of the symbol that begins there. */
static struct error *take_listed(void *context, char *line)
{
	struct blacklist *list = context;
	struct booted_check *check = list->check;
	char *name = strchr(line, '\t'), *dash = strchr(line, '-');
	const struct booted_symbol *symbols;

	if (!name || !dash || strchr(name, '['))
		return NULL;
	name++;
	/* A part of an area. */
	name[strcspn(name, " \t+")] = '\0';
	struct listed range = {strtoull(line, NULL, 16), strtoull(dash + 1, NULL, 16)};
	bool placed = range.start && check->slide_known;

	if (placed) {
		range.start -= check->slide, range.end -= check->slide;
		vec_add(&list->ranges, range);
	}
	size_t count = booted_symbols(check, name, &symbols), i = 0;

	while (i < count && placed && symbols[i].address != range.start)
		i++;
	if (i < count)
		check_symbol(check, name, &symbols[i]);
	else
		check_label(check, name, &range);
	return NULL;
}

static int by_start(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

static bool is_listed(const struct blacklist *list, uint64_t start, uint64_t end)
{
	for (size_t i = 0; i < list->ranges.count && list->ranges.items[i].start < end; i++)
		if (start < list->ranges.items[i].end)
			return true;
	return false;
}

/* A label that the image forbids; what is freed after boot has left the list. */
static void check_forbidden(struct blacklist *list, const struct label *label, uint64_t next)
{
	struct booted_check *check = list->check;
	uint8_t place = probe_tables_place(&check->tables, label->address);
	bool in_table = probe_tables_blacklisted(&check->tables, label->address, next - label->address);

	if (place & CODE_INIT || (!place && !in_table))
		return;
	if (is_listed(list, label->address, place ? label->address + 1 : next))
		validation_add(check->validation, GROUP_FORBIDDEN, CHECK_PASSED, label->name, "%s",
			       place ? place_text(place) : "in the table of the blacklist");
	else if (place == CODE_ENTRY)
		/* arch_within_kprobe_blacklist() need not list what it refuses. */
		validation_add(check->validation, GROUP_FORBIDDEN, CHECK_UNCHECKED, label->name,
			       "entry text, which the architecture refuses without listing it");
	else
		validation_add(check->validation, GROUP_FORBIDDEN, CHECK_FAILED, label->name,
			       "%s, but the running kernel does not list it",
			       place ? place_text(place) : "in the table of the blacklist");
}

/* Of names at one address the first stands for all, a function before a label. */
static const struct label *named(const struct labels *labels, size_t first)
{
	const struct label *label = &labels->items.items[first];

	for (size_t i = first; i < labels->items.count && labels->items.items[i].address == label->address; i++)
		if (labels->items.items[i].function)
			return &labels->items.items[i];
	return label;
}

static void check_image(struct blacklist *list)
{
	const struct labels *labels = &list->check->labels;

	if (list->ranges.count)
		qsort(list->ranges.items, list->ranges.count, sizeof(*list->ranges.items), by_start);
	for (size_t i = 0; i < labels->items.count; i++) {
		const struct label *label = &labels->items.items[i];

		if (i == 0 || label[-1].address != label->address)
			check_forbidden(list, named(labels, i), labels_next(labels, label->address));
	}
}

struct error *check_blacklist(struct booted_check *check)
{
	struct blacklist list = {.check = check};
	bool there;

	if (!check->has_verdicts) {
		validation_add(check->validation, GROUP_BLACKLIST, CHECK_UNCHECKED, "kprobes_blacklist", NO_VERDICTS);
		return NULL;
	}
	struct error *err = booted_lines(check, "kprobes_blacklist", GROUP_BLACKLIST, take_listed, &list, &there);

	if (!err && list.ranges.count && check->has_vmlinux)
		check_image(&list);
	vec_free(&list.ranges);
	return err;
}
