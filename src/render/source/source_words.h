/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words of source pages: tables of data/, each of which a file of the same
 * name in a directory of the user's replaces.
 */
#ifndef ATLAS_RENDER_SOURCE_WORDS_H
#define ATLAS_RENDER_SOURCE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "atlas/digest.h"
#include "atlas/error.h"
#include "atlas/mem.h"

struct source_words;

/* `dir` may be NULL.  An error names the file and the line. */
struct error *source_words_open(const char *dir, struct source_words **words) MUST_CHECK;
void source_words_close(struct source_words *words); /* NULL is none */

digest source_words_key(const struct source_words *words);

/* Texts live with the words, but for a bucket that is part of the path: in the arena. */
struct source_domain {
	const char *domain, *bucket;
	const char *why, *note; /* may be empty */
};

void source_words_domain(const struct source_words *words, struct arena *arena, const char *path,
			 struct source_domain *domain);

struct source_role {
	const char *words, *status, *status_words;
};

/* `key` as data/roles.tsv has it; one that is not there is its own words. */
struct source_role source_words_role(const struct source_words *words, const char *key);

struct source_trait {
	const char *name, *kind, *sentence, *advice;
};

/* The n-th trait; `name` NULL behind the last. */
struct source_trait source_words_trait(const struct source_words *words, size_t n);

struct source_primitive {
	const char *kind, *what; /* NULL: none */
};

struct source_primitive source_words_primitive(const struct source_words *words, const char *name);

#endif
