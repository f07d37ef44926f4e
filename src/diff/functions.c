// SPDX-License-Identifier: GPL-2.0-or-later
/* Functions: which belongs to which, and what the model finds different. */
#include <string.h>

#include "atlas/differences.h"
#include "diff/internal.h"

/* The functions of one name on one side. */
struct run {
	const struct function *functions;
	size_t count;
};

static struct run next_run(const struct diff_side *side, size_t *at)
{
	struct run run = {&side->functions[*at], 0};

	while (*at < side->function_count && strcmp(side->functions[*at].name, run.functions[0].name) == 0) {
		run.count++;
		++*at;
	}
	return run;
}

static void add_pair(struct diff *diff, const struct function *old, const struct function *new)
{
	vec_add(&diff->functions.items, ((struct function_pair){.old = old, .new = new}));
}

static const struct function *in_object(const struct run *run, const char *object)
{
	for (size_t i = 0; i < run->count; i++)
		if (str_eq(run->functions[i].object, object))
			return &run->functions[i];
	return NULL;
}

/* The only function of a run whose object the other run lacks, or NULL. */
static const struct function *only_other(const struct run *run, const struct run *other)
{
	const struct function *found = NULL;

	for (size_t i = 0; i < run->count; i++) {
		if (in_object(other, run->functions[i].object))
			continue;
		if (found)
			return NULL;
		found = &run->functions[i];
	}
	return found;
}

/* By object; a single one left on each side is taken to have moved. */
static void pair_runs(struct diff *diff, const struct run *old, const struct run *new)
{
	const struct function *old_left = only_other(old, new), *new_left = only_other(new, old);

	for (size_t i = 0; i < old->count; i++) {
		const struct function *function = &old->functions[i];
		const struct function *same = in_object(new, function->object);

		if (!same && old_left && new_left)
			same = new_left;
		add_pair(diff, function, same);
	}
	for (size_t i = 0; i < new->count; i++)
		if (!in_object(old, new->functions[i].object) && !(old_left && new_left))
			add_pair(diff, NULL, &new->functions[i]);
}

void pair_functions(struct diff *diff)
{
	const struct run none = {NULL, 0};
	size_t old = 0, new = 0;

	while (old < diff->old.function_count || new < diff->new.function_count) {
		int order = old == diff->old.function_count ? 1
			    : new == diff->new.function_count
				    ? -1
				    : strcmp(diff->old.functions[old].name, diff->new.functions[new].name);
		struct run old_run = order <= 0 ? next_run(&diff->old, &old) : none;
		struct run new_run = order >= 0 ? next_run(&diff->new, &new) : none;

		pair_runs(diff, &old_run, &new_run);
	}
}

static struct compared compared(const struct diff_side *side, const struct function *function, const char *name)
{
	return (struct compared){
		.image = side->image,
		.function = function,
		.presence = presence_of(side->image, function, name),
		.label = side->image->name,
	};
}

/* A name that is only declared, on one side: nobody's function came or went. */
static enum diff_rule declared_rule(enum diff_rule rule, const struct compared *before, const struct compared *after)
{
	bool declared = before->presence == PRESENT_DECLARED || after->presence == PRESENT_DECLARED;

	if (declared && (rule == RULE_FUNCTION_ADDED || rule == RULE_FUNCTION_ADDED_TO_VMLINUX))
		return RULE_DECLARATION_ADDED;
	if (declared && (rule == RULE_FUNCTION_REMOVED || rule == RULE_FUNCTION_REMOVED_FROM_VMLINUX))
		return RULE_DECLARATION_REMOVED;
	return rule;
}

static const char *in_module(struct diff *diff, const struct function_pair *pair, const char *message)
{
	const struct function *function = pair->old ? pair->old : pair->new;

	if (strcmp(function->object, "vmlinux") == 0)
		return message;
	return arena_printf(diff->arena, "%s (module %s)", message, function->object);
}

/* What is new or gone is told with where it is declared, or was. */
static const char *place_of(const struct function_pair *pair)
{
	const struct function *function = pair->old ? pair->old : pair->new;

	for (uint32_t i = 0; i < function->instance_count; i++)
		if (function->instances[i].decl_file || function->instances[i].file)
			return function->instances[i].decl_file ? function->instances[i].decl_file
								: function->instances[i].file;
	return NULL;
}

static void tell_change(struct diff *diff, const struct function_pair *pair, const struct change *change,
			const struct compared *before, const struct compared *after)
{
	enum diff_rule rule = declared_rule(rule_of_change(change), before, after);
	const char *subject = (pair->old ? pair->old : pair->new)->name;
	const char *old = change->before, *new = change->after;

	rule = rule_by_meaning(diff, rule, old, new);
	if (rule_area(rule) == DIFF_EXPORTS || !diff->wanted[rule])
		return; /* compare_all_exports() finds those of variables, too */
	if (!pair->old)
		new = place_of(pair);
	else if (!pair->new)
		old = place_of(pair);
	tell(diff, rule, "function", subject, in_module(diff, pair, change_message(diff, rule, old, new)));
}

/* Why the function under its new name is not taken for the same one. */
static const char *macro_doubt(const struct diff *diff, const struct function_pair *pair)
{
	if (pair->new)
		return "";
	return pair->old->prototype && diff->new.image->evidence == EVIDENCE_DWARF
		       ? "; the prototypes differ"
		       : "; whether the prototypes agree is not known";
}

static void tell_rename(struct diff *diff, const struct function_pair *pair)
{
	struct arena *arena = diff->arena;

	if (pair->macro_over)
		tell(diff, RULE_FUNCTION_BECAME_MACRO, "function", pair->old->name,
		     in_module(diff, pair,
			       arena_printf(arena, "is now a macro over %s, %s%s", pair->macro_over, pair->macro_why,
					    macro_doubt(diff, pair))));
	else
		tell(diff, RULE_FUNCTION_RENAMED, "function", pair->old->name,
		     in_module(diff, pair, arena_printf(arena, "is now %s: %s", pair->new->name, pair->renamed)));
}

/* Rust's names carry a hash that changes with the compiler. */
static bool is_foreign_name(const struct function_pair *pair)
{
	return (!pair->old || !pair->new) && (pair->old ? pair->old : pair->new)->language == LANGUAGE_RUST;
}

static void compare_pair(struct diff *diff, const struct function_pair *pair)
{
	const char *name = (pair->old ? pair->old : pair->new)->name;
	struct compared before = compared(&diff->old, pair->old, name), after = compared(&diff->new, pair->new, name);
	struct differences differences = {0};
	bool complete = before.image->evidence == EVIDENCE_DWARF && after.image->evidence == EVIDENCE_DWARF;

	differences_atlas(diff->arena, &before, &after, &differences);
	for (size_t i = 0; i < differences.changes.count; i++)
		tell_change(diff, pair, &differences.changes.items[i], &before, &after);
	for (size_t i = 0; i < differences.unknown.count; i++)
		tell_unknown(diff, "function", name, differences.unknown.items[i], complete && pair->old && pair->new);
	differences_fini(&differences);
}

void compare_functions(struct diff *diff)
{
	bool functions = wants_area(diff, DIFF_FUNCTIONS), attach = wants_area(diff, DIFF_ATTACH);

	for (size_t i = 0; i < diff->functions.items.count; i++) {
		const struct function_pair *pair = &diff->functions.items.items[i];

		if (pair->gone || !wants_function(diff, pair))
			continue;
		if (is_foreign_name(pair)) {
			tell_unknown(diff, "function", (pair->old ? pair->old : pair->new)->name,
				     "Rust's names carry a hash of the build: what came and went is not told", true);
			continue;
		}
		if (functions && (pair->renamed || pair->macro_over))
			tell_rename(diff, pair);
		if (functions && (pair->new || !pair->macro_over))
			compare_pair(diff, pair);
		if (attach && pair->old && pair->new)
			compare_attach(diff, pair);
	}
}
