// SPDX-License-Identifier: GPL-2.0-or-later
/* The same types by other words, and the same words for another type. */
#define KEEP __attribute__((noinline, noclone, used))

const char linux_banner[] = BANNER;
volatile int sink;

typedef unsigned int u32;
typedef u32 blk_t;
#ifdef NEXT
typedef unsigned long code_t;
typedef struct pool {
	int n;
} pool_t;
#else
typedef unsigned int code_t;
typedef struct {
	int n;
} pool_t;
#endif

struct item {
#ifdef NEXT
	blk_t size;
	const char *name;
#else
	unsigned int size;
	char *name;
#endif
};

#ifdef NEXT
KEEP u32 takes(const struct item *item, u32 count)
#else
KEEP unsigned int takes(struct item *item, unsigned int count)
#endif
{
	return item->size + count + sink;
}

KEEP int takes_code(code_t code)
{
	return (int)code + sink;
}

KEEP int takes_record(pool_t *pool)
{
	return pool->n + sink;
}

#ifdef NEXT
KEEP int grows(u32 count, int flags)
#else
KEEP int grows(unsigned int count)
#endif
{
	return (int)count + sink;
}

KEEP int aliased(int n)
{
	return n + sink;
}
__asm__(".type aliased.localalias, @function\n.set aliased.localalias, aliased\n.size aliased.localalias, 1");

/* What the compiler left of it, under the name it gives such a clone. */
KEEP static int split(int n) __asm__("split.isra.0");
KEEP static int split(int n)
{
	return n * sink;
}

void start(void)
{
	struct item item = {0};
	pool_t pool = {0};

	sink = (int)takes(&item, 1) + takes_code(2) + takes_record(&pool) + aliased(3) + split(4);
}
