/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

KEEP int stays(int x) { return x; }
KEEP int goes_away(int x) { return x + 1; }
KEEP static int becomes_global(int x) { return x + 2; }
KEEP int becomes_static(int x) { return x + 3; }
