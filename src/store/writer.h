/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An image being written. */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include "store/dict.h"
#include "store/internal.h"

struct writer {
	struct store *store;
	const struct facts *facts;
	struct text_dict names, paths;
	uint32_t *prototypes, *chains; /* ids in the atlas, by index in the facts */
	/* First ids of this image. */
	int64_t image, object, function, instance, symbol, edge;
};

/* Functions, instances, symbols and edges: the tables with many rows. */
struct error *write_rows(struct writer *writer) MUST_CHECK;

#endif
