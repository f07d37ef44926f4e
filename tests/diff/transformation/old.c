/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

KEEP static int becomes_clone(int used, int unused) { return used * 17; }
static __attribute__((noinline)) int was_clone(int used, int unused) { return used * 19; }

KEEP int caller(int x) { return becomes_clone(x, 1) + was_clone(x, x) + was_clone(2, x); }
