// SPDX-License-Identifier: GPL-2.0-or-later
/* A module of that kernel.  PARAMETER, CRC, LAYOUT and CALL make it one that does not belong to it. */
#include "pool.h"

#ifdef PARAMETER
int mempool_resize(struct mempool_s *pool, long count);
#else
int mempool_resize(struct mempool_s *pool, int count);
#endif
void mempool_free(void *element, struct mempool_s *pool);

static const char module_name[] __attribute__((section(".modinfo"), used)) = "name=user";
static const char module_magic[] __attribute__((section(".modinfo"), used)) = "vermagic=" RELEASE " SMP";

static const struct {
	unsigned long crc;
	char name[56];
} versions[] __attribute__((section("__versions"), used)) = {
#ifdef CRC
	{0x1234, "mempool_resize"},
#else
	{0x1111, "mempool_resize"},
#endif
	{0x2222, "mempool_free"},
};

void (*user_pointer)(void *element, struct mempool_s *pool) = mempool_free;

__attribute__((noinline)) static int user_helper(struct mempool_s *pool)
{
	return mempool_resize(pool, 4) + pool->curr_nr;
}

int user_start(struct mempool_s *pool)
{
#ifndef CALL
	mempool_free(pool, pool);
#endif
	return user_helper(pool) + 1;
}
