// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/diff.h"

#include <fnmatch.h>
#include <sys/stat.h>

#include "diff/internal.h"

static bool same_file(const char *a, const char *b)
{
	struct stat left, right;

	return stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_dev == right.st_dev &&
	       left.st_ino == right.st_ino;
}

static struct error *open_sides(struct diff *diff)
{
	TRY(select_rules(diff->options, diff->wanted));
	TRY(side_open(diff->options, diff->options->old, &diff->old));
	TRY(side_open(diff->options, diff->options->new, &diff->new));
	if (diff->old.image->id == diff->new.image->id && same_file(diff->old.path, diff->new.path))
		return error_new(ERROR_INPUT, "diff: OLD and NEW are the same image, %s", diff->old.image->name);
	return NULL;
}

/* What is true of the images, once for all that is told. */
static void note_images(struct diff *diff)
{
	const struct image *old = diff->old.image, *new = diff->new.image;
	const char *unread = old->modules_read && new->modules_read ? NULL
			     : old->modules_read		    ? new->name
			     : new->modules_read		    ? old->name
								    : "both";

	if (!str_eq(old->arch, new->arch))
		vec_add(&diff->report.notes,
			arena_printf(diff->arena, "the architectures differ: %s, now %s", old->arch, new->arch));
	if (unread)
		vec_add(&diff->report.notes,
			arena_printf(diff->arena,
				     "modules of %s were not read: what moved between vmlinux and a module looks "
				     "added or removed",
				     unread));
}

static bool side_has(const struct diff_side *side, const char *glob)
{
	for (size_t i = 0; i < side->function_count; i++)
		if (fnmatch(glob, side->functions[i].name, 0) == 0)
			return true;
	for (size_t i = 0; i < side->exports.count; i++)
		if (fnmatch(glob, side->exports.symbols[i].name, 0) == 0)
			return true;
	size_t count;
	const struct type_place *places = type_graph_places(side->graph, &count);

	for (size_t i = 0; i < count; i++)
		if (fnmatch(glob, places[i].type->name, 0) == 0)
			return true;
	return false;
}

/* Nothing found where nothing was looked at would look like good news. */
static struct error *check_names(const struct diff *diff)
{
	for (size_t i = 0; i < diff->options->only.count; i++) {
		const char *glob = diff->options->only.items[i];

		if (!side_has(&diff->old, glob) && !side_has(&diff->new, glob))
			return error_new(ERROR_INPUT, "diff: --only %s: neither image has such a name", glob);
	}
	return NULL;
}

static struct error *compare(struct diff *diff)
{
	TRY(sides_read(diff));
	TRY(check_names(diff));
	pair_functions(diff);
	TRY(find_moves(diff));
	find_type_moves(diff);
	if (diff->options->impact || (diff->options->exported && wants_area(diff, DIFF_TYPES)))
		find_impacts(diff);
	if (wants_area(diff, DIFF_ATTACH))
		compare_kernels(diff);
	if (wants_area(diff, DIFF_FUNCTIONS) || wants_area(diff, DIFF_ATTACH))
		compare_functions(diff);
	if (wants_area(diff, DIFF_EXPORTS))
		compare_all_exports(diff);
	if (wants_area(diff, DIFF_TYPES))
		compare_types(diff);
	if (wants_area(diff, DIFF_LAYOUTS))
		compare_layouts(diff);
	note_images(diff);
	tell_unknowns(diff);
	return NULL;
}

static void begin_report(struct diff *diff)
{
	const char *old = diff->old.image->name, *new = diff->new.image->name;
	AUTO_FREE char *title = str_eq(old, new) ? xasprintf("%s in %s -> in %s", old, diff->old.path, diff->new.path)
						 : xasprintf("%s -> %s", old, new);

	report_init(&diff->report, "diff", title);
	diff->arena = &diff->report.arena;
}

struct error *diff_new(const struct diff_options *options, struct diff **diff)
{
	struct diff *made = xcalloc(1, sizeof(*made));

	made->options = options;
	struct error *err = open_sides(made);

	if (!err) {
		begin_report(made);
		err = compare(made);
	}
	if (err) {
		diff_free(made);
		return err;
	}
	*diff = made;
	return NULL;
}

struct report *diff_report(struct diff *diff)
{
	return &diff->report;
}

void diff_free(struct diff *diff)
{
	if (!diff)
		return;
	if (diff->arena)
		report_fini(&diff->report);
	vec_free(&diff->functions.items);
	vec_free(&diff->renames);
	vec_free(&diff->type_renames);
	vec_free(&diff->unknowns);
	type_impact_free(diff->old_impact.impact);
	type_impact_free(diff->new_impact.impact);
	side_close(&diff->old);
	side_close(&diff->new);
	free(diff);
}
