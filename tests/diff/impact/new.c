/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

struct lock {
	long owner;
	int held;
};
struct far { struct lock lock; };
struct pool { int free; struct lock lock; struct far *far; };
struct other { int x; struct far *far; };

KEEP int by_pointer(struct pool *pool) { return pool->free; }
KEEP int by_value(struct lock lock) { return lock.held; }
KEEP int further_away(struct other *other) { return other->x; }
KEEP int not_exported(struct pool *pool) { return pool->free + 1; }
KEEP int untouched(int x) { return x; }

EXPORT(by_pointer, "", "", 1);
EXPORT(by_value, "", "", 2);
EXPORT(further_away, "", "", 3);
EXPORT(untouched, "", "", 4);
