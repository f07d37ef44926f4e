// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Types that go by another name now, among those only one side has.  Asked for are
 * the same members in the same file, or as what the same typedef stands for, and
 * no second candidate on either side.  Where they differ besides is told all the same.
 */
#include <string.h>

#include "atlas/bare.h"
#include "diff/internal.h"

/* Structs with fewer members are like many others. */
#define MIN_MEMBERS 3

struct candidates {
	VEC(const struct type_place *) items;
};

static bool has_name(const struct type_graph *graph, const struct type *type)
{
	size_t count;

	return type_graph_named(graph, type->kind, type->name, &count) != NULL;
}

/* Defined once on this side, and by a name that the other side does not know at all. */
static void collect(const struct diff_side *side, const struct diff_side *other, struct candidates *candidates)
{
	size_t count;
	const struct type_place *places = type_graph_places(side->graph, &count);

	for (size_t i = 0; i < count; i++) {
		const struct type_place *place = &places[i];

		if (place->type->kind != TYPE_TYPEDEF && !place->type->declared && place->same_name == 1 &&
		    !has_name(other->graph, place->type))
			vec_add(&candidates->items, place);
	}
}

static size_t word_length(const char *text)
{
	return strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
}

/* Equal, where the one type's name may stand for the other's. */
static bool same_text(const char *a, const struct type *old, const char *b, const struct type *new)
{
	while (a && b && *a && *b) {
		size_t length = word_length(a), other = word_length(b);
		bool words = length && other;

		if (!words && *a != *b)
			return false;
		if (words && !(length == other && strncmp(a, b, length) == 0) &&
		    !(strlen(old->name) == length && strncmp(old->name, a, length) == 0 && strlen(new->name) == other &&
		      strncmp(new->name, b, other) == 0))
			return false;
		a += words ? length : 1;
		b += words ? other : 1;
	}
	return (!a && !b) || (a && b && *a == *b);
}

static bool same_members(const struct type *old, const struct type *new)
{
	if (old->kind != new->kind || old->member_count != new->member_count ||
	    old->enumerator_count != new->enumerator_count || old->member_count + old->enumerator_count < MIN_MEMBERS)
		return false;
	for (uint32_t i = 0; i < old->member_count; i++) {
		const struct type_member *a = &old->members[i], *b = &new->members[i];

		if (!str_eq(a->name, b->name) || a->bit_size != b->bit_size || a->nested != b->nested ||
		    !same_text(a->type, old, b->type, new))
			return false;
	}
	for (uint32_t i = 0; i < old->enumerator_count; i++)
		if (!str_eq(old->enumerators[i].name, new->enumerators[i].name))
			return false;
	return true;
}

static bool same_layout(const struct type *old, const struct type *new)
{
	bool same = old->size_bytes == new->size_bytes;

	for (uint32_t i = 0; i < old->member_count; i++)
		same = same && old->members[i].offset_bits == new->members[i].offset_bits &&
		       old->members[i].size_bytes == new->members[i].size_bytes;
	for (uint32_t i = 0; i < old->enumerator_count; i++)
		same = same && old->enumerators[i].value == new->enumerators[i].value;
	return same;
}

static bool is_tag_of(const char *text, const struct type *type)
{
	const char *kind = type_kind_text(type->kind);
	size_t length = strlen(kind);

	return text && strncmp(text, kind, length) == 0 && text[length] == ' ' && str_eq(text + length + 1, type->name);
}

/* A typedef that stands for the one type before and for the other after. */
static const char *typedef_of_both(const struct diff *diff, const struct type *old, const struct type *new)
{
	size_t count, others;
	const struct type_place *places = type_graph_places(diff->old.graph, &count);

	for (size_t i = 0; i < count; i++) {
		const struct type *type = places[i].type;

		if (type->kind != TYPE_TYPEDEF || !is_tag_of(type->text, old))
			continue;
		const struct type_place *after = type_graph_named(diff->new.graph, TYPE_TYPEDEF, type->name, &others);

		if (after && others == 1 && places[i].same_name == 1 && is_tag_of(after->type->text, new))
			return type->name;
	}
	return NULL;
}

/* What says that the two are one type; NULL: nothing does. */
static const char *evidence_of(struct diff *diff, const struct type_place *old, const struct type_place *new)
{
	bool enums = old->type->kind == TYPE_ENUM;
	const char *what = enums ? "enumerators" : "members";
	unsigned count = enums ? old->type->enumerator_count : old->type->member_count;

	if (!same_members(old->type, new->type))
		return NULL;
	if (str_eq(old->object, new->object) && old->decl_file && str_eq(old->decl_file, new->decl_file))
		return arena_printf(diff->arena, "the same %u %s, in the same file", count, what);
	const char *name = typedef_of_both(diff, old->type, new->type);

	return name ? arena_printf(diff->arena, "the same %u %s, and %s stands for it", count, what, name) : NULL;
}

/* The only one of `candidates` that could be the same type as `place`; NULL: none, or more than one. */
static const struct type_place *only_match(struct diff *diff, const struct type_place *place,
					   const struct candidates *candidates, bool place_is_new,
					   const char **evidence)
{
	const struct type_place *found = NULL;

	for (size_t i = 0; i < candidates->items.count; i++) {
		const struct type_place *other = candidates->items.items[i];
		const char *says = place_is_new ? evidence_of(diff, other, place) : evidence_of(diff, place, other);

		if (!says)
			continue;
		if (found)
			return NULL;
		found = other;
		*evidence = says;
	}
	return found;
}

void find_type_moves(struct diff *diff)
{
	struct candidates olds = {0}, news = {0};
	const char *evidence = NULL;

	if (type_graph_known(diff->old.graph) && type_graph_known(diff->new.graph)) {
		collect(&diff->old, &diff->new, &olds);
		collect(&diff->new, &diff->old, &news);
	}
	for (size_t i = 0; i < olds.items.count; i++) {
		const struct type_place *old = olds.items.items[i];
		const struct type_place *new = only_match(diff, old, &news, false, &evidence);

		if (new &&only_match(diff, new, &olds, true, &evidence))
			vec_add(&diff->type_renames,
				((struct type_rename){old, new, evidence, same_layout(old->type, new->type)}));
	}
	vec_free(&olds.items);
	vec_free(&news.items);
}

const struct type_rename *type_rename_of(const struct diff *diff, const struct type *type)
{
	for (size_t i = 0; i < diff->type_renames.count; i++)
		if (diff->type_renames.items[i].old->type == type || diff->type_renames.items[i].new->type == type)
			return &diff->type_renames.items[i];
	return NULL;
}

/* One side's typedefs.  Of several definitions of a name nobody knows which is meant. */
struct side_typedefs {
	const struct type_graph *graph;
	bool doubt;
};

static const char *stands_for(void *context, const char *name)
{
	struct side_typedefs *side = context;
	size_t count;
	const struct type_place *places = type_graph_named(side->graph, TYPE_TYPEDEF, name, &count);

	if (!places)
		return NULL;
	for (size_t i = 1; i < count; i++)
		side->doubt = side->doubt || !str_eq(places[i].type->text, places[0].type->text);
	return places[0].type->text;
}

/* "struct mempool_s *pool" as "struct mempool *pool". */
static void add_renamed(const struct diff *diff, const char *text, bool all, struct str *renamed)
{
	str_add(renamed, "");
	while (*text) {
		size_t length = word_length(text);
		const char *name = text + length + 1;
		size_t behind = length && text[length] == ' ' ? word_length(name) : 0;
		const struct type_rename *found = NULL;

		for (size_t i = 0; behind && i < diff->type_renames.count; i++) {
			const struct type *old = diff->type_renames.items[i].old->type;
			const char *kind = type_kind_text(old->kind);

			if ((all || diff->type_renames.items[i].same_layout) && strlen(kind) == length &&
			    strncmp(kind, text, length) == 0 && strlen(old->name) == behind &&
			    strncmp(old->name, name, behind) == 0)
				found = &diff->type_renames.items[i];
		}
		str_addn(renamed, text, length ? length : 1);
		text += length ? length : 1;
		if (!found)
			continue;
		str_addf(renamed, " %s", found->new->type->name);
		text += 1 + behind;
	}
}

static bool same_types(const struct diff *diff, const char *before, const char *after, bool all)
{
	struct side_typedefs old = {diff->old.graph, false}, new = {diff->new.graph, false};
	const struct typedefs old_typedefs = {stands_for, &old}, new_typedefs = {stands_for, &new};
	AUTO_STR struct str was = {0}, is = {0}, renamed = {0};

	if (!before || !after || !type_graph_known(old.graph) || !type_graph_known(new.graph))
		return false;
	bare_types(before, &old_typedefs, &was);
	bare_types(after, &new_typedefs, &is);
	add_renamed(diff, was.data, all, &renamed);
	return !old.doubt && !new.doubt &&str_eq(renamed.data, is.data);
}

bool means_same(const struct diff *diff, const char *before, const char *after)
{
	return same_types(diff, before, after, true);
}

bool means_same_layout(const struct diff *diff, const char *before, const char *after)
{
	return same_types(diff, before, after, false);
}

enum diff_rule rule_by_meaning(const struct diff *diff, enum diff_rule rule, const char *before, const char *after)
{
	static const enum diff_rule pairs[][2] = {
		{RULE_PARAM_TYPE, RULE_PARAM_RESPELLED},
		{RULE_RETURN_TYPE, RULE_RETURN_RESPELLED},
		{RULE_TYPE_TARGET, RULE_TARGET_RESPELLED},
		{RULE_MEMBER_TYPE, RULE_MEMBER_RESPELLED},
	};

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		if (rule == pairs[i][0] && means_same(diff, before, after))
			return pairs[i][1];
	return rule;
}
