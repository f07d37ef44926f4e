/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What words mean: C's own, and those of data/source_words.tsv. */
#ifndef SOURCE_WORDS_H
#define SOURCE_WORDS_H

#include <stddef.h>

#include "source/lex.h"

/* Once, before any thread asks; again does nothing. */
void words_init(void);
enum word word_of(const char *text, size_t length);

#endif
