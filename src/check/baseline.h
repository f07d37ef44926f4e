/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A baseline: what the dependencies looked like when somebody accepted it, as JSON
 * Lines, sorted, to be committed beside the list (docs/verbs/check.md describes it).
 */
#ifndef CHECK_BASELINE_H
#define CHECK_BASELINE_H

#include "atlas/report.h"
#include "check/run.h"

#define BASELINE_FORMAT 2

struct baseline_image {
	const char *name, *arch;
};

/* A dependency as it was on some images. */
struct baseline_row {
	const char *kind, *subject;
	const char **images; /* ends in NULL */
	struct state state;
};

struct baseline_finding {
	const char *kind, *subject, *rule, *image, *message;
};

struct baseline {
	struct arena arena;
	VEC(struct baseline_image) images; /* ascending version */
	VEC(struct baseline_row) rows;	   /* by kind and subject, as the findings */
	VEC(struct baseline_finding) findings;
};

/* A damaged one, or one of another format, is an error that names the line. */
struct error *baseline_read(const char *path, struct baseline *baseline) MUST_CHECK;
void baseline_fini(struct baseline *baseline);

/* By a temporary file and rename: never half written. */
struct error *baseline_write(const char *path, const struct run *run, const struct report *report) MUST_CHECK;

/*
 * The state to compare with: of the same image; failing that, of the last image
 * of the same architecture that had it; failing that, of the last that had it.
 * NULL if there is none; `from` is the image it was taken from.
 */
const struct state *baseline_find(const struct baseline *baseline, const struct dependency *dependency,
				  const struct image *image, const struct baseline_image **from);

/* Marks findings that were accepted: `from` is baseline_find()'s image, NULL: the finding's own. */
bool baseline_knows(const struct baseline *baseline, const struct result *result, const char *from);

#endif
