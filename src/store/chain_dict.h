/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Chains of inlined functions: a key is the chain around and the name. */
#ifndef STORE_CHAIN_DICT_H
#define STORE_CHAIN_DICT_H

#include "store/dict.h"

struct error *load_chains(struct store *store, struct dict *dict) MUST_CHECK;
/* Writes the chains of the facts; ids[i] belongs to facts->chains.items[i]. */
struct error *write_chains(struct store *store, const struct facts *facts, const uint32_t *name_ids, struct dict *dict,
			   uint32_t *ids) MUST_CHECK;

#endif
