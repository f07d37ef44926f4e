// SPDX-License-Identifier: GPL-2.0-or-later
#include "check/members.h"

#include <string.h>

#include "atlas/mem.h"

/* Lists longer than this end in a count: a report is read by people. */
#define LISTED 8

struct member_row {
	const char *offset, *name, *type;
};

struct member_rows {
	char *text; /* owned; the rows point into it */
	const char *size;
	VEC(struct member_row) rows;
};

static void parse(const char *text, struct member_rows *rows)
{
	char *state = NULL, *part;

	*rows = (struct member_rows){.text = xstrdup(text)};
	rows->size = strtok_r(rows->text, ";", &state);
	while ((part = strtok_r(NULL, ";", &state))) {
		struct member_row row = {.offset = part, .name = "", .type = ""};
		char *space = strchr(part, ' ');

		if (space) {
			*space = '\0';
			row.name = space + 1;
			space = strchr(space + 1, ' ');
		}
		if (space) {
			*space = '\0';
			row.type = space + 1;
		}
		vec_add(&rows->rows, row);
	}
}

static void free_rows(struct member_rows *rows)
{
	vec_free(&rows->rows);
	free(rows->text);
}

static const struct member_row *find(const struct member_rows *rows, const char *name)
{
	for (size_t i = 0; i < rows->rows.count; i++)
		if (str_eq(rows->rows.items[i].name, name))
			return &rows->rows.items[i];
	return NULL;
}

/* A list with a limit: what is beyond it is only counted. */
struct listing {
	struct str *text;
	size_t count;
};

static void list(struct listing *listing, const char *name, const char *before, const char *after)
{
	if (listing->count++ >= LISTED)
		return;
	str_addf(listing->text, "%s%s", listing->count > 1 ? ", " : "", name);
	if (before)
		str_addf(listing->text, " (%s -> %s)", before, after);
}

static void finish(struct listing *listing)
{
	if (listing->count > LISTED)
		str_addf(listing->text, " and %zu more", listing->count - LISTED);
}

void members_compare(const char *before, const char *after, struct member_changes *changes)
{
	struct listing removed = {&changes->removed, 0}, retyped = {&changes->retyped, 0};
	struct listing moved = {&changes->moved, 0}, added = {&changes->added, 0};
	struct member_rows old, new;

	parse(before, &old);
	parse(after, &new);
	if (old.size && new.size && !str_eq(old.size, new.size))
		list(&moved, "size", old.size, new.size);
	for (size_t i = 0; i < old.rows.count; i++) {
		const struct member_row *was = &old.rows.items[i], *is = find(&new, was->name);

		if (!is)
			list(&removed, was->name, NULL, NULL);
		else if (!str_eq(was->type, is->type))
			list(&retyped, was->name, was->type, is->type);
		else if (!str_eq(was->offset, is->offset))
			list(&moved, was->name, was->offset, is->offset);
	}
	for (size_t i = 0; i < new.rows.count; i++)
		if (!find(&old, new.rows.items[i].name))
			list(&added, new.rows.items[i].name, NULL, NULL);
	finish(&removed);
	finish(&retyped);
	finish(&moved);
	finish(&added);
	free_rows(&old);
	free_rows(&new);
}

void member_changes_fini(struct member_changes *changes)
{
	str_free(&changes->removed);
	str_free(&changes->retyped);
	str_free(&changes->moved);
	str_free(&changes->added);
}
