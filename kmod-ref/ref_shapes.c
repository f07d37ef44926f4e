// SPDX-License-Identifier: GPL-2.0-or-later
/* What compilers do to functions, each once. */
#include "ref.h"
#include "ref_shadow.h"

/* Values the compiler knows nothing of. */
static volatile long ref_one = 1, ref_two = 2;

noinline long ref_global(long value)
{
	OPTIMIZER_HIDE_VAR(value);
	return value + 1;
}

/* The global of the Static-Global Collision. */
noinline long ref_shadow(long value)
{
	OPTIMIZER_HIDE_VAR(value);
	return value + 3;
}

/* Unique Static, Inline: No. */
static noinline long ref_static(long value)
{
	OPTIMIZER_HIDE_VAR(value);
	return value * 5;
}

/* Inline: Full: no copy of its own is left. */
static __always_inline long ref_full(long value)
{
	return ref_global(value) * 2;
}

/* Inline: Selective: inlined where it is called, and its address is taken. */
static __always_inline long ref_selective(long value)
{
	return ref_static(value) - 1;
}

static long (*volatile ref_selective_pointer)(long value) = ref_selective;

static noinline __noclone long ref_calls_inlines(long value)
{
	return ref_full(value) + ref_selective(value) + ref_header_inline(value);
}

/*
 * .isra: only one member of what the parameter points to is used.  A clone is a
 * copy of an abstract instance, which the DWARF marks as inlined: Selective.
 */
static noinline long ref_isra(const struct ref_pair *pair, long scale)
{
	long value = pair->second;

	OPTIMIZER_HIDE_VAR(value);
	return value * scale;
}

static noinline __noclone long ref_isra_user(const struct ref_pair *pair)
{
	return ref_isra(pair, ref_one) + ref_isra(pair, ref_two);
}

/* .constprop: every caller passes the same constant. */
static noinline long ref_constprop(long value, long factor)
{
	OPTIMIZER_HIDE_VAR(value);
	return value * factor + factor;
}

static noinline __noclone long ref_constprop_user(long value)
{
	return ref_constprop(value, 7) + ref_constprop(value + 1, 7);
}

/*
 * .part: the cheap test at the beginning is inlined into the callers, the rest
 * stays behind a call.
 */
static long ref_part(long value, long *sums)
{
	long i;

	if (likely(value <= 0))
		return 0;
	for (i = 0; i < value; i++) {
		sums[0] += ref_global(i);
		sums[1] += ref_static(i + sums[0]);
		sums[2] += ref_global(sums[1] ^ i);
		sums[3] += ref_static(sums[2] + value);
		ref_check(sums[3] != -1, "part");
	}
	return sums[0] + sums[1] + sums[2] + sums[3];
}

static noinline __noclone long ref_part_first(long value, long *sums)
{
	return ref_part(value, sums) + 1;
}

static noinline __noclone long ref_part_second(long value, long *sums)
{
	return ref_part(value - 1, sums) + 2;
}

static noinline __noclone long ref_part_third(long value, long *sums)
{
	return ref_part(value - 2, sums) + 3;
}

/* .cold: the path to a cold function is moved out of the way.  The kernel's own __cold may be empty (since 6.9). */
static noinline __attribute__((__cold__)) void ref_complain(long value)
{
	pr_warn("atlasgen_ref: unexpected %ld\n", value);
}

static noinline __noclone long ref_cold(long value)
{
	if (value < 0) {
		ref_complain(value);
		ref_complain(-value);
		return -1;
	}
	OPTIMIZER_HIDE_VAR(value);
	return value * 2;
}

/* A function of the module's own that is reached by a jump. */
static noinline __noclone long ref_tail_own(long value)
{
	return ref_static(value + 1);
}

void ref_shapes_run(void)
{
	struct ref_pair pair = {.first = ref_one, .second = 5 * ref_two};
	long sums[4] = {0};

	REF_CHECK(ref_calls_inlines(ref_one) == 4 + 4 + 4);
	REF_CHECK(ref_selective_pointer(2) == 9);
	REF_CHECK(ref_isra_user(&pair) == 30);
	REF_CHECK(ref_constprop_user(ref_one) == 14 + 21);
	REF_CHECK(ref_part_first(ref_one - 1, sums) == 1);
	REF_CHECK(ref_part_second(ref_one + 1, sums) > 2);
	REF_CHECK(ref_part_third(ref_one + 1, sums) == 3);
	REF_CHECK(ref_cold(2 * ref_two) == 8);
	REF_CHECK(ref_shadow(1) == 4);
	REF_CHECK(ref_tail_own(ref_one) == 10);
}
