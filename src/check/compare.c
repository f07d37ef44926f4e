// SPDX-License-Identifier: GPL-2.0-or-later
/* One state against an earlier one: an image's, a baseline's, or what the user's own object believes. */
#include <string.h>

#include "atlas/bare.h"
#include "atlas/str.h"
#include "check/members.h"
#include "check/state.h"

/* Differences of what a prototype reaches that are told: a report is read by people. */
#define LAYOUTS_TOLD 4

struct comparison {
	struct look *look;
	const struct dependency *dependency;
	const struct state *before;
	const char *where;
	const struct state *placed; /* NULL: places are not compared */
	const char *placed_where;
	struct state *state;
};

/* Both sides know the value, and it differs. */
static bool differs(const struct comparison *c, enum state_value value)
{
	const char *before = c->before->values[value], *after = c->state->values[value];

	return before && after && !str_eq(before, after);
}

/* The same type, though the text differs: "const u32 *" and "unsigned int *". */
static bool means_same(const struct comparison *c, enum state_value bare)
{
	const char *before = c->before->values[bare], *after = c->state->values[bare];

	return before && after && str_eq(before, after);
}

static void tell(const struct comparison *c, enum check_rule rule, enum state_value value)
{
	state_issue(c->look, c->state, rule, "'%s' in %s, '%s' here", c->before->values[value], c->where,
		    c->state->values[value]);
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of a list in byte order, "a, b" as "b, a". */
static char *sorted(const char *names)
{
	AUTO_FREE char *copy = xstrdup(names);
	AUTO_STR struct str text = {0};
	VEC(const char *) items = {0};
	char *state = NULL;

	for (char *name = strtok_r(copy, ", ", &state); name; name = strtok_r(NULL, ", ", &state))
		vec_add(&items, name);
	if (items.count)
		qsort(items.items, items.count, sizeof(*items.items), compare_texts);
	str_add(&text, "");
	for (size_t i = 0; i < items.count; i++)
		str_addf(&text, "%s ", items.items[i]);
	vec_free(&items);
	return str_take(&text);
}

/* A text that differs: by what it means, or only in how it is spelled, which is nothing to what was built. */
static void tell_type(const struct comparison *c, enum check_rule rule, enum state_value value, enum state_value bare)
{
	if (!means_same(c, bare))
		tell(c, rule, value);
	else if (!c->dependency->own.built_with)
		tell(c, RULE_SPELLING, value);
}

/* Equal types in another order of names is a change, other names for the same types a rename. */
static void compare_names(const struct comparison *c)
{
	if (!differs(c, VALUE_NAMES))
		return;
	AUTO_FREE char *before = sorted(c->before->values[VALUE_NAMES]);
	AUTO_FREE char *after = sorted(c->state->values[VALUE_NAMES]);

	tell(c, str_eq(before, after) ? RULE_CHANGE : RULE_RENAMED, VALUE_NAMES);
}

/* Both know the place or size, and it differs. */
static bool place_differs(const struct comparison *c, enum state_value value)
{
	const char *before = c->placed ? c->placed->values[value] : NULL, *after = c->state->values[value];

	return before && after && !str_eq(before, after);
}

/* The nearest differences by their paths; a file has only a number to compare. */
static void tell_layouts(const struct comparison *c)
{
	const struct type_side before = {c->placed->graph, c->placed->prototype, c->placed->scope};
	const struct type_side after = {c->state->graph, c->state->prototype, c->state->scope};
	struct type_changes changes = {0};
	AUTO_STR struct str text = {0};

	if (before.graph && after.graph)
		type_differences(c->look->arena, &before, &after, LAYOUTS_TOLD, &changes);
	for (size_t i = 0; i < changes.changes.count; i++) {
		const struct type_change *change = &changes.changes.items[i];

		str_addf(&text, "; %s: %s", change->path, type_change_text(change->kind));
		if (change->before && change->after)
			str_addf(&text, ", %s -> %s", change->before, change->after);
	}
	state_issue(c->look, c->state, RULE_LAYOUT, "since %s: %s%s", c->placed_where,
		    text.length ? text.data + 2 : "a type it reaches is laid out otherwise",
		    changes.more ? "; and more" : "");
	type_changes_fini(&changes);
}

/* "(A, B)" and "(A, B, C)": what reads A and B reads them still. */
static bool only_appended(const char *before, const char *after)
{
	size_t length = strlen(before) - 1;

	return strlen(after) > length + 2 && strncmp(before, after, length) == 0 &&
	       (length == 1 || strncmp(after + length, ", ", 2) == 0) && after[length] != '\0';
}

/* Programs that are handed the arguments, and call nothing. */
static bool is_probe(enum dependency_kind kind)
{
	return kind != DEP_FUNCTION && kind != DEP_KFUNC && kind != DEP_EXPORT;
}

static bool are_appended(const struct comparison *c)
{
	bool bare = c->before->values[VALUE_BARE_PARAMETERS] && c->state->values[VALUE_BARE_PARAMETERS];
	enum state_value value = bare ? VALUE_BARE_PARAMETERS : VALUE_PARAMETERS;

	return is_probe(c->dependency->kind) && only_appended(c->before->values[value], c->state->values[value]);
}

/* The same names of types, one of which stands for something else now.  Elsewhere it may be meant to. */
static bool typedef_changed(const struct comparison *c)
{
	return place_differs(c, VALUE_BARE_PARAMETERS) &&
	       str_eq(c->placed->values[VALUE_PARAMETERS], c->state->values[VALUE_PARAMETERS]) &&
	       !bare_same_but_records(c->placed->values[VALUE_BARE_PARAMETERS],
				      c->state->values[VALUE_BARE_PARAMETERS]);
}

static void compare_parameters(const struct comparison *c)
{
	if (!differs(c, VALUE_PARAMETERS) || means_same(c, VALUE_BARE_PARAMETERS)) {
		if (differs(c, VALUE_PARAMETERS))
			tell_type(c, RULE_CHANGE, VALUE_PARAMETERS, VALUE_BARE_PARAMETERS);
		compare_names(c);
	} else if (c->dependency->kind == DEP_TRACEPOINT) {
		tell(c, RULE_EVENT, VALUE_PARAMETERS);
	} else {
		tell(c, are_appended(c) ? RULE_APPENDED : RULE_CHANGE, VALUE_PARAMETERS);
	}
	if (typedef_changed(c))
		state_issue(c->look, c->state, RULE_CHANGE, "a typedef stands for another type: '%s' in %s, '%s' here",
			    c->placed->values[VALUE_BARE_PARAMETERS], c->placed_where,
			    c->state->values[VALUE_BARE_PARAMETERS]);
}

static void compare_functions(const struct comparison *c)
{
	compare_parameters(c);
	if (differs(c, VALUE_RETURNS))
		tell_type(c, RULE_RETURNS, VALUE_RETURNS, VALUE_BARE_RETURNS);
	if (differs(c, VALUE_OBJECT) && str_eq(c->before->values[VALUE_OBJECT], "vmlinux"))
		state_issue(c->look, c->state, RULE_MODULE, "in vmlinux in %s, in module %s here", c->where,
			    c->state->values[VALUE_OBJECT]);
	if (place_differs(c, VALUE_GRAPH))
		tell_layouts(c);
}

static void compare_exports(const struct comparison *c)
{
	if (differs(c, VALUE_EXPORT) && str_eq(c->state->values[VALUE_EXPORT], "gpl"))
		state_issue(c->look, c->state, RULE_GPL, "exported to all modules in %s, to GPL modules only here",
			    c->where);
	if (differs(c, VALUE_NAMESPACE))
		tell(c, RULE_NAMESPACE, VALUE_NAMESPACE);
}

static void compare_fields(const struct comparison *c)
{
	/* The object's own type says what it needs. */
	if (c->dependency->own.by_core)
		return;
	if (differs(c, VALUE_TYPE))
		tell_type(c, RULE_FIELD_TYPE, VALUE_TYPE, VALUE_BARE_TYPE);
	if ((!differs(c, VALUE_TYPE) || means_same(c, VALUE_BARE_TYPE)) && place_differs(c, VALUE_SIZE))
		state_issue(c->look, c->state, RULE_FIELD_TYPE, "%s bytes in %s, %s here",
			    c->placed->values[VALUE_SIZE], c->placed_where, c->state->values[VALUE_SIZE]);
	if (place_differs(c, VALUE_OFFSET))
		state_issue(c->look, c->state, RULE_FIELD_MOVED, "offset %s in %s, %s here",
			    c->placed->values[VALUE_OFFSET], c->placed_where, c->state->values[VALUE_OFFSET]);
}

static void compare_members(const struct comparison *c)
{
	struct member_changes changes = {0};

	members_compare(c->before->values[VALUE_MEMBERS], c->state->values[VALUE_MEMBERS], &changes);
	if (changes.removed.length)
		state_issue(c->look, c->state, RULE_MEMBER_GONE, "in %s, not here: %s", c->where, changes.removed.data);
	if (changes.retyped.length)
		state_issue(c->look, c->state, RULE_MEMBER_TYPE, "since %s: %s", c->where, changes.retyped.data);
	if (changes.added.length)
		state_issue(c->look, c->state, RULE_MEMBER_ADDED, "not in %s: %s", c->where, changes.added.data);
	member_changes_fini(&changes);
}

static void compare_records(const struct comparison *c)
{
	struct member_changes changes = {0};

	if (c->dependency->own.by_core)
		return;
	if (differs(c, VALUE_TYPE))
		tell_type(c, RULE_MEMBER_TYPE, VALUE_TYPE, VALUE_BARE_TYPE);
	if (differs(c, VALUE_MEMBERS))
		compare_members(c);
	if (!place_differs(c, VALUE_MEMBERS))
		return;
	members_compare(c->placed->values[VALUE_MEMBERS], c->state->values[VALUE_MEMBERS], &changes);
	if (changes.moved.length)
		state_issue(c->look, c->state, RULE_MEMBER_MOVED, "since %s: %s", c->placed_where, changes.moved.data);
	member_changes_fini(&changes);
}

/*
 * What vmlinux had and now has not is gone from it, whatever the modules nobody
 * read may hold.  Kernels of other flavors and architectures have other things built in.
 */
static void compare_absence(const struct comparison *c)
{
	const struct state *before = c->placed;

	if (!before || c->state->found != FOUND_UNKNOWN || !c->state->not_in_vmlinux || before->found != FOUND_YES ||
	    !str_eq(before->values[VALUE_OBJECT], "vmlinux"))
		return;
	c->state->unknowns = NULL;
	c->state->found = FOUND_NO;
	state_issue(c->look, c->state, RULE_GONE, "not in vmlinux, where %s has it; modules not read", c->placed_where);
}

void state_compare(struct look *look, const struct dependency *dependency, const struct reference *reference,
		   struct state *state)
{
	const struct comparison c = {
		.look = look,
		.dependency = dependency,
		.before = reference->state,
		.where = reference->where,
		.placed = reference->placed,
		.placed_where = reference->placed_where,
		.state = state,
	};

	compare_absence(&c);
	if (state->found != FOUND_YES || c.before->found != FOUND_YES)
		return;
	compare_exports(&c);
	if (dependency->kind == DEP_FIELD) {
		compare_fields(&c);
	} else if (dependency->kind == DEP_ENUMERATOR) {
		if (!dependency->own.by_core && differs(&c, VALUE_VALUE))
			tell(&c, RULE_VALUE, VALUE_VALUE);
	} else if (dependency->kind >= DEP_STRUCT && dependency->kind <= DEP_TYPEDEF) {
		compare_records(&c);
	} else {
		compare_functions(&c);
		if (dependency->kind == DEP_TRACEPOINT)
			compare_records(&c);
	}
}
