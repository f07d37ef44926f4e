/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What macros of file scope make: data/source_macros.tsv. */
#ifndef SOURCE_MACROS_H
#define SOURCE_MACROS_H

#include "source/lex.h"

enum macro_what {
	MACRO_UNKNOWN,
	MACRO_NONE, /* known to be none of the others */
	MACRO_EXPORT,
	MACRO_INITCALL,
	MACRO_SYSCALL,
	MACRO_FUNCTION,
	MACRO_MODULE,
};

struct macro {
	enum macro_what what;
	const char *names; /* what it makes, separated by blanks; %1: its first argument, %2; "-": not known */
	const char *more;
};

/* Once, before any thread asks; again does nothing. */
void macros_init(void);
/* Static; its `what` is MACRO_UNKNOWN where the table has none. */
const struct macro *macro_find(const char *name, size_t length);
/* A call of it is a declaration of its own, with or without a semicolon. */
bool macro_ends_item(const char *name, size_t length);
/* Written like a macro: no small letters, or declared by DEFINE and DECLARE. */
bool macro_like(const struct tokens *tokens, size_t word);

#endif
