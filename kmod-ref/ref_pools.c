// SPDX-License-Identifier: GPL-2.0-or-later
/* The mempool API, each function called from a known place in a known way. */
#include <linux/mm.h>

#include "ref_header.h"

/* A function pointer: these places hold the functions, no call names them. */
static const struct ref_pool_ops {
	void (*give)(void *element, mempool_t *pool);
	int (*resize)(mempool_t *pool, int count);
} ref_pool_ops = {
	.give = mempool_free,
	.resize = mempool_resize,
};

static const struct ref_pool_ops *volatile ref_ops = &ref_pool_ops;

/* A callback: its stack shows who allocates. */
static bool ref_traced;

static void *ref_callback_alloc(gfp_t gfp, void *data)
{
	if (!ref_traced) {
		ref_traced = true;
		dump_stack();
	}
	return kmalloc((unsigned long)data, gfp);
}

static void ref_callback_free(void *element, void *data)
{
	kfree(element);
}

/* A plain call. */
static noinline void *ref_plain_alloc(mempool_t *pool)
{
	void *element = mempool_alloc(pool, GFP_KERNEL);

	/* In other words than ref_header_alloc()'s: equal functions would be folded into one. */
	REF_CHECK(element != NULL);
	return element;
}

/* An inlined helper: the call stands in its caller, through it. */
static __always_inline void *ref_helper_alloc(mempool_t *pool)
{
	return mempool_alloc(pool, GFP_NOIO);
}

static noinline void *ref_uses_helper(mempool_t *pool)
{
	void *element = ref_helper_alloc(pool);

	REF_CHECK(element);
	return element;
}

/* A tail call: a jump where the compiler may make one (CFLAGS_ref_pools.o). */
static noinline void ref_tail_free(void *element, mempool_t *pool)
{
	mempool_free(element, pool);
}

/* A static that ref_twin.c has, too: Static-Static Collision. */
static noinline void ref_same_name(void *element, mempool_t *pool)
{
	mempool_free(element, pool);
	REF_CHECK(pool->curr_nr > 0);
}

static noinline mempool_t *ref_create_callback(void)
{
	mempool_t *pool = mempool_create(REF_MIN_ELEMENTS, ref_callback_alloc, ref_callback_free, (void *)64UL);

	REF_CHECK(pool);
	return pool;
}

static noinline mempool_t *ref_create_pages(void)
{
	mempool_t *pool = mempool_create_page_pool(REF_MIN_ELEMENTS, 0);

	REF_CHECK(pool);
	return pool;
}

static noinline mempool_t *ref_create_slab(struct kmem_cache *cache)
{
	mempool_t *pool = mempool_create_slab_pool(REF_MIN_ELEMENTS, cache);

	REF_CHECK(pool);
	return pool;
}

static noinline mempool_t *ref_create_kmalloc(void)
{
	mempool_t *pool = mempool_create_kmalloc_pool(REF_MIN_ELEMENTS, 128);

	REF_CHECK(pool);
	return pool;
}

static noinline void ref_resize(mempool_t *pool)
{
	int error = mempool_resize(pool, 2 * REF_MIN_ELEMENTS);

	REF_CHECK(!error);
	error = ref_ops->resize(pool, REF_MIN_ELEMENTS);
	REF_CHECK(!error);
	REF_CHECK(pool->min_nr == REF_MIN_ELEMENTS);
}

static noinline void ref_embedded(void)
{
	mempool_t pool = {.curr_nr = 0}; /* mempool_init() wants it cleared */
	int error = mempool_init(&pool, 1, ref_callback_alloc, ref_callback_free, (void *)32UL);

	REF_CHECK(!error);
	if (error)
		return;
	REF_CHECK(mempool_initialized(&pool));
	mempool_exit(&pool);
	REF_CHECK(!pool.elements);
}

/* Every way of taking an element and giving it back. */
static noinline void ref_use(mempool_t *pool)
{
	void *elements[4];
	unsigned int i;

	if (!pool)
		return;
	elements[0] = ref_plain_alloc(pool);
	elements[1] = ref_uses_helper(pool);
	elements[2] = ref_header_alloc(pool);
	elements[3] = ref_plain_alloc(pool);
	for (i = 0; i < ARRAY_SIZE(elements); i++)
		if (!elements[i])
			return;
	ref_tail_free(elements[0], pool);
	ref_same_name(elements[1], pool);
	ref_ops->give(elements[2], pool);
	mempool_free(elements[3], pool);
	REF_CHECK(ref_twin_run(pool, 5) == 5 + 2);
	ref_resize(pool);
	REF_CHECK(pool->curr_nr == REF_MIN_ELEMENTS);
}

static noinline void ref_finish(mempool_t *pool)
{
	mempool_destroy(pool);
}

void ref_pools_run(void)
{
	struct kmem_cache *cache = kmem_cache_create("atlasgen_ref", 96, 0, 0, NULL);
	mempool_t *pools[4] = {NULL};
	unsigned int i;

	REF_CHECK(cache);
	pools[0] = ref_create_callback();
	pools[1] = ref_create_pages();
	if (cache)
		pools[2] = ref_create_slab(cache);
	pools[3] = ref_create_kmalloc();
	for (i = 0; i < ARRAY_SIZE(pools); i++)
		ref_use(pools[i]);
	for (i = 0; i < ARRAY_SIZE(pools); i++)
		ref_finish(pools[i]);
	kmem_cache_destroy(cache);
	ref_embedded();
}
