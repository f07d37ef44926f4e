// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/renames.h"

#include <stdbool.h>
#include <string.h>

#include "atlas/mem.h"
#include "atlas/table.h"

static VEC(struct rename_entry) renames;

/* Read once and kept: entries point into the table. */
static void load(void)
{
	static struct table table;

	if (renames.items)
		return;
	table_load(&table, "renames", 4);
	for (size_t i = 0; i < table.rows.count; i++) {
		const char **fields = table.rows.items[i].fields;
		bool since = strcmp(fields[2], "-") != 0;

		vec_add(&renames, ((struct rename_entry){fields[0], fields[1], since ? fields[2] : NULL, fields[3]}));
	}
}

const struct rename_entry *rename_of_macro(const char *name)
{
	load();
	for (size_t i = 0; i < renames.count; i++)
		if (strcmp(renames.items[i].name, name) == 0)
			return &renames.items[i];
	return NULL;
}

const struct rename_entry *rename_over(const char *over, size_t n)
{
	load();
	for (size_t i = 0; i < renames.count; i++)
		if (strcmp(renames.items[i].over, over) == 0 && n-- == 0)
			return &renames.items[i];
	return NULL;
}
