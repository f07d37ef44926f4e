/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of src/diff share: the two sides, and how a finding is told. */
#ifndef DIFF_INTERNAL_H
#define DIFF_INTERNAL_H

#include "atlas/bulk.h"
#include "atlas/presence.h"
#include "atlas/type_impact.h"
#include "atlas/type_store.h"
#include "diff/rules.h"

/* One of the two images, and what was read of it.  The two may be read at the same time: nothing is shared. */
struct diff_side {
	struct store *store;
	struct arena arena;
	const char *path; /* of the atlas */
	const struct image *image;
	const struct function *functions;
	size_t function_count;
	struct image_exports exports;
	const struct type_graph *graph;
};

/*
 * A function on both sides, or on one.  `renamed` is set where they go by two
 * names: the evidence, in words.
 */
struct function_pair {
	const struct function *old, *new; /* at most one is NULL */
	const char *renamed;
	const char *macro_over; /* the old name is a macro over this one now; also without `new`, if the prototypes
				   differ */
	const char *macro_why;
	bool gone; /* its function is in another pair now: skip it */
};

struct function_pairs {
	VEC(struct function_pair) items; /* by name, then by object */
};

/* A type that goes by two names. */
struct type_rename {
	const struct type_place *old, *new;
	const char *evidence; /* in words */
	bool same_layout;     /* size and offsets, too */
};

/* What could not be compared for one reason. */
struct diff_unknown {
	const char *kind, *reason, *first; /* `first`: the first subject */
	size_t count;
	bool expected; /* no fact is missing, there is none: a note, without weight for the status */
};

/* Exported functions, and what they reach. */
struct diff_impact {
	const struct function **functions;
	size_t count;
	struct type_impact *impact; /* NULL: not asked for */
};

/* Functions told by name of those that name a type. */
#define IMPACT_SHOWN 12

struct diff {
	const struct diff_options *options;
	struct report report;
	struct arena *arena; /* the report's */
	struct diff_side old, new;
	struct function_pairs functions;
	VEC(size_t) renames; /* of `functions`: the renamed ones */
	VEC(struct type_rename) type_renames;
	bool wanted[RULE_COUNT];
	VEC(struct diff_unknown) unknowns;
	struct diff_impact old_impact, new_impact;
};

/* sides.c */

/* Finds the image that `argument` means and opens its atlas; ended by side_close() even after an error. */
struct error *side_open(const struct diff_options *options, const char *argument, struct diff_side *side) MUST_CHECK;
void side_close(struct diff_side *side);
/* Reads what both sides need, both at once. */
struct error *sides_read(struct diff *diff) MUST_CHECK;

/* select.c */

/* Fills `wanted` from --kinds. */
struct error *select_rules(const struct diff_options *options, bool *wanted) MUST_CHECK;
bool wants_area(const struct diff *diff, enum diff_area area);
/* By --only and --family. */
bool wants_name(const struct diff *diff, const char *name);
/* The same and --exported; of a pair either name will do. */
bool wants_function(const struct diff *diff, const struct function_pair *pair);
bool is_exported(const struct function *function); /* NULL: no */

/* tell.c */

/* A finding, if its rule is wanted.  Texts are borrowed and live in the report's arena or as long as a store. */
struct result *tell(struct diff *diff, enum diff_rule rule, const char *kind, const char *subject, const char *message);
/* "parameter added: int n", "return type changed: int -> long"; in the report's arena. */
const char *change_message(struct diff *diff, enum diff_rule rule, const char *before, const char *after);
/* Something that could not be compared; `expected` as in struct diff_unknown. */
void tell_unknown(struct diff *diff, const char *kind, const char *subject, const char *reason, bool expected);
/* Unknown things as results, or folded into one result or note each. */
void tell_unknowns(struct diff *diff);

/* functions.c */
void pair_functions(struct diff *diff);
/* What each pair differs in, with where probes attach, in the order of names. */
void compare_functions(struct diff *diff);

/* moves.c */

/* Finds functions that go by another name now, among those that only one side has. */
struct error *find_moves(struct diff *diff) MUST_CHECK;

/* type_moves.c */

/* Finds types that go by another name now. */
void find_type_moves(struct diff *diff);
/* The rename whose old or new type this is; NULL: none. */
const struct type_rename *type_rename_of(const struct diff *diff, const struct type *type);
/* Two texts of types for the same: by typedefs, by renames of types, but for qualifiers.  NULL means nothing. */
bool means_same(const struct diff *diff, const char *before, const char *after);
/* The same, and no renamed type in them is laid out otherwise. */
bool means_same_layout(const struct diff *diff, const char *before, const char *after);
/* The rule, or its milder one where both texts mean the same type. */
enum diff_rule rule_by_meaning(const struct diff *diff, enum diff_rule rule, const char *before, const char *after);

/* attach.c */
void compare_attach(struct diff *diff, const struct function_pair *pair);
void compare_kernels(struct diff *diff);

/* types.c */
void compare_types(struct diff *diff);

/* layouts.c */
void find_impacts(struct diff *diff);
void compare_layouts(struct diff *diff);

/* exports.c */
void compare_all_exports(struct diff *diff);

#endif
