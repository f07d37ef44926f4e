// SPDX-License-Identifier: GPL-2.0-or-later
/* Exported symbols, functions and variables alike: merged by name, then by object. */
#include <string.h>

#include "atlas/export_differences.h"
#include "atlas/search.h"
#include "diff/internal.h"

struct run {
	const struct exported_symbol *symbols;
	size_t count;
};

static struct run next_run(const struct image_exports *exports, size_t *at)
{
	struct run run = {&exports->symbols[*at], 0};

	while (*at < exports->count && strcmp(exports->symbols[*at].name, run.symbols[0].name) == 0) {
		run.count++;
		++*at;
	}
	return run;
}

static const struct exported_symbol *by_object(const struct run *run, const char *object)
{
	for (size_t i = 0; i < run->count; i++)
		if (strcmp(run->symbols[i].object, object) == 0)
			return &run->symbols[i];
	return NULL;
}

static bool tables_read(const struct image_exports *exports, const char *object)
{
	for (size_t i = 0; i < exports->object_count; i++)
		if (strcmp(exports->objects[i], object) == 0)
			return true;
	return false;
}

static const char *unread(struct diff *diff, const struct diff_side *side)
{
	return arena_printf(diff->arena, "the export tables of %s were not read", side->image->name);
}

/* Why nothing can be said of a symbol that this side lacks and `object` of the other side exports; NULL: it can. */
static const char *gap(struct diff *diff, const struct diff_side *side, const char *name, const char *object)
{
	enum presence presence = presence_of(side->image, NULL, name);
	bool of_vmlinux = strcmp(object, "vmlinux") == 0;

	if (presence == NOT_READ || presence == NOT_IMPORTED)
		return arena_printf(diff->arena, "%s in %s", presence_text(presence), side->image->name);
	if (!tables_read(&side->exports, "vmlinux"))
		return unread(diff, side);
	if (!of_vmlinux && !side->image->modules_read)
		return arena_printf(diff->arena, "a module exports it, and no modules of %s were read",
				    side->image->name);
	return NULL;
}

static const char *how(struct diff *diff, const struct exported_symbol *symbol)
{
	return arena_printf(diff->arena, "%s by %s",
			    symbol->exported.state == EXPORT_GPL ? "EXPORT_SYMBOL_GPL" : "EXPORT_SYMBOL",
			    symbol->object);
}

static void tell_one_side(struct diff *diff, const struct exported_symbol *symbol, bool added)
{
	const struct diff_side *side = added ? &diff->old : &diff->new;
	enum diff_rule rule = added ? RULE_EXPORT_ADDED : RULE_EXPORT_REMOVED;
	const char *why = gap(diff, side, symbol->name, symbol->object);
	const char *text = how(diff, symbol);

	if (why)
		tell_unknown(diff, "export", symbol->name, why, false);
	else
		tell(diff, rule, "export", symbol->name,
		     change_message(diff, rule, added ? NULL : text, added ? text : NULL));
}

static void compare_symbols(struct diff *diff, const struct exported_symbol *old, const struct exported_symbol *new)
{
	struct differences differences = {0};

	if (strcmp(old->object, new->object) != 0)
		tell(diff, RULE_EXPORT_MOVED, "export", old->name,
		     change_message(diff, RULE_EXPORT_MOVED, old->object, new->object));
	differences_exports(diff->arena, &old->exported, &new->exported, &differences);
	for (size_t i = 0; i < differences.changes.count; i++) {
		const struct change *change = &differences.changes.items[i];
		enum diff_rule rule = rule_of_change(change);

		tell(diff, rule, "export", old->name, change_message(diff, rule, change->before, change->after));
	}
	differences_fini(&differences);
}

static const struct function_pair *rename_at(const struct diff *diff, size_t index)
{
	return &diff->functions.items.items[diff->renames.items[index]];
}

static const char *renamed_to(const struct diff *diff, const char *name)
{
	for (size_t i = 0; i < diff->renames.count; i++)
		if (strcmp(rename_at(diff, i)->old->name, name) == 0)
			return rename_at(diff, i)->new->name;
	return NULL;
}

static const struct exported_symbol *exported_as(const struct image_exports *exports, const char *name)
{
	size_t low = lower_bound(at, exports->count, strcmp(exports->symbols[at].name, name) < 0);

	return low < exports->count && str_eq(exports->symbols[low].name, name) ? &exports->symbols[low] : NULL;
}

/* The export went with its function: one finding, not two. */
static bool tell_renamed(struct diff *diff, const struct exported_symbol *old)
{
	const char *name = renamed_to(diff, old->name);
	const struct exported_symbol *new = name ? exported_as(&diff->new.exports, name) : NULL;

	if (!new || exported_as(&diff->old.exports, name))
		return false;
	tell(diff, RULE_EXPORT_RENAMED, "export", old->name,
	     change_message(diff, RULE_EXPORT_RENAMED, old->name, new->name));
	compare_symbols(diff, old, new);
	return true;
}

/* The new name of a renamed export: told under the old one, unless something else is exported by that now. */
static bool told_as_renamed(const struct diff *diff, const char *name)
{
	for (size_t i = 0; i < diff->renames.count; i++) {
		const char *old = rename_at(diff, i)->old->name;

		if (strcmp(rename_at(diff, i)->new->name, name) == 0 && exported_as(&diff->old.exports, old) &&
		    !exported_as(&diff->new.exports, old))
			return true;
	}
	return false;
}

/* A renamed export goes by both of its names. */
static bool wants_export(const struct diff *diff, const struct run *old, const struct run *new)
{
	const char *name = (old->count ? old : new)->symbols[0].name;
	const char *renamed = old->count ? renamed_to(diff, name) : NULL;

	return wants_name(diff, name) || (renamed && wants_name(diff, renamed));
}

static void compare_runs(struct diff *diff, const struct run *old, const struct run *new)
{
	bool moved = old->count == 1 && new->count == 1;

	for (size_t i = 0; i < old->count; i++) {
		const struct exported_symbol *same = moved ? &new->symbols[0] : by_object(new, old->symbols[i].object);

		if (same)
			compare_symbols(diff, &old->symbols[i], same);
		else if (new->count || !tell_renamed(diff, &old->symbols[i]))
			tell_one_side(diff, &old->symbols[i], false);
	}
	for (size_t i = 0; i < new->count && !moved; i++)
		if (!by_object(old, new->symbols[i].object) &&
		    (old->count || !told_as_renamed(diff, new->symbols[i].name)))
			tell_one_side(diff, &new->symbols[i], true);
}

static void tell_unread(struct diff *diff, const struct diff_side *side)
{
	if (!tables_read(&side->exports, "vmlinux"))
		tell_unknown(diff, "export", "vmlinux", unread(diff, side), false);
}

void compare_all_exports(struct diff *diff)
{
	const struct image_exports *olds = &diff->old.exports, *news = &diff->new.exports;
	const struct run none = {NULL, 0};
	size_t old = 0, new = 0;

	tell_unread(diff, &diff->old);
	tell_unread(diff, &diff->new);
	while (old < olds->count || new < news->count) {
		int order = old == olds->count	 ? 1
			    : new == news->count ? -1
						 : strcmp(olds->symbols[old].name, news->symbols[new].name);
		struct run old_run = order <= 0 ? next_run(olds, &old) : none;
		struct run new_run = order >= 0 ? next_run(news, &new) : none;

		if (wants_export(diff, &old_run, &new_run))
			compare_runs(diff, &old_run, &new_run);
	}
}
