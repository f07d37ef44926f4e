/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

typedef struct pool {
	int min, max;
	void **elements;
	struct pool *next;
} pool_t;

struct inner { int one, two; };
struct ring { int head; struct inner inner; int tail; struct ring *next; };

struct twin { int x, y, z; };

struct small { int a, b; };
struct other { int a, b, d; };

union choice { int number; long wide; char *text; };
enum mode { MODE_OFF, MODE_SLOW, MODE_FAST };

struct user { struct pool *pool; enum mode mode; };

struct twin t1; struct small t3; struct other t4; union choice t5; struct user t6;
KEEP int pool_take(pool_t *pool) { return pool->min; }
KEEP int pool_give(pool_t *pool, struct pool *other) { return pool->min + other->max; }
KEEP struct pool *pool_first(pool_t *pool) { return (struct pool *)pool->next; }
KEEP int ring_next(struct ring *ring) { return ring->tail; }
