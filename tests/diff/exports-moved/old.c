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
KEEP int own_alloc(int n) { return n; }
KEEP int into_module(int x) { return x + 3; }

EXPORT(stays_first, "", "", 0x11);
EXPORT(old_name, "", "", 0x12);
EXPORT(own_alloc, "", "", 0x13);
EXPORT(into_module, "_gpl", "", 0x14);
