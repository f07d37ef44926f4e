/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

KEEP int pool_alloc(int n) { return n; }
KEEP int pool_free(int n) { return n + 1; }
KEEP int other_alloc(int n) { return n + 2; }
KEEP int unrelated(int n) { return n + 3; }

EXPORT(pool_alloc, "", "", 0x11);
EXPORT(pool_free, "", "", 0x12);
EXPORT(other_alloc, "", "", 0x13);
EXPORT(unrelated, "", "", 0x14);
