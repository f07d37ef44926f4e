/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

KEEP static int becomes_global(int x) { return x * 7; }
/* The one in test.c stands for the name and has not changed. */
KEEP static int namesake(int x, long y) { return x * 9 + (int)y; }
KEEP static int becomes_static(int x) { return x * 13; }
KEEP int second(int x) { return becomes_global(x) + namesake(x, x) + becomes_static(x); }
