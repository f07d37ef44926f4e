/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows of the program as a table of SQLite's, `source_rows`, so that one
 * INSERT ... SELECT writes a whole table: three times as fast as one INSERT a row.
 */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include "store/internal.h"

#define ROW_VALUES 18

/* SQL's NULL among the integers of a row: a value that is no id, no count and no address. */
#define ROW_NULL ((int64_t)0x8badf00d5eed5eedULL)

struct row {
	int64_t values[ROW_VALUES]; /* columns v0, v1, ... */
	const char *text;	    /* column `text`; copied before the next row */
	uint32_t text_length;
};

struct row_source {
	const void *context;
	size_t count;
	/* Sets the values the statement asks for. */
	void (*fill)(const void *context, size_t n, struct row *row);
};

/* Makes `source_rows` known to the open database. */
struct error *rows_register(struct store *store) MUST_CHECK;
/* Runs the statement, which selects from `source_rows`. */
struct error *rows_insert(struct store *store, enum statement which, const struct row_source *source) MUST_CHECK;

#endif
