// SPDX-License-Identifier: GPL-2.0-or-later
#include "pool.h"
const char linux_banner[] __attribute__((used)) = "Linux version 6.1.0-1-amd64 (debian-kernel@lists.debian.org) (clang) "
						  "#1 SMP Debian 6.1.176-1 (2026-07-02)\n";
static struct pool one = {.name = "abc"};
int use(struct pool *pool, int (*call)(struct pool *)) { return call(pool) + pool->rest[0]; }
void start_kernel(void)
{
	if (use(&one, register_kprobe))
		use(0, register_kprobe);
}
