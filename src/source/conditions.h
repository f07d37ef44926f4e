/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The #if lines that are open at a place, and which of their branches are read.
 *
 * Where every branch leaves things as it found them, all are read.  Where one
 * does not (two heads of one function, an `if (x) {` in each), the first is,
 * and those after it are passed over: else no brace would find its partner.
 */
#ifndef SOURCE_CONDITIONS_H
#define SOURCE_CONDITIONS_H

#include "source/lex.h"

/* Where the text stands between the branches of an #if. */
struct place {
	bool between; /* no declaration is begun */
	bool whole;   /* no statement or element is begun */
	size_t depth; /* open braces and parentheses */
};

struct condition {
	const char *text;   /* what holds in this branch; NULL: nothing to tell */
	const char *others; /* what held in none of the branches before: "!A && !B" */
	struct place at_if;
	bool passed_over;	/* this branch is not read */
	bool rest_passed_over;	/* nor are those that follow */
	bool outer_passed_over; /* nor would any be */
};

struct conditions {
	struct arena *arena; /* texts live here; borrowed */
	VEC(struct condition) open;
	bool passing_over; /* what comes now is not read */
};

void conditions_free(struct conditions *conditions);
/* A directive that may be an #if, #else, #endif; others change nothing. */
void conditions_meet(struct conditions *conditions, const struct tokens *tokens, size_t index,
		     const struct place *place);
/* All that are open, joined with " && "; NULL for none. */
const char *conditions_text(const struct conditions *conditions);

/* The word after the # ("ifdef"), and where the rest of the line begins. */
size_t directive_word(const struct tokens *tokens, size_t index, char *word, size_t room);
/* Text on one line: comments and continuations left out, blanks made one. */
char *text_on_one_line(struct arena *arena, const char *text, size_t length);

#endif
