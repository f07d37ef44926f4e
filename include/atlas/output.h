/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: output */
/*
 * Rows of columns for a person or a script: an aligned table, CSV or JSON.
 *
 *	struct output *out = output_new(OUTPUT_CSV, stdout);
 *	struct error *err = output_header(out, 2, names);
 *
 *	if (!err)
 *		err = output_row(out, 2, values, NULL);
 *	err = output_end(out, err);
 */
#ifndef ATLAS_OUTPUT_H
#define ATLAS_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include "atlas/error.h"
#include "atlas/store.h"

enum output_format {
	OUTPUT_TABLE, /* aligned columns under a header; nothing for no rows but the header */
	OUTPUT_CSV,   /* RFC 4180: header row, CR LF, quoted only where needed; NULL is empty */
	OUTPUT_JSON,  /* an array of objects; numbers are numbers, NULL is null */
};

struct output;

/* Owned by the caller, ended by output_end().  `file` is borrowed. */
struct output *output_new(enum output_format format, FILE *file);
struct error *output_header(struct output *out, int columns, const char *const *names) MUST_CHECK;
/* A value is NULL where nothing is known; `numeric` tells numbers from text, NULL: all text. */
struct error *output_row(struct output *out, int columns, const char *const *values, const bool *numeric) MUST_CHECK;
/* Writes what is left unless there was an error, and frees.  Takes and returns `err`, or what writing met. */
struct error *output_end(struct output *out, struct error *err) MUST_CHECK;

/* The store's results into `out`, which must outlive the sink. */
struct result_sink output_sink(struct output *out);

#endif
