/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: base */
/* The program's own tables (data/NAME.tsv): lines of tab-separated fields, `#` begins a comment line. */
#ifndef ATLAS_TABLE_H
#define ATLAS_TABLE_H

#include <stddef.h>

#include "atlas/mem.h"

struct table_row {
	const char **fields; /* never NULL; missing ones are "" */
	size_t count;
};

struct table {
	struct arena arena;
	VEC(struct table_row) rows;
};

/* Rows have at least `fields` fields.  The name is a file of data/, without ".tsv". */
void table_load(struct table *table, const char *name, size_t fields);
void table_fini(struct table *table);

#endif
