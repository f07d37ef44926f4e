/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dictionaries of the atlas while images are written: what is there already, and
 * what they add.  They are read once in a transaction.
 *
 * Rows of a dictionary are never removed, so that ids run from 1 without gaps:
 * the number a text has in `known` is its id.
 */
#ifndef STORE_DICT_H
#define STORE_DICT_H

#include "store/internal.h"

struct dict {
	struct intern known;
	size_t stored; /* of `known`: how many entries the atlas has, the empty one included */
};

struct type_dicts;

struct dicts {
	struct dict names, paths, prototypes, chains, labels;
	struct type_dicts *types; /* write_types.c; NULL until first needed */
	size_t old_names;	  /* of `names`: how many the atlas had before the transaction */
};

/* Those of the open transaction. */
struct error *dicts_get(struct store *store, struct dicts **dicts) MUST_CHECK;
/* Forgets them when the transaction ends. */
void dicts_forget(struct store *store);

/* Reads the texts a statement finds (id, text) into an empty dictionary. */
struct error *dict_load(struct store *store, enum statement load, struct dict *dict) MUST_CHECK;
/* Writes the entries that the atlas does not have yet, as rows (id, text). */
struct error *dict_store_new(struct store *store, enum statement insert, struct dict *dict) MUST_CHECK;
/* write_types.c */
void type_dicts_free(struct type_dicts *types);

/* Strings of one object's facts that go into a table of texts. */
struct text_ids {
	uint32_t *ids;	   /* by str_id: id in the atlas, 0 unused, TEXT_NEW until text_ids_write() */
	VEC(str_id) added; /* not in the atlas yet */
};

#define TEXT_NEW UINT32_MAX

void text_ids_init(struct text_ids *texts, const struct facts *facts);
/* Notes that `id` is needed; 0 is nothing. */
void text_ids_use(struct text_ids *texts, const struct dict *dict, const struct facts *facts, str_id id);
/* Gives the new ones their ids, in byte order, so that the table and its index grow at one end. */
struct error *text_ids_write(struct store *store, enum statement insert, const struct facts *facts, struct dict *dict,
			     struct text_ids *texts) MUST_CHECK;
void text_ids_fini(struct text_ids *texts);

/* Writes the prototypes of the facts; ids[i] belongs to facts->prototypes.items[i]. */
struct error *write_prototypes(struct store *store, const struct facts *facts, struct dict *dict,
			       uint32_t *ids) MUST_CHECK;
/* Writes the chains of the facts; ids[i] belongs to facts->chains.items[i]. */
struct error *write_chains(struct store *store, const struct facts *facts, const uint32_t *name_ids, struct dict *dict,
			   uint32_t *ids) MUST_CHECK;

#endif
