/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function in a header that two files include: ref_pools.c and ref_twin.c. */
#ifndef ATLASGEN_REF_HEADER_H
#define ATLASGEN_REF_HEADER_H

#include "ref.h"

/* Static Duplication, Inline: No; one location, two entries. */
static noinline void *ref_header_alloc(mempool_t *pool)
{
	void *element = mempool_alloc(pool, GFP_KERNEL);

	REF_CHECK(element);
	return element;
}

#endif
