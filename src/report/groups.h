/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Results put together for a reader: what was said of one thing on several
 * images is said once; what was looked at is a matrix of things and images.
 */
#ifndef REPORT_GROUPS_H
#define REPORT_GROUPS_H

#include "atlas/report.h"

struct report_counts {
	size_t holds, unknown, suppressed, known;
	size_t findings[SEVERITY_COUNT]; /* those that have weight */
};

struct report_counts count_results(const struct report *report);

/* Results that differ in nothing but the image, as indexes into the results, in their order. */
struct result_group {
	size_t first; /* the result that stands for all */
	size_t *members;
	size_t count;
};

/* Without results that hold; worst first, else as they were added.  `members` and the array live in `arena`. */
const struct result_group *group_results(const struct report *report, struct arena *arena, size_t *count);
/* "on IMAGE", "on all N images", "on 3 of 14 images: A, B, C"; empty where the report has no images. */
const char *group_images(const struct report *report, const struct result_group *group, struct arena *arena);

/* The same for one who sees the matrix: "on 3 of 14 images: 2, 5-6", by the numbers of its columns. */
const char *group_numbers(const struct report *report, const struct result_group *group, struct arena *arena);

/* A thing of the matrix: kind and subject, and the worst result of each column, NULL: not looked at there. */
struct matrix_row {
	const char *kind, *subject;
	const struct result **cells;
};

const struct matrix_row *matrix_rows(const struct report *report, struct arena *arena, size_t *count);
/* A word or two. */
const char *cell_text(const struct result *result);
/* Of a result: "incompatible", "unknown", "suppressed", "known", "holds". */
const char *weight_text(const struct result *result);
/* Rules of the findings, each once, by id. */
const struct rule **used_rules(const struct report *report, struct arena *arena, size_t *count);
/* The place in `rules` of one that is there. */
size_t rule_index(const struct rule *const *rules, size_t count, const struct rule *rule);

#endif
