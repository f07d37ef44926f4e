// SPDX-License-Identifier: GPL-2.0-or-later
#include "check/dependency.h"

#include <stdlib.h>
#include <string.h>

#include "atlas/str.h"

#define ENUM_TEXT(id, text) [id] = (text),
static const char *const kind_texts[] = {DEPENDENCY_KINDS(ENUM_TEXT)};
static const char *const value_texts[] = {STATE_VALUES(ENUM_TEXT)};
#undef ENUM_TEXT

const char *dependency_kind_text(enum dependency_kind kind)
{
	return kind_texts[kind];
}

bool dependency_kind_parse(const char *word, enum dependency_kind *kind)
{
	for (int i = 0; i < DEPENDENCY_KIND_COUNT; i++) {
		if (str_eq(word, kind_texts[i])) {
			*kind = (enum dependency_kind)i;
			return true;
		}
	}
	return false;
}

const char *state_value_text(enum state_value value)
{
	return value_texts[value];
}

enum state_value state_value_spelled(enum state_value value)
{
	if (value == VALUE_BARE_RETURNS)
		return VALUE_RETURNS;
	if (value == VALUE_BARE_PARAMETERS)
		return VALUE_PARAMETERS;
	return value == VALUE_BARE_TYPE ? VALUE_TYPE : value;
}

void dependencies_fini(struct dependencies *dependencies)
{
	vec_free(&dependencies->items);
	vec_free(&dependencies->notes);
	arena_fini(&dependencies->arena);
}

struct dependency *dependency_add(struct dependencies *dependencies, enum dependency_kind kind, const char *subject,
				  const char *file, uint32_t line)
{
	struct dependency *made = vec_push(&dependencies->items);

	*made = (struct dependency){
		.kind = kind,
		.subject = arena_strdup(&dependencies->arena, subject),
		.file = file,
		.line = line,
	};
	return made;
}

static int compare(const void *left, const void *right)
{
	const struct dependency *a = left, *b = right;
	int order = strcmp(a->subject, b->subject);

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (order)
		return order;
	order = strcmp(a->file ? a->file : "", b->file ? b->file : "");
	return order ? order : (a->line > b->line) - (a->line < b->line);
}

/* One that is needed stands for all of its name, wherever it is named first. */
static void merge(struct dependency *into, const struct dependency *other)
{
	if (!other->optional && (into->optional || !other->own.alternative)) {
		into->own.alternative = other->own.alternative;
		into->why = other->why;
		into->file = other->file;
		into->line = other->line;
	}
	into->optional = into->optional && other->optional;
}

void dependencies_sort(struct dependencies *dependencies)
{
	struct dependency *items = dependencies->items.items;
	size_t kept = 0;

	if (dependencies->items.count < 2)
		return;
	qsort(items, dependencies->items.count, sizeof(*items), compare);
	for (size_t i = 1; i < dependencies->items.count; i++) {
		if (items[i].kind == items[kept].kind && str_eq(items[i].subject, items[kept].subject))
			merge(&items[kept], &items[i]);
		else
			items[++kept] = items[i];
	}
	dependencies->items.count = kept + 1;
}
