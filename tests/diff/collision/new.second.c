/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

KEEP static int shared(long x) { return (int)x * 7; }
KEEP int second(int x) { return shared(x); }
