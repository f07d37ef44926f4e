/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

static inline __attribute__((always_inline)) int everywhere(int x) { return x * 7 + 1; }
KEEP static int becomes_inlined(int x) { return x * 3; }
static int __attribute__((always_inline)) was_inlined(int x) { return x * 5; }
KEEP int partly(int x) { return x * 11; }
int no_longer_partly(int x) { return x * 13; }

KEEP int caller(int x) { return becomes_inlined(x) + was_inlined(x) + everywhere(x) + partly(x) + no_longer_partly(x); }
