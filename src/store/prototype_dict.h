/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prototypes: a key is the return type and the parameters. */
#ifndef STORE_PROTOTYPE_DICT_H
#define STORE_PROTOTYPE_DICT_H

#include "store/dict.h"

struct error *load_prototypes(struct store *store, struct dict *dict) MUST_CHECK;
/* Writes the prototypes of the facts; ids[i] belongs to facts->prototypes.items[i]. */
struct error *write_prototypes(struct store *store, const struct facts *facts, struct dict *dict,
			       uint32_t *ids) MUST_CHECK;

#endif
