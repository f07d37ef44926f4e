/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

int stays_first(int x) { return x; }

KEEP int new_name(int pool, long flags)
{
	int sum = 0;

	for (int i = 0; i < pool; i++)
		sum += i * (int)flags;
	if (sum > 100)
		sum -= stays_first(sum);
	return sum;
}

KEEP int stays_second(int x) { return x + 1; }

/* The same prototype, the same neighbours, and another function. */
KEEP int added_here(char *name) { return *name == 'a'; }

KEEP int stays_third(int x) { return x + 2; }

KEEP int mempool_alloc_noprof(void *pool, unsigned int gfp) { return pool != 0 && gfp; }
KEEP int mempool_create_node_noprof(int min, int node) { return min + node; }
KEEP int own_alloc_noprof(int n) { return n; }
KEEP int stays_fourth(int x) { return x + 4; }
