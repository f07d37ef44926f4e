/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

KEEP int has_symbol(int x) { return x; }
KEEP static int loses_symbol(int x) { return x * 3; }
KEEP static int gets_symbol(int x) { return x * 5; }
KEEP int caller(int x) { return has_symbol(x) + loses_symbol(x) + gets_symbol(x); }
