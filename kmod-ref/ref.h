/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the reference module share. */
#ifndef ATLASGEN_REF_H
#define ATLASGEN_REF_H

#include <linux/kernel.h>
#include <linux/mempool.h>
#include <linux/slab.h>
#include <linux/version.h>

/* Counts a check; a failure is printed and remembered. */
void ref_check(bool holds, const char *what);
#define REF_CHECK(condition) ref_check((condition), #condition)

#define REF_MIN_ELEMENTS 4

struct ref_pair {
	long first, second;
	long rest[6];
};

void ref_pools_run(void);
void ref_balloon_run(void);
void ref_shapes_run(void);
long ref_twin_run(mempool_t *pool, long seed);

/* Unique Global, Inline: No. */
long ref_global(long value);

/* Inline: Full. */
static __always_inline long ref_header_inline(long value)
{
	return value * 3 + 1;
}

#endif
