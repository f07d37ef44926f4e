// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Declarations compared by their text, in two ways: as the published pages do
 * it, and so that a reader is not misled.
 *
 * The published way calls a parameter reordered when one was inserted before
 * it, and lets unnamed parameters collapse into one.
 */
#include "atlas/prototype_differences.h"

#include <ctype.h>
#include <string.h>

#include "atlas/str.h"

#define NO_MATCH UINT32_MAX

static bool is_unnamed(const struct param *param)
{
	return strcmp(param->name, "(anon)") == 0;
}

static const char *join_names(struct arena *arena, const struct param *params, uint32_t count)
{
	AUTO_STR struct str text = {0};

	for (uint32_t i = 0; i < count; i++) {
		str_add(&text, i ? ", " : "");
		str_add(&text, params[i].name);
	}
	return arena_strdup(arena, text.data ? text.data : "");
}

static uint32_t find_name(const struct param *params, uint32_t count, const char *name)
{
	for (uint32_t i = 0; i < count; i++)
		if (strcmp(params[i].name, name) == 0)
			return i;
	return NO_MATCH;
}

/* Each name once: at its first place, with its last declaration. */
static struct prototype unique_names(struct arena *arena, const struct prototype *prototype)
{
	struct param *params = arena_alloc(arena, (prototype->count + 1) * sizeof(*params));
	uint32_t count = 0;

	for (uint32_t i = 0; i < prototype->count; i++) {
		uint32_t known = find_name(params, count, prototype->params[i].name);

		params[known == NO_MATCH ? count++ : known] = prototype->params[i];
	}
	return (struct prototype){prototype->returns, params, count};
}

static void add_missing(const struct prototype *of, const struct prototype *in, enum change_kind kind,
			struct differences *differences)
{
	for (uint32_t i = 0; i < of->count; i++) {
		const char *decl = of->params[i].decl;

		if (find_name(in->params, in->count, of->params[i].name) != NO_MATCH)
			continue;
		if (kind == CHANGE_PARAM_ADDED)
			differences_add(differences, kind, NULL, decl);
		else
			differences_add(differences, kind, decl, NULL);
	}
}

void differences_published(struct arena *arena, const struct prototype *before, const struct prototype *after,
			   struct differences *differences)
{
	struct prototype old = unique_names(arena, before), new = unique_names(arena, after);
	bool reordered = false;

	add_missing(&new, &old, CHANGE_PARAM_ADDED, differences);
	add_missing(&old, &new, CHANGE_PARAM_REMOVED, differences);
	for (uint32_t i = 0; i < old.count; i++) {
		uint32_t at = find_name(new.params, new.count, old.params[i].name);

		reordered |= at != NO_MATCH && at != i;
	}
	if (reordered)
		differences_add(differences, CHANGE_PARAM_REORDERED, join_names(arena, old.params, old.count),
				join_names(arena, new.params, new.count));
	for (uint32_t i = 0; i < old.count; i++) {
		uint32_t at = find_name(new.params, new.count, old.params[i].name);

		if (at != NO_MATCH && strcmp(old.params[i].decl, new.params[at].decl) != 0)
			differences_add(differences, CHANGE_PARAM_TYPE, old.params[i].decl, new.params[at].decl);
	}
	if (strcmp(before->returns, after->returns) != 0)
		differences_add(differences, CHANGE_RETURN_TYPE, before->returns, after->returns);
}

/* Where in `decl` its own name stands as a word: the last place outside a nested list, else NULL. */
static const char *name_in_decl(const struct param *param)
{
	size_t length = strlen(param->name);

	for (const char *at = param->decl; (at = strstr(at, param->name)); at++) {
		bool starts = at == param->decl || !(isalnum((unsigned char)at[-1]) || at[-1] == '_');

		/* Followed by nothing, an array bound, or the ")(" of a pointer to a function: not a type's name. */
		if (starts && (at[length] == '\0' || at[length] == '[' || at[length] == ')'))
			return at;
	}
	return NULL;
}

/* The declaration with its name taken out: what two parameters of the same type share. */
static bool same_type(const struct param *a, const struct param *b)
{
	const char *in_a = name_in_decl(a);
	const char *in_b = name_in_decl(b);

	if (!in_a || !in_b)
		return strcmp(a->decl, b->decl) == 0;
	size_t head = (size_t)(in_a - a->decl);

	return head == (size_t)(in_b - b->decl) && memcmp(a->decl, b->decl, head) == 0 &&
	       strcmp(in_a + strlen(a->name), in_b + strlen(b->name)) == 0;
}

/* Which new parameter each old one became; NO_MATCH for none. */
struct matching {
	const struct prototype *old, *new;
	uint32_t *to_new;
	uint32_t *to_old;
};

static void match(struct matching *matching, uint32_t old, uint32_t new)
{
	matching->to_new[old] = new;
	matching->to_old[new] = old;
}

static void match_names(struct matching *matching)
{
	for (uint32_t i = 0; i < matching->old->count; i++) {
		if (is_unnamed(&matching->old->params[i]))
			continue;
		for (uint32_t j = 0; j < matching->new->count; j++) {
			if (matching->to_old[j] == NO_MATCH &&
			    strcmp(matching->old->params[i].name, matching->new->params[j].name) == 0) {
				match(matching, i, j);
				break;
			}
		}
	}
}

/* What is left, place by place from both ends: the same type under another name, or without one. */
static void match_places(struct matching *matching)
{
	uint32_t old = matching->old->count, new = matching->new->count;

	for (uint32_t i = 0; i < old && i < new; i++) {
		const struct param *a = &matching->old->params[i], *b = &matching->new->params[i];
		bool nameless = is_unnamed(a) || is_unnamed(b);

		if (matching->to_new[i] == NO_MATCH && matching->to_old[i] == NO_MATCH &&
		    ((nameless && old == new) || same_type(a, b)))
			match(matching, i, i);
	}
	for (uint32_t i = 1; i <= old && i <= new; i++)
		if (matching->to_new[old - i] == NO_MATCH && matching->to_old[new - i] == NO_MATCH &&
		    same_type(&matching->old->params[old - i], &matching->new->params[new - i]))
			match(matching, old - i, new - i);
}

static bool is_reordered(const struct matching *matching)
{
	uint32_t last = 0;

	for (uint32_t i = 0; i < matching->old->count; i++) {
		uint32_t at = matching->to_new[i];

		if (at == NO_MATCH)
			continue;
		if (at < last)
			return true;
		last = at;
	}
	return false;
}

static void compare_matched(const struct param *old, const struct param *new, struct differences *differences)
{
	bool same_name = strcmp(old->name, new->name) == 0;
	bool nameless = is_unnamed(old) || is_unnamed(new);

	if (same_name ? strcmp(old->decl, new->decl) != 0 : nameless && !same_type(old, new))
		differences_add(differences, CHANGE_PARAM_TYPE, old->decl, new->decl);
	else if (!same_name && !nameless)
		differences_add(differences, CHANGE_PARAM_RENAMED, old->decl, new->decl);
}

static void tell_matching(struct arena *arena, const struct matching *matching, struct differences *differences)
{
	const struct prototype *old = matching->old, *new = matching->new;

	for (uint32_t j = 0; j < new->count; j++)
		if (matching->to_old[j] == NO_MATCH)
			differences_add(differences, CHANGE_PARAM_ADDED, NULL, new->params[j].decl);
	for (uint32_t i = 0; i < old->count; i++)
		if (matching->to_new[i] == NO_MATCH)
			differences_add(differences, CHANGE_PARAM_REMOVED, old->params[i].decl, NULL);
	if (is_reordered(matching))
		differences_add(differences, CHANGE_PARAM_REORDERED, join_names(arena, old->params, old->count),
				join_names(arena, new->params, new->count));
	for (uint32_t i = 0; i < old->count; i++)
		if (matching->to_new[i] != NO_MATCH)
			compare_matched(&old->params[i], &new->params[matching->to_new[i]], differences);
}

static uint32_t *no_matches(struct arena *arena, uint32_t count)
{
	uint32_t *matches = arena_alloc(arena, (count + 1) * sizeof(*matches));

	for (uint32_t i = 0; i < count; i++)
		matches[i] = NO_MATCH;
	return matches;
}

bool same_prototypes(const struct prototype *a, const struct prototype *b)
{
	if (!a || !b || a->count != b->count || strcmp(a->returns, b->returns) != 0)
		return false;
	for (uint32_t i = 0; i < a->count; i++)
		if (strcmp(a->params[i].decl, b->params[i].decl) != 0)
			return false;
	return true;
}

void differences_prototypes(struct arena *arena, const struct prototype *before, const struct prototype *after,
			    struct differences *differences)
{
	if (same_prototypes(before, after))
		return;
	struct matching matching = {before, after, no_matches(arena, before->count), no_matches(arena, after->count)};

	match_names(&matching);
	match_places(&matching);
	tell_matching(arena, &matching, differences);
	if (strcmp(before->returns, after->returns) != 0)
		differences_add(differences, CHANGE_RETURN_TYPE, before->returns, after->returns);
}
