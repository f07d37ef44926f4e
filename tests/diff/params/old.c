/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

struct pool { int free; };

KEEP int with_added(struct pool *pool) { return pool->free; }
KEEP int with_removed(struct pool *pool, int flags) { return pool->free + flags; }
KEEP int with_reordered(int a, long b) { return a - (int)b; }
KEEP int with_retyped(int count) { return count; }
KEEP int with_const(char *name) { return *name; }
KEEP int with_renamed(int flags) { return flags; }
KEEP int returns(int x) { return x; }
KEEP void *returns_const(void *p) { return p; }
KEEP int stays(struct pool *pool, int n) { return pool->free + n; }
