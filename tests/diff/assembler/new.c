/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

extern int becomes_assembler(int x);
KEEP int becomes_c(int x) { return x + 2; }
extern int stays_assembler(int x);
KEEP int caller(int x) { return becomes_assembler(x) + becomes_c(x) + stays_assembler(x); }
