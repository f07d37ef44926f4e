/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Instructions and what they are, for the tests of the decoders. */
#ifndef TEST_CODE_CASES_H
#define TEST_CODE_CASES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "atlas/code.h"
#include "atlas/mem.h"

struct code_case {
	uint64_t address;
	size_t length;
	unsigned char bytes[16];
	enum branch_kind kind;
	uint64_t target;
	const char *text; /* as objdump prints it */
};

static void check_case(enum code_arch arch, const struct code_case *c)
{
	unsigned char *bytes = xmalloc(c->length); /* of exactly that size: reading past it is seen */
	struct branch branch;

	memcpy(bytes, c->bytes, c->length);
	if (!code_branch_at(arch, bytes, c->length, c->address, &branch))
		fail_msg("%s: no instruction", c->text);
	if (branch.length != c->length || branch.kind != c->kind || branch.target != c->target)
		fail_msg("%s: length %u, %s, target 0x%llx", c->text, branch.length,
			 branch_kind_text((enum branch_kind)branch.kind), (unsigned long long)branch.target);
	assert_int_equal(branch_is_direct(&branch), c->target != 0);
	free(bytes);
}

static void check_cases(enum code_arch arch, const struct code_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_case(arch, &cases[i]);
}

/* No instruction is found in less than its bytes, and nothing past them is read; of a pair its first half is one. */
static void check_cut(enum code_arch arch, const struct code_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t left = 0; left < cases[i].length; left++) {
			unsigned char *bytes = xmalloc(left ? left : 1);
			struct branch branch;

			memcpy(bytes, cases[i].bytes, left);
			if (code_branch_at(arch, bytes, left, cases[i].address, &branch) && branch.length > left)
				fail_msg("%s: length %u of %zu bytes", cases[i].text, branch.length, left);
			free(bytes);
		}
}

#endif
