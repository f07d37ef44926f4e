/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The formats behind output.h: each a table of functions. */
#ifndef OUTPUT_WRITERS_H
#define OUTPUT_WRITERS_H

#include "atlas/json_writer.h"
#include "atlas/mem.h"
#include "atlas/output.h"
#include "atlas/str.h"

/* Rows a table waits for before it decides how wide its columns are; later rows may be wider. */
#define TABLE_SAMPLE_ROWS 2000

struct cell {
	const char *text; /* in the arena; never NULL */
	bool numeric;
};

struct output {
	const struct output_writer *writer;
	FILE *file;
	struct str text; /* not written yet */
	int columns;
	/* table.c */
	struct arena arena;
	VEC(struct cell) cells; /* of the header and the rows that wait */
	size_t *widths;		/* by column; NULL until decided */
	bool *right;		/* by column: numbers stand to the right */
	/* json.c */
	struct json_writer json;
	const char **names; /* in the arena */
};

struct output_writer {
	void (*header)(struct output *out, const char *const *names);
	void (*row)(struct output *out, const char *const *values, const bool *numeric);
	void (*end)(struct output *out);
};

extern const struct output_writer table_writer, csv_writer, json_writer;

#endif
