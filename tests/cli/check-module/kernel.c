// SPDX-License-Identifier: GPL-2.0-or-later
/* A kernel that exports: to all, to GPL modules in a namespace, with CRCs or without. */
#include "pool.h"

const char linux_banner[] = BANNER;
int pool_limit = 4;

#ifdef LATER
__attribute__((noinline)) int pool_fill(pool_t *pool, long count)
#else
__attribute__((noinline)) int pool_fill(pool_t *pool, int count)
#endif
{
	pool->max = (int)count;
	return pool->min;
}

__attribute__((noinline)) void pool_drain(pool_t *pool)
{
	pool->max = pool->first.number;
}

__attribute__((noinline)) int pool_hidden(pool_t *pool)
{
	return pool->max;
}

void module_layout(void)
{
}

void start(void)
{
}

#define NAME(name, text) ".L" #name ": .asciz \"" text "\"\n"
#define ENTRY(name, space) ".long " #name " - .\n.long .Lname_" #name " - .\n.long " space "\n"
__asm__(".section __ksymtab_strings, \"aMS\", @progbits, 1\n" NAME(name_pool_fill, "pool_fill") NAME(name_pool_limit, "pool_limit")
	NAME(name_pool_drain, "pool_drain") NAME(name_module_layout, "module_layout") NAME(space, "POOLS")
	".section __ksymtab, \"a\"\n.balign 4\n" ENTRY(pool_fill, "0") ENTRY(pool_limit, "0")
#ifndef NO_VERSIONS
	ENTRY(module_layout, "0")
#endif
	".section __ksymtab_gpl, \"a\"\n.balign 4\n" ENTRY(pool_drain, ".Lspace - .")
#ifdef LATER
	".section __kcrctab, \"a\"\n.long 0x1001, 0x22, 0x3003\n.section __kcrctab_gpl, \"a\"\n.long 0x44\n"
#elif !defined NO_VERSIONS
	".section __kcrctab, \"a\"\n.long 0x11, 0x22, 0x33\n.section __kcrctab_gpl, \"a\"\n.long 0x44\n"
#endif
	".text\n");
