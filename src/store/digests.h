/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the two halves of the digests share: the dictionaries, by what their texts say. */
#ifndef STORE_DIGESTS_H
#define STORE_DIGESTS_H

#include "atlas/digest.h"
#include "store/internal.h"

/* Digests by id; 0 where there is none. */
struct id_digests {
	VEC(digest) by_id;
};

struct digests {
	struct id_digests names, paths, prototypes, chains, labels, attach;
	struct name_index index;
};

digest id_digest(const struct id_digests *digests, int64_t id);

#endif
