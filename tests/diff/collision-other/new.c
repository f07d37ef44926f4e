/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

KEEP int becomes_global(int x) { return x * 3; }
KEEP static int namesake(int x) { return x * 5; }
KEEP static int becomes_static(int x) { return x * 11; }
KEEP int first(int x) { return becomes_global(x) + namesake(x) + becomes_static(x); }
