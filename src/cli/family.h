/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLI_FAMILY_H
#define CLI_FAMILY_H

#include "atlas/error.h"
#include "atlas/mem.h"

/*
 * --family WORDS: for each of the comma-separated words a glob that matches every name that has it in it, whatever the
 * case.  In `arena`; NULL where no word is left.  `*list` moves behind the word.
 */
const char *family_next(struct arena *arena, const char **list);
/* A list without a word would admit every name. */
struct error *family_check(const char *verb, const char *list) MUST_CHECK;

#endif
