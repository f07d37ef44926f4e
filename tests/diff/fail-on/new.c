/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

KEEP int stays(int x) { return x; }
KEEP int is_new(char *x, int y) { return *x + y; }
KEEP int becomes_global(int x) { return x + 2; }
KEEP static int becomes_static(int x) { return x + 3; }
