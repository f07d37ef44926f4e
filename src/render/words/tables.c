// SPDX-License-Identifier: GPL-2.0-or-later
#include "tables.h"

#include <string.h>

#include "atlas/embed.h"
#include "atlas/mem.h"
#include "atlas/str.h"

#define COLUMNS_MAX 4

typedef void add_row(const char *const *columns);

static VEC(struct suffix_entry) suffixes;

/* Splits `line` in place; rows with too few columns are left out. */
static void read_row(char *line, size_t columns, add_row *add)
{
	const char *values[COLUMNS_MAX];
	size_t count = 0;

	while (line && count < columns) {
		char *tab = strchr(line, '\t');

		values[count++] = line;
		if (tab)
			*tab++ = '\0';
		line = tab;
	}
	if (count == columns)
		add(values);
}

/* The text is read once and kept: rows point into it. */
static void read_table(const char *file, size_t columns, add_row *add)
{
	const char *text = embedded(file, NULL);

	if (!text)
		return;
	char *rest = xstrdup(text), *line;

	while ((line = strsep(&rest, "\n")))
		if (*line && *line != '#')
			read_row(line, columns, add);
}

static void add_suffix(const char *const *columns)
{
	enum sees sees = SEES_UNKNOWN;

	if (strcmp(columns[2], "yes") == 0)
		sees = SEES_EVERY_CALL;
	else if (strcmp(columns[2], "no") == 0)
		sees = SEES_NOT_ALL;
	vec_add(&suffixes, ((struct suffix_entry){columns[0], columns[1], sees}));
}

const struct suffix_entry *suffix_find(const char *suffix, size_t length)
{
	if (!suffixes.items)
		read_table("data/suffixes.tsv", 3, add_suffix);
	for (size_t i = 0; i < suffixes.count; i++)
		if (strlen(suffixes.items[i].suffix) == length && memcmp(suffixes.items[i].suffix, suffix, length) == 0)
			return &suffixes.items[i];
	return NULL;
}
