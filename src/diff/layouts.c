// SPDX-License-Identifier: GPL-2.0-or-later
/* Functions whose prototype is the same and leads to something else, and who reaches what. */
#include "atlas/prototype_differences.h"
#include "diff/internal.h"

/* Changes told of one function, where nobody asked for more. */
#define LAYOUT_SHOWN 12
#define LAYOUT_DEEP  256

static const char *unit_of(const struct function *function)
{
	for (uint32_t i = 0; i < function->instance_count; i++)
		if (function->instances[i].file)
			return function->instances[i].file;
	return NULL;
}

static struct type_scope scope_of(const struct function *function)
{
	return (struct type_scope){function->object, unit_of(function)};
}

/* "pool->lock (struct mempool_s): member at another offset: was 8, now 16" */
static void add_line(struct diff *diff, const struct type_change *change, struct str *text)
{
	enum diff_rule rule = rule_by_meaning(diff, rule_of_type_change(change), change->before, change->after);

	str_addf(text, "%s (%s): %s", change->path, change->type,
		 change_message(diff, rule, change->before, change->after));
}

static void tell_layout(struct diff *diff, const struct function_pair *pair, const struct type_changes *changes)
{
	const struct type_change *first = &changes->changes.items[0];
	unsigned depth = first->steps > diff->options->depth ? first->steps : diff->options->depth;
	AUTO_STR struct str message = {0}, detail = {0};

	add_line(diff, first, &message);
	for (size_t i = 1; i < changes->changes.count && changes->changes.items[i].steps <= depth; i++) {
		str_add(&detail, detail.length ? "\n" : "");
		add_line(diff, &changes->changes.items[i], &detail);
	}
	if (changes->more)
		str_addf(&detail, "%sand more", detail.length ? "\n" : "");
	struct result *result =
		tell(diff, RULE_LAYOUT, "function", pair->old->name, arena_strdup(diff->arena, message.data));

	if (result && detail.length)
		result->detail = arena_strdup(diff->arena, detail.data);
}

/* Without names to look at, a whole kernel's functions would each tell of the same few structs. */
static bool wants_layout(const struct diff *diff, const struct function_pair *pair)
{
	bool named = diff->options->only.count || diff->options->family.count;

	return (named || is_exported(pair->old) || is_exported(pair->new)) && wants_function(diff, pair);
}

/* Whether anything near enough to be told differs. */
static bool differs(struct diff *diff, const struct function_pair *pair, const struct type_scope *old,
		    const struct type_scope *new)
{
	struct type_fingerprint before, after;

	type_fingerprint(diff->old.graph, pair->old->prototype, old, &before);
	type_fingerprint(diff->new.graph, pair->new->prototype, new, &after);
	if (before.whole == 0 || after.whole == 0)
		return false; /* told of the whole image */
	return diff->options->depth ? before.whole != after.whole : before.near != after.near;
}

/* Another name for the same type, laid out as before, is no other layout. */
static void leave_out_respelled(const struct diff *diff, struct type_changes *changes)
{
	size_t kept = 0;

	for (size_t i = 0; i < changes->changes.count; i++) {
		const struct type_change *change = &changes->changes.items[i];
		bool named = change->kind == TYPE_CHANGE_TARGET || change->kind == TYPE_CHANGE_MEMBER_TYPE;

		if (!named || !means_same_layout(diff, change->before, change->after))
			changes->changes.items[kept++] = *change;
	}
	changes->changes.count = kept;
}

static void compare_layout(struct diff *diff, const struct function_pair *pair)
{
	struct type_side old = {diff->old.graph, pair->old->prototype, scope_of(pair->old)};
	struct type_side new = {diff->new.graph, pair->new->prototype, scope_of(pair->new)};
	struct type_changes changes = {0};

	if (!differs(diff, pair, &old.scope, &new.scope))
		return;
	type_differences(diff->arena, &old, &new, diff->options->depth ? LAYOUT_DEEP : LAYOUT_SHOWN, &changes);
	for (size_t i = 0; i < changes.unknown.count; i++)
		tell_unknown(diff, "function", pair->old->name, changes.unknown.items[i], true);
	leave_out_respelled(diff, &changes);
	if (changes.changes.count)
		tell_layout(diff, pair, &changes);
	type_changes_fini(&changes);
}

void compare_layouts(struct diff *diff)
{
	if (!type_graph_known(diff->old.graph) || !type_graph_known(diff->new.graph))
		return; /* compare_types() tells so */
	for (size_t i = 0; i < diff->functions.items.count; i++) {
		const struct function_pair *pair = &diff->functions.items.items[i];

		if (pair->old && pair->new && !pair->gone &&wants_layout(diff, pair) &&
		    same_prototypes(pair->old->prototype, pair->new->prototype))
			compare_layout(diff, pair);
	}
}

static void find_impact(struct diff *diff, const struct diff_side *side, struct diff_impact *impact)
{
	size_t count = 0;

	for (size_t i = 0; i < side->function_count; i++)
		count += is_exported(&side->functions[i]);
	struct type_user *users = arena_alloc(diff->arena, count * sizeof(*users));

	impact->functions = arena_alloc(diff->arena, count * sizeof(struct function *));
	for (size_t i = 0; i < side->function_count; i++) {
		const struct function *function = &side->functions[i];

		if (!is_exported(function))
			continue;
		impact->functions[impact->count] = function;
		users[impact->count++] = (struct type_user){function->prototype, scope_of(function)};
	}
	impact->impact = type_impact_new(side->graph, users, count);
}

void find_impacts(struct diff *diff)
{
	find_impact(diff, &diff->old, &diff->old_impact);
	find_impact(diff, &diff->new, &diff->new_impact);
}
