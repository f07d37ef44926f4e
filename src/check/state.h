/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What one image has of one dependency, and what is wrong with it. */
#ifndef CHECK_STATE_H
#define CHECK_STATE_H

#include "atlas/image.h"
#include "atlas/lookup.h"
#include "atlas/store.h"
#include "atlas/type.h"
#include "check/dependency.h"
#include "check/rules.h"

enum found {
	FOUND_UNKNOWN, /* the atlas cannot tell */
	FOUND_NO,
	FOUND_YES,
};

struct issue {
	struct issue *next;
	enum check_rule rule;
	const char *message;
};

/* Texts live in the arena of the run. */
struct state {
	enum found found;
	bool no_symbol;	     /* vmlinux has no symbol of it; whether it was inlined may be unknown */
	bool not_in_vmlinux; /* vmlinux does not have it, and modules were not read */
	const char *missing; /* why found is not yes */
	const char *values[STATE_VALUE_COUNT];
	struct issue *issues;	   /* in the order they were found */
	struct str_list *unknowns; /* what could not be judged */
	/* What the function reaches, with --layouts; NULL: not asked for, or not known. */
	const struct type_graph *graph;
	const struct prototype *prototype;
	struct type_scope scope;
	const char *remark; /* what else there is to say where it holds */
};

struct str_list {
	struct str_list *next;
	const char *text;
};

struct look_typedef {
	const char *name, *text; /* NULL: it is none */
	bool doubt;		 /* several definitions that mean different things */
};

/* An image being asked. */
struct look {
	struct store *store;
	struct arena *arena;
	const struct image *image;
	bool layouts;	  /* of what prototypes reach, too */
	bool attach_only; /* of many at once: whether they attach, not their prototypes */
	/* Exports of its modules, read when first needed. */
	const struct exported_symbol *module_exports;
	size_t module_export_count, modules_unread;
	bool module_exports_read;
	bool types_asked, types_known;	   /* of vmlinux */
	size_t modules_typed;		   /* modules whose types were read */
	VEC(struct look_typedef) typedefs; /* those that were asked for */
	/* Names that the last pattern matched, in any image. */
	const char *pattern;
	const char *const *names;
	size_t name_count;
};

void state_issue(struct look *look, struct state *state, enum check_rule rule, const char *fmt, ...) PRINTF_LIKE(4, 5);
void state_unknown(struct look *look, struct state *state, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* Absent, with the issue that says so. */
void state_absent(struct look *look, struct state *state, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* What a state is held against. */
struct reference {
	const struct state *state;  /* NULL: nothing */
	const char *where;	    /* what it is of, for messages */
	const struct state *placed; /* for offsets and sizes, and what is built in; NULL: these are not compared */
	const char *placed_where;
	const char *image; /* of a baseline: the image it was taken from, else NULL */
};

/* What changed since, as issues of `state`.  States may be the same. */
void state_compare(struct look *look, const struct dependency *dependency, const struct reference *reference,
		   struct state *state);

#endif
