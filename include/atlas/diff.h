/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: diff */
/*
 * What changed between two images: functions, exports, where probes attach,
 * types, and what is reached through prototypes, as results of a report.
 */
#ifndef ATLAS_DIFF_H
#define ATLAS_DIFF_H

#include <stdbool.h>

#include "atlas/error.h"
#include "atlas/report.h"
#include "atlas/str.h"

/* What is compared: the words of --kinds, and the first part of each rule's line in docs/rules.md. */
#define DIFF_AREAS(X)                  \
	X(DIFF_FUNCTIONS, "functions") \
	X(DIFF_EXPORTS, "exports")     \
	X(DIFF_ATTACH, "attach")       \
	X(DIFF_TYPES, "types")         \
	X(DIFF_LAYOUTS, "layouts")

#define ENUM_MEMBER(id, text) id,
enum diff_area { DIFF_AREAS(ENUM_MEMBER) DIFF_AREA_COUNT };
#undef ENUM_MEMBER

struct diff_options {
	const char *atlas_path; /* of images without a file */
	const char *old, *new;	/* image names or globs, FILE:IMAGE, or FILE (docs/verbs/diff.md) */
	struct globs only;	/* names of functions, exports and types */
	struct globs kinds;	/* areas, or globs of rule ids; none: all */
	struct globs family;	/* the same; not an error where neither image has one */
	bool exported;		/* only what is exported, and what that reaches */
	bool impact;		/* which exported functions a type's change reaches */
	bool unknown;		/* each thing that could not be compared, not only how many */
	unsigned depth;		/* layouts: how many names deep; 0: what the prototype names */
};

/* A comparison that was made.  Its report's texts live as long as it does. */
struct diff;

struct error *diff_new(const struct diff_options *options, struct diff **diff) MUST_CHECK;
struct report *diff_report(struct diff *diff);
void diff_free(struct diff *diff); /* NULL is fine */

/* The rule at `index`, and what it is about; NULL behind the last. */
const struct rule *diff_rule_at(size_t index, enum diff_area *area);
const char *diff_area_text(enum diff_area area);

#endif
