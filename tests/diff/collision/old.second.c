/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

KEEP static int was_shared(long x) { return (int)x * 7; }
KEEP int second(int x) { return was_shared(x); }
