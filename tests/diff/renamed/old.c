/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

int stays_first(int x) { return x; }

KEEP int old_name(int pool, long flags)
{
	int sum = 0;

	for (int i = 0; i < pool; i++)
		sum += i * (int)flags;
	if (sum > 100)
		sum -= stays_first(sum);
	return sum;
}

KEEP int stays_second(int x) { return x + 1; }

KEEP int removed_here(char *name)
{
	int length = 0;

	while (name[length])
		length++;
	if (length > 80)
		return -1;
	return length;
}

KEEP int stays_third(int x) { return x + 2; }

KEEP int mempool_alloc(void *pool, unsigned int gfp) { return pool != 0 && gfp; }
KEEP int mempool_create(int min) { return min; }
KEEP int own_alloc(int n) { return n; }
KEEP int stays_fourth(int x) { return x + 4; }
