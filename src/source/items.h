/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file cut into its declarations and definitions, by braces, semicolons and
 * what a line of kernel source begins with: what one of them spoils ends with
 * it.
 */
#ifndef SOURCE_ITEMS_H
#define SOURCE_ITEMS_H

#include "source/lex.h"

/* Braces and parentheses in one another; deeper ones nobody writes, and parsers suffer. */
#define MAX_NESTING 200

enum item_shape {
	ITEM_OTHER,    /* a prototype, a variable, a macro's call */
	ITEM_FUNCTION, /* ends with a body */
	ITEM_TYPE,     /* has the body of a struct, union or enum */
	ITEM_VALUE,    /* initialised with braces */
};

struct item {
	enum item_shape shape;
	size_t first, end;     /* tokens [first, end) */
	size_t body;	       /* its first brace; `end` without one */
	const char *condition; /* see struct source_function */
	bool unbalanced;       /* it ended before its braces did */
	bool too_deep;
};

struct item_reader {
	void *context;
	void (*item)(void *context, const struct item *item);
	/* Any directive that is read; `condition` for an #include only. */
	void (*directive)(void *context, size_t index, const char *condition);
	/* A word of a branch that is passed over, within a declaration. */
	void (*passed_over)(void *context, size_t index);
};

/* Blanks what is not read of `tokens`. */
void items_read(struct tokens *tokens, struct arena *arena, const struct item_reader *reader);

#endif
