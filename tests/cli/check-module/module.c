// SPDX-License-Identifier: GPL-2.0-or-later
/* A module that imports: things that are exported, one that is not, one that may be absent. */
#include "pool.h"

#define INFO(key, text) \
	static const char info_##key[] __attribute__((section(".modinfo"), used)) = #key "=" text

INFO(name, "user");
INFO(vermagic, "6.1.0-99-amd64 SMP");
int nothing_needed(void) __attribute__((weak));

#ifdef CLOSED
INFO(license, "Proprietary");
#else
INFO(license, "Dual MIT/GPL");
INFO(import_ns, "POOLS");

static const struct {
	unsigned long crc;
	char name[56];
} versions[] __attribute__((section("__versions"), used)) = {
	{0x33, "module_layout"}, {0x11, "pool_fill"}, {0x22, "pool_limit"}, {0x44, "pool_drain"},
};
#endif

int init_module(void)
{
	static pool_t pool;

	if (nothing_needed)
		nothing_needed();
	pool_drain(&pool);
	return pool_fill(&pool, pool_limit) + pool_hidden(&pool);
}
