/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dictionaries of the atlas while one image is written: what is there already,
 * and what this image adds.
 *
 * Rows of a dictionary are never removed, so that ids run from 1 without gaps:
 * the number a text has in `known` is its id.
 */
#ifndef STORE_DICT_H
#define STORE_DICT_H

#include "store/internal.h"

struct dict {
	struct intern known;
	size_t stored; /* of `known`: how many entries the atlas had before, the empty one included */
};

void dict_init(struct dict *dict);
void dict_fini(struct dict *dict);

/* Strings of the facts that go into one table of texts. */
struct text_dict {
	struct dict dict;
	uint32_t *ids;	   /* by str_id: id in the atlas, 0 unused, TEXT_NEW until text_dict_write() */
	VEC(str_id) added; /* not in the atlas yet */
};

#define TEXT_NEW UINT32_MAX

struct error *text_dict_load(struct store *store, enum statement load, const struct facts *facts,
			     struct text_dict *texts) MUST_CHECK;
/* Notes that `id` is needed; 0 is nothing. */
void text_dict_use(struct text_dict *texts, const struct facts *facts, str_id id);
/* Gives the new ones their ids, in byte order, so that the table and its index grow at one end. */
struct error *text_dict_write(struct store *store, enum statement insert, const struct facts *facts,
			      struct text_dict *texts) MUST_CHECK;
void text_dict_fini(struct text_dict *texts);

/* Writes the prototypes of the facts; ids[i] belongs to facts->prototypes.items[i]. */
struct error *write_prototypes(struct store *store, const struct facts *facts, uint32_t *ids) MUST_CHECK;
/* Writes the chains of the facts; ids[i] belongs to facts->chains.items[i]. */
struct error *write_chains(struct store *store, const struct facts *facts, const uint32_t *name_ids,
			   uint32_t *ids) MUST_CHECK;

#endif
