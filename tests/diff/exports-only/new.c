/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

/* Asked for by their new names: found under the old ones. */
KEEP int pool_alloc_noprof(int n) { return n; }
KEEP int pool_free_noprof(int n) { return n + 1; }
/* The old name is exported still, of something else. */
int pool_free = 7;
KEEP int other_alloc_noprof(int n) { return n + 2; }

EXPORT(pool_alloc_noprof, "_gpl", "", 0x11);
EXPORT(pool_free_noprof, "", "", 0x12);
EXPORT(pool_free, "", "", 0x15);
EXPORT(other_alloc_noprof, "", "", 0x13);
