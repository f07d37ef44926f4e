/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

KEEP static int shared(int x) { return x * 3; }
KEEP static int was_shared(int x) { return x * 5; }
KEEP int first(int x) { return shared(x) + was_shared(x); }
