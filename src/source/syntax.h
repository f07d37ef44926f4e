/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The C parser.  One for each thread. */
#ifndef SOURCE_SYNTAX_H
#define SOURCE_SYNTAX_H

#include "source/gather.h"

/* The error that says that the program was built without it; then nothing else here may be called. */
struct error *syntax_refusal(void) MUST_CHECK;

struct syntax *syntax_new(void);
void syntax_free(struct syntax *syntax);

/* What the head of a function says. */
struct syntax_head {
	size_t name_at; /* of the name; SIZE_MAX: the parser found no function */
	size_t name_length;
	bool errors;	    /* some of the head is no plain C: an unknown annotation */
	bool made;	    /* the name is a macro's call: FNAME(walk)(args) */
	size_t argument_at; /* of that macro's first argument */
	size_t argument_length;
};

/* `text` of `length` bytes stands at byte `base` of the file. */
void syntax_head(struct syntax *syntax, const char *text, size_t length, size_t base, struct syntax_head *head);
/*
 * Calls, types and tables of a body or a definition, into `gather`.  `what`
 * names it in a problem; `tables`: initialisers are looked for.
 */
void syntax_definition(struct gather *gather, const char *text, size_t length, size_t base, const char *what,
		       bool tables);

#endif
