/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kernel and its modules share. */
struct item {
	int number;
	void *next;
};

typedef struct pool {
#ifdef LATER
	long flags;
#endif
	int min, max;
	struct item first;
} pool_t;

#ifdef LATER
int pool_fill(pool_t *pool, long count);
#else
int pool_fill(pool_t *pool, int count);
#endif
void pool_drain(pool_t *pool);
int pool_hidden(pool_t *pool);
extern int pool_limit;
