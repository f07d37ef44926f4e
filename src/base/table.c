// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/table.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "atlas/embed.h"

static void add_row(struct table *table, const char *line, size_t length, size_t fields)
{
	char *text = arena_strndup(&table->arena, line, length);
	size_t count = 1;

	for (size_t i = 0; i < length; i++)
		count += text[i] == '\t';
	struct table_row *row = vec_push(&table->rows);
	size_t room = count < fields ? fields : count;

	row->fields = arena_alloc(&table->arena, room * sizeof(*row->fields));
	row->count = count;
	for (size_t i = 0; i < room; i++) {
		char *field = i < count ? strsep(&text, "\t") : NULL;

		row->fields[i] = field ? field : "";
	}
}

void table_load(struct table *table, const char *name, size_t fields)
{
	char path[64];
	size_t length;

	memset(table, 0, sizeof(*table));
	snprintf(path, sizeof(path), "data/%s.tsv", name);
	const char *text = embedded(path, &length);

	assert(text && "a table of data/ is part of the program");
	for (const char *end = text + length; text < end;) {
		const char *eol = memchr(text, '\n', (size_t)(end - text));
		size_t line = eol ? (size_t)(eol - text) : (size_t)(end - text);

		if (line && *text != '#')
			add_row(table, text, line, fields);
		text += line + 1;
	}
}

void table_fini(struct table *table)
{
	arena_fini(&table->arena);
	vec_free(&table->rows);
}
