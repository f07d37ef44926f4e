/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STORE_TEXT_IDS_H
#define STORE_TEXT_IDS_H

#include "store/dict.h"

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

#endif
