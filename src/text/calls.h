/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Branches that lead from one function to the entry of another. */
#ifndef TEXT_CALLS_H
#define TEXT_CALLS_H

#include "text/text.h"

/* What a branch to an entry is. */
enum call_sort {
	CALL_PLAIN,
	CALL_PART,	  /* between a function and its own cold part */
	CALL_TRACE,	  /* to the tracer's entry */
	CALL_THUNK,	  /* to or in a thunk */
	CALL_STUB,	  /* in a linker's stub */
	CALL_ALTERNATIVE, /* in code that replaces other code */
	CALL_NAMELESS,	  /* from code without a symbol */
};

struct text_call {
	const struct text_branch *branch;
	const struct code_symbol *from; /* what it stands in; NULL: no symbol */
	const struct code_symbol *to;	/* the entry; NULL: an import, which the branch names */
	enum call_sort sort;
};

/* False if the branch is indirect, leads to no entry, or stays inside of its function. */
bool text_call_of(const struct text *text, const struct text_branch *branch, struct text_call *call);

/* The name of what is called. */
const char *text_call_name(const struct text_call *call);

/*
 * The function that a plain call ends up in, behind stubs of the linker, or a
 * label that other units can name; of an import `to` is NULL.  False if it is a
 * stub that leads nowhere known.
 */
bool text_call_function(const struct text *text, const struct text_call *call, const struct code_symbol **to);

/* Where a stub, or code without a name, jumps on to; compiled functions that end in a jump are not passed through. */
bool text_pass_on(const struct text *text, uint64_t *target);

/* Stubs may lead to stubs; more than this is a loop. */
#define MAX_STUBS 3

#endif
