/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

/* As a header has it: the line markers say so. */
# 1 "include/shared.h" 1
KEEP static int of_header(int x)
{
	return x * 3;
}
# 9 "test.c" 2
KEEP int first(int x) { return of_header(x); }
