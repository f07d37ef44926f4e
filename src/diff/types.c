// SPDX-License-Identifier: GPL-2.0-or-later
/* Types: definitions of one kind and name held against each other. */
#include <string.h>

#include "diff/internal.h"

/* All definitions of one kind and name on one side; what is only declared beside them is left out. */
struct run {
	VEC(const struct type_place *) places;
	bool declared; /* only declared, nowhere defined */
	enum type_kind kind;
	const char *name;
};

struct cursor {
	const struct type_place *places;
	size_t count, at;
};

static int compare_names(const struct type *a, const struct type *b)
{
	int order = (int)a->kind - (int)b->kind;

	return order ? order : strcmp(a->name, b->name);
}

static void next_run(struct cursor *cursor, struct run *run)
{
	const struct type_place *first = &cursor->places[cursor->at];
	size_t end = cursor->at;

	run->places.count = 0;
	run->kind = first->type->kind;
	run->name = first->type->name;
	for (; end < cursor->count && compare_names(cursor->places[end].type, first->type) == 0; end++)
		if (!cursor->places[end].type->declared)
			vec_add(&run->places, &cursor->places[end]);
	run->declared = run->places.count == 0;
	if (run->declared)
		vec_add(&run->places, first);
	cursor->at = end;
}

/* Where one of several definitions stands; nothing where there is only one. */
static const char *place_text(struct diff *diff, const struct type_place *place)
{
	if (place->same_name <= 1)
		return "";
	return arena_printf(diff->arena, " (one of %u definitions, %s)", place->same_name,
			    place->decl_file ? place->decl_file : place->object);
}

/* "2 exported functions name it: a, b; 310 of 6100 reach it" */
static const char *impact_text(struct diff *diff, bool new_side, const struct type_place *place)
{
	const struct diff_impact *impact = new_side ? &diff->new_impact : &diff->old_impact;
	AUTO_STR struct str text = {0};
	const uint32_t *direct;
	size_t count, shown = 0;
	size_t reached = type_impact_of(impact->impact, place, diff->arena, &direct, &count);

	str_addf(&text, "%zu exported function%s", count, count == 1 ? " names it" : "s name it");
	for (; shown < count && shown < IMPACT_SHOWN; shown++)
		str_addf(&text, "%s%s", shown ? ", " : ": ", impact->functions[direct[shown]]->name);
	if (shown < count)
		str_addf(&text, " and %zu more", count - shown);
	str_addf(&text, "; %zu of %zu reach it", reached, impact->count);
	return arena_strdup(diff->arena, text.data);
}

static bool is_reached(struct diff *diff, bool new_side, const struct type_place *place)
{
	const struct diff_impact *impact = new_side ? &diff->new_impact : &diff->old_impact;
	const uint32_t *direct;
	size_t count;

	return type_impact_of(impact->impact, place, diff->arena, &direct, &count) != 0;
}

static void add_impact(struct diff *diff, struct result *result, bool new_side, const struct type_place *place)
{
	if (result && diff->options->impact)
		result->detail = impact_text(diff, new_side, place);
}

static bool wants_place(struct diff *diff, bool new_side, const struct type_place *place)
{
	return !diff->options->exported || is_reached(diff, new_side, place);
}

static void tell_type(struct diff *diff, enum diff_rule rule, bool new_side, const struct type_place *place,
		      const char *before, const char *after)
{
	const struct type *type = place->type;
	const char *message = change_message(diff, rule, before, after);

	if (wants_place(diff, new_side, place))
		add_impact(diff,
			   tell(diff, rule, type_kind_text(type->kind), type->name,
				arena_printf(diff->arena, "%s%s", message, place_text(diff, place))),
			   new_side, place);
}

/* An object whose types one side did not read says nothing there; without modules that is one thing to say. */
static void tell_unread(struct diff *diff, const struct type_place *place, const struct diff_side *side)
{
	const char *what = side->image->modules_read ? place->object : "modules";

	tell_unknown(diff, type_kind_text(place->type->kind), place->type->name,
		     arena_printf(diff->arena, "types of %s were not read in %s", what, side->image->name), true);
}

static void tell_one_side(struct diff *diff, const struct type_place *place, bool added)
{
	const struct diff_side *other = added ? &diff->old : &diff->new;
	enum diff_rule rule = added ? RULE_TYPE_ADDED : RULE_TYPE_REMOVED;

	if (place->type->declared || type_rename_of(diff, place->type))
		return;
	if (!type_graph_object_known(other->graph, place->object))
		tell_unread(diff, place, other);
	else
		tell_type(diff, rule, added, place, added ? NULL : place->decl_file, added ? place->decl_file : NULL);
}

/* "bitfield" changes and the like are told of the member, under "field S.M". */
static const char *change_kind(const struct type *type, const struct type_change *change)
{
	if (!strchr(change->path + strlen(type->name), '.'))
		return type_kind_text(type->kind);
	switch (change->kind) {
	case TYPE_CHANGE_ENUMERATOR_ADDED:
	case TYPE_CHANGE_ENUMERATOR_REMOVED:
	case TYPE_CHANGE_ENUMERATOR_VALUE:
		return "enumerator";
	case TYPE_CHANGE_KIND:
	case TYPE_CHANGE_SIZE:
	case TYPE_CHANGE_ALIGN:
	case TYPE_CHANGE_TARGET:
	case TYPE_CHANGE_MEMBER_ADDED:
	case TYPE_CHANGE_MEMBER_REMOVED:
	case TYPE_CHANGE_MEMBER_RENAMED:
	case TYPE_CHANGE_MEMBER_OFFSET:
	case TYPE_CHANGE_MEMBER_TYPE:
	case TYPE_CHANGE_MEMBER_SIZE:
	case TYPE_CHANGE_MEMBER_BITS:
	case TYPE_CHANGE_NOW_KNOWN:
	case TYPE_CHANGE_NOW_DECLARED:
		break;
	}
	return "field";
}

static void compare_places(struct diff *diff, const struct type_place *old, const struct type_place *new)
{
	struct type_changes changes = {0};

	if (old->type->hash == new->type->hash || !wants_place(diff, false, old))
		return;
	if (old->type->declared && !type_graph_object_known(diff->old.graph, new->object)) {
		tell_unread(diff, new, &diff->old);
		return;
	}
	if (new->type->declared && !type_graph_object_known(diff->new.graph, old->object)) {
		tell_unread(diff, old, &diff->new);
		return;
	}
	type_compare(diff->arena, old->type, new->type, &changes);
	for (size_t i = 0; i < changes.changes.count; i++) {
		const struct type_change *change = &changes.changes.items[i];
		enum diff_rule rule = rule_by_meaning(diff, rule_of_type_change(change), change->before, change->after);
		const char *message = change_message(diff, rule, change->before, change->after);

		add_impact(diff,
			   tell(diff, rule, change_kind(old->type, change), change->path,
				arena_printf(diff->arena, "%s%s", message, place_text(diff, old))),
			   false, old);
	}
	type_changes_fini(&changes);
}

/* Takes the pairs of places that `alike` finds out of both runs and compares them. */
static void match(struct diff *diff, struct run *old, struct run *new,
		  bool (*alike)(const struct type_place *, const struct type_place *))
{
	for (size_t i = 0; i < old->places.count; i++) {
		for (size_t j = 0; old->places.items[i] && j < new->places.count; j++) {
			if (!new->places.items[j] || !alike(old->places.items[i], new->places.items[j]))
				continue;
			compare_places(diff, old->places.items[i], new->places.items[j]);
			old->places.items[i] = new->places.items[j] = NULL;
		}
	}
}

static bool equal(const struct type_place *a, const struct type_place *b)
{
	return a->type->hash == b->type->hash;
}

static bool same_file(const struct type_place *a, const struct type_place *b)
{
	return strcmp(a->object, b->object) == 0 && str_eq(a->decl_file, b->decl_file);
}

static bool any(const struct type_place *a, const struct type_place *b)
{
	(void)a, (void)b;
	return true;
}

static size_t count_left(const struct run *run)
{
	size_t left = 0;

	for (size_t i = 0; i < run->places.count; i++)
		left += run->places.items[i] != NULL;
	return left;
}

/*
 * Of several definitions of a name those that are equal belong together, then those of one file, then
 * what is left if it is one on each side.
 */
static void compare_runs(struct diff *diff, struct run *old, struct run *new)
{
	match(diff, old, new, equal);
	match(diff, old, new, same_file);
	if (count_left(old) == 1 && count_left(new) == 1)
		match(diff, old, new, any);
	for (size_t i = 0; i < old->places.count; i++)
		if (old->places.items[i])
			tell_one_side(diff, old->places.items[i], false);
	for (size_t i = 0; i < new->places.count; i++)
		if (new->places.items[i])
			tell_one_side(diff, new->places.items[i], true);
}

/* A name that is there as another kind of type: not gone and come, but changed. */
static const struct type_place *of_another_kind(const struct diff_side *side, const struct type_place *place)
{
	static const enum type_kind others[] = {[TYPE_STRUCT] = TYPE_UNION,
						[TYPE_UNION] = TYPE_STRUCT,
						[TYPE_ENUM] = TYPE_ENUM,
						[TYPE_TYPEDEF] = TYPE_TYPEDEF};
	size_t count;

	if (place->type->declared || others[place->type->kind] == place->type->kind)
		return NULL;
	const struct type_place *found =
		type_graph_named(side->graph, others[place->type->kind], place->type->name, &count);

	return found && count == 1 && !found->type->declared ? found : NULL;
}

static bool has_name(const struct diff_side *side, const struct type *type)
{
	size_t count;

	return type_graph_named(side->graph, type->kind, type->name, &count) != NULL;
}

static void tell_run(struct diff *diff, const struct run *run, bool added)
{
	const struct diff_side *own = added ? &diff->new : &diff->old, *other = added ? &diff->old : &diff->new;
	const struct type_place *kin = run->places.count == 1 ? of_another_kind(other, run->places.items[0]) : NULL;

	/* Told once, from the old side. */
	if (kin && !has_name(own, kin->type)) {
		if (!added)
			compare_places(diff, run->places.items[0], kin);
		return;
	}
	for (size_t i = 0; i < run->places.count; i++)
		tell_one_side(diff, run->places.items[i], added);
}

/* By either name, as with functions; what differs in it besides is told under the old one. */
static void tell_renames(struct diff *diff)
{
	for (size_t i = 0; i < diff->type_renames.count; i++) {
		const struct type_rename *rename = &diff->type_renames.items[i];
		const struct type *old = rename->old->type, *new = rename->new->type;

		if ((!wants_name(diff, old->name) && !wants_name(diff, new->name)) ||
		    !wants_place(diff, false, rename->old))
			continue;
		add_impact(diff,
			   tell(diff, RULE_TYPE_RENAMED, type_kind_text(old->kind), old->name,
				arena_printf(diff->arena, "is now %s: %s", new->name, rename->evidence)),
			   false, rename->old);
		compare_places(diff, rename->old, rename->new);
	}
}

static bool graphs_known(struct diff *diff)
{
	const struct diff_side *sides[] = {&diff->old, &diff->new};
	bool known = true;

	for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
		if (type_graph_known(sides[i]->graph))
			continue;
		tell_unknown(diff, "type", "all",
			     arena_printf(diff->arena, "no types were read in %s", sides[i]->image->name), false);
		known = false;
	}
	return known;
}

static struct cursor cursor_of(const struct diff_side *side)
{
	struct cursor cursor = {0};

	cursor.places = type_graph_places(side->graph, &cursor.count);
	return cursor;
}

void compare_types(struct diff *diff)
{
	struct cursor old = cursor_of(&diff->old), new = cursor_of(&diff->new);
	struct run old_run = {0}, new_run = {0};

	if (!graphs_known(diff))
		return;
	while (old.at < old.count || new.at < new.count) {
		int order = old.at == old.count	  ? 1
			    : new.at == new.count ? -1
						  : compare_names(old.places[old.at].type, new.places[new.at].type);

		if (order <= 0)
			next_run(&old, &old_run);
		if (order >= 0)
			next_run(&new, &new_run);
		if (!wants_name(diff, (order <= 0 ? &old_run : &new_run)->name))
			continue;
		if (order == 0)
			compare_runs(diff, &old_run, &new_run);
		else
			tell_run(diff, order < 0 ? &old_run : &new_run, order > 0);
	}
	tell_renames(diff);
	vec_free(&old_run.places);
	vec_free(&new_run.places);
}
