// SPDX-License-Identifier: GPL-2.0-or-later
#include "pool.h"
int register_kprobe(struct pool *pool) { return pool->ops.alloc(pool, pool->name[0]); }
