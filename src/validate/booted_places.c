// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The tracer lists its places in the order of their addresses, so that each line
 * can be told which place of the image's table it stands for, those without a
 * function, too.
 */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/locate.h"
#include "atlas/str.h"
#include "validate/booted.h"

#define INVALID "__ftrace_invalid_address___"

/* arm64, ppc64el and riscv64 count from what is patched: a later NOP, behind a landing pad if there is one. */
#define PATCHED_BEHIND 8

struct places {
	struct booted_check *check;
	VEC(const char *) lines;
	VEC(uint64_t) sites; /* outside of what is freed after boot */
	struct located_object *located;
	uint64_t patched_behind; /* at most so far behind its place the kernel patches the function */
};

static uint64_t patched_behind(const struct elf_image *image)
{
	unsigned machine = image->arch.machine;

	return machine == EM_AARCH64 || machine == EM_PPC64 || machine == EM_RISCV ? PATCHED_BEHIND : 0;
}

/* "NAME", " [MODULE]" behind it for a module's. */
static struct error *take_line(void *context, char *line)
{
	struct places *all = context;

	if (*line && !strchr(line, ' '))
		vec_add(&all->lines, arena_strdup(&all->check->arena, line));
	return NULL;
}

static void collect_sites(struct places *all)
{
	const struct probe_tables *tables = &all->check->tables;

	for (size_t i = 0; i < tables->sites.items.count; i++)
		if (!(probe_tables_place(tables, tables->sites.items.items[i]) & CODE_INIT))
			vec_add(&all->sites, tables->sites.items.items[i]);
}

/* Whose place it is: the function around it; NULL: of code that no symbol covers. */
static const struct label *function_of(const struct places *all, uint64_t site, const char *name)
{
	const struct labels *list = &all->check->labels;
	const struct label *labels, *any = NULL;
	size_t count = labels_before(list, site, &labels);

	for (size_t i = 0; i < count; i++)
		if (site < labels[i].end && (!any || str_eq(labels[i].name, name)))
			any = &labels[i];
	return any;
}

/* "free_initmem (init/main.c:1513)" as far as the debug information tells. */
static void describe_code(const struct places *all, uint64_t site, struct str *text)
{
	struct booted_check *check = all->check;
	const struct location *locations;
	char where[32];
	size_t count = 0;

	snprintf(where, sizeof(where), "0x%llx", (unsigned long long)site);
	struct error *err = all->located ? locate(all->located, where, false, &check->arena, &locations, &count) : NULL;

	error_free(err);
	if (err || !count || !locations->frame_count || !locations->frames[0].file) {
		str_add(text, "code that the debug information does not name");
		return;
	}
	const struct location_frame *frame = &locations->frames[locations->frame_count - 1];

	str_addf(text, "%s of %s:%u", frame->function ? frame->function : "code", frame->file, frame->line);
}

static void check_nameless(const struct places *all, const char *line, uint64_t site)
{
	struct validation *validation = all->check->validation;
	uint64_t offset = strtoull(line + strlen(INVALID), NULL, 10);
	const struct label *labels;
	size_t count = labels_before(&all->check->labels, site, &labels);
	uint64_t from = count ? site - labels->address : site;
	AUTO_STR struct str text = {0};

	describe_code(all, site, &text);
	if (offset >= from && offset <= from + all->patched_behind)
		validation_add(validation, GROUP_PLACE, CHECK_PASSED, line,
			       "0x%llx, behind %s: %s, a weak definition that lost to another: no symbol is left of it",
			       (unsigned long long)site, count ? labels->name : "nothing", text.data);
	else
		validation_add(validation, GROUP_PLACE, CHECK_FAILED, line, "its place is 0x%llx, 0x%llx behind %s: %s",
			       (unsigned long long)site, (unsigned long long)from, count ? labels->name : "nothing",
			       text.data);
}

/* A place that no symbol covers, under the name before it: how kernels before 6.0 call it. */
static void check_leftover(const struct places *all, const char *line, uint64_t site)
{
	struct validation *validation = all->check->validation;
	const struct label *labels;
	size_t count = labels_before(&all->check->labels, site, &labels);

	for (size_t i = 0; i < count; i++) {
		if (str_eq(labels[i].name, line)) {
			validation_add(validation, GROUP_PLACE, CHECK_PASSED, line,
				       "0x%llx, a place behind it that no symbol covers: a weak definition that lost",
				       (unsigned long long)site);
			return;
		}
	}
	validation_add(validation, GROUP_PLACE, CHECK_FAILED, line, "its place is 0x%llx, behind %s",
		       (unsigned long long)site, count ? labels->name : "nothing");
}

static void check_named(const struct places *all, const char *line, const struct label *label)
{
	struct validation *validation = all->check->validation;
	const struct booted_symbol *symbols;
	size_t count = booted_symbols(all->check, line, &symbols), i = 0;

	while (i < count && symbols[i].address != label->address)
		i++;
	if (!str_eq(label->name, line))
		validation_add(validation, GROUP_PLACE, CHECK_FAILED, line, "its place is %s's", label->name);
	else if (i == count)
		validation_add(validation, GROUP_PLACE, CHECK_UNCHECKED, line, "no function symbol of the atlas");
	else if (symbols[i].ftrace == VERDICT_UNKNOWN)
		validation_add(validation, GROUP_PLACE, CHECK_UNCHECKED, line, "the atlas's verdict is unknown");
	else
		validation_add(validation, GROUP_PLACE, symbols[i].ftrace == VERDICT_YES ? CHECK_PASSED : CHECK_FAILED,
			       line, "%s", symbols[i].ftrace == VERDICT_YES ? "" : "offered, the atlas says no");
}

static void compare(struct places *all)
{
	struct booted_check *check = all->check;
	size_t failed = check->validation->counts[GROUP_PLACE][CHECK_FAILED];

	collect_sites(all);
	if (all->lines.count != all->sites.count) {
		validation_add(check->validation, GROUP_PLACE, CHECK_UNCHECKED, "available_filter_functions",
			       "%zu lines, but the image has %zu places outside of init text: not held against each "
			       "other one by one",
			       all->lines.count, all->sites.count);
		return;
	}
	/* Without it places without a function have no names; that is all. */
	error_free(located_object_open(check->vmlinux.path, NULL, &all->located));
	for (size_t i = 0; i < all->lines.count; i++) {
		const char *line = all->lines.items[i];
		uint64_t site = all->sites.items[i];
		const struct label *label = function_of(all, site, line);

		if (str_starts(line, INVALID) && !label)
			check_nameless(all, line, site);
		else if (label)
			check_named(all, line, label);
		else
			check_leftover(all, line, site);
	}
	check->places_agree = check->validation->counts[GROUP_PLACE][CHECK_FAILED] == failed;
}

struct error *check_places(struct booted_check *check)
{
	struct places all = {.check = check};
	bool there = false;

	if (!check->has_vmlinux || !check->has_verdicts)
		return NULL;
	all.patched_behind = patched_behind(&check->vmlinux);
	struct error *err = booted_lines(check, "available_filter_functions", GROUP_PLACE, take_line, &all, &there);

	if (!err && there)
		compare(&all);
	vec_free(&all.lines);
	vec_free(&all.sites);
	if (all.located)
		located_object_close(all.located);
	return err;
}
