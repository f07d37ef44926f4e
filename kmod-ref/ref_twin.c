// SPDX-License-Identifier: GPL-2.0-or-later
/* The second half of every collision. */
#include "ref_header.h"

/* Static-Static Collision with ref_pools.c's. */
static noinline void ref_same_name(void *element, mempool_t *pool)
{
	mempool_free(element, pool);
	REF_CHECK(pool->min_nr > 0);
}

/* Static-Global Collision with ref_shapes.c's. */
static noinline long ref_shadow(long value)
{
	OPTIMIZER_HIDE_VAR(value);
	return value + 2;
}

long ref_twin_run(mempool_t *pool, long seed)
{
	void *element = ref_header_alloc(pool);

	if (element)
		ref_same_name(element, pool);
	return ref_shadow(seed);
}
