/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

# 1 "include/shared.h" 1
KEEP static int of_header(int x)
{
	return x * 3;
}
# 9 "second.c" 2
KEEP int second(int x) { return of_header(x); }
