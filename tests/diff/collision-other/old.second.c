/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

KEEP static int becomes_global(int x) { return x * 7; }
KEEP static int namesake(int x) { return x * 9; }
KEEP static int becomes_static(int x) { return x * 13; }
KEEP int second(int x) { return becomes_global(x) + namesake(x) + becomes_static(x); }
