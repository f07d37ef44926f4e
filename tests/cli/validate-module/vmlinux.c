// SPDX-License-Identifier: GPL-2.0-or-later
/* A kernel just large enough to export something. */
#include "pool.h"

const char linux_banner[] = "Linux version 6.1.0-99-amd64 (gcc) #1 SMP Debian 6.1.200-1 (2026-01-01)";

__attribute__((noinline)) int mempool_resize(struct mempool_s *pool, int count)
{
	pool->min_nr = count;
	return pool->curr_nr;
}

__attribute__((noinline)) void mempool_free(void *element, struct mempool_s *pool)
{
	pool->elements[pool->curr_nr++] = element;
}

void start(void)
{
}
