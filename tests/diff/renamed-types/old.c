/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel.h"

/* By file; as what a typedef stands for, used by functions under both names. */
typedef struct pool_s {
	int min, max;
	void **elements;
	struct pool_s *next;
} pool_t;

/* Renamed, and something in it moved besides. */
struct inner { int one; };
struct ring_s { int head; struct inner inner; int tail; struct ring_s *next; };

/* Members are the same, but which of the two it is nobody can tell. */
struct twin_a { int x, y, z; };
struct twin_b { int x, y, z; };

/* Too small to be known again, and one that has other members. */
struct small_s { int a, b; };
struct other_s { int a, b, c; };

union choice_u { int number; long wide; char *text; };
enum mode_old { MODE_OFF, MODE_SLOW, MODE_FAST };

struct user { struct pool_s *pool; enum mode_old mode; };

struct twin_a t1; struct twin_b t2; struct small_s t3; struct other_s t4; union choice_u t5; struct user t6;
KEEP int pool_take(pool_t *pool) { return pool->min; }
KEEP int pool_give(struct pool_s *pool, pool_t *other) { return pool->min + other->max; }
KEEP pool_t *pool_first(pool_t *pool) { return (pool_t *)pool->next; }
KEEP int ring_next(struct ring_s *ring) { return ring->tail; }
