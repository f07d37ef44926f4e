/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A dictionary of the atlas while images are written: what is there already, and
 * what they add.
 *
 * Rows of a dictionary are never removed, so that ids run from 1 without gaps:
 * the number a text has in `known` is its id.
 */
#ifndef STORE_DICT_H
#define STORE_DICT_H

#include "store/rows.h"

struct dict {
	struct intern known;
	size_t stored; /* of `known`: how many entries the atlas has, the empty one included */
};

void dict_init(struct dict *dict);
/* Enters a stored key, which must get the number it is stored under. */
struct error *dict_enter(struct store *store, struct dict *dict, int64_t id, const char *key, size_t length) MUST_CHECK;
/* Reads the texts a statement finds (id, text) into an empty dictionary. */
struct error *dict_load(struct store *store, enum statement load, struct dict *dict) MUST_CHECK;
/* Writes the entries that the atlas does not have yet, as rows (id, text). */
struct error *dict_store_new(struct store *store, enum statement insert, struct dict *dict) MUST_CHECK;
/* The same where a row is made of more than a text. */
struct error *dict_store_rows(struct store *store, enum statement insert, struct dict *dict,
			      void (*fill)(const void *dict, size_t n, struct row *row)) MUST_CHECK;

#endif
