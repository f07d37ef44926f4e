/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The dictionaries of the open transaction, which reads them once. */
#ifndef STORE_DICTS_H
#define STORE_DICTS_H

#include "store/dict.h"

struct type_dicts;

struct dicts {
	struct dict names, paths, prototypes, chains, labels;
	struct type_dicts *types; /* type_dicts.h; NULL until first needed */
	size_t old_names;	  /* of `names`: how many the atlas had before the transaction */
};

struct error *dicts_get(struct store *store, struct dicts **dicts) MUST_CHECK;
/* Forgets them when the transaction ends. */
void dicts_forget(struct store *store);

#endif
