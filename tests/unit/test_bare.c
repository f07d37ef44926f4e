// SPDX-License-Identifier: GPL-2.0-or-later
/* Types by what they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "atlas/bare.h"
#include "atlas/mem.h"

static const char *stands_for(void *context, const char *name)
{
	static const char *const pairs[][2] = {
		{"u32", "__u32"},	   {"__u32", "unsigned int"},  {"name_t", "const char *"},
		{"list_t", "struct list"}, {"list", "something else"}, {"lock_t", "struct (anon)"},
		{"fn_t", "int (*)(u32)"},  {"row_t", "u32[4]"},	       {"loop_t", "loop_t"},
	};

	(void)context;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		if (str_eq(pairs[i][0], name))
			return pairs[i][1];
	return NULL;
}

static void check(const char *text, const char *expected)
{
	const struct typedefs typedefs = {stands_for, NULL};
	AUTO_STR struct str bare = {0};

	bare_types(text, &typedefs, &bare);
	assert_string_equal(bare.data, expected);
}

static void typedefs_and_qualifiers(void **state)
{
	(void)state;
	check("", "");
	check("()", "()");
	check("const u32 *const restrict", "unsigned int *");
	check("(volatile u32, name_t, ...)", "(unsigned int, char *, ...)");
	check("unsigned int:3", "unsigned int:3");
	check("u32[16]", "unsigned int[16]");
	check("int (*)(const void *, u32)", "int (*)(void *, unsigned int)");
	check("constant_t", "constant_t");
}

/* A tag is no typedef; what cannot be spelled in the name's place keeps it; a record without a tag gets it. */
static void names_that_stay(void **state)
{
	(void)state;
	check("struct list *", "struct list *");
	check("list_t **", "struct list **");
	check("lock_t *", "struct lock_t *");
	check("fn_t", "fn_t");
	check("row_t *", "row_t *");
	check("loop_t", "loop_t");
}

static void records_apart(void **state)
{
	(void)state;
	assert_true(bare_same_but_records("(struct a *, int)", "(struct bb *, int)"));
	assert_true(bare_same_but_records("union a", "struct b"));
	assert_false(bare_same_but_records("(struct a *, int)", "(struct a *, int, int)"));
	assert_false(bare_same_but_records("(struct a *, int)", "(struct b *, unsigned int)"));
	assert_false(bare_same_but_records("int", "integer"));
	assert_false(bare_same_but_records("integer", "int"));
	assert_false(bare_same_but_records("enum a", "enum b"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typedefs_and_qualifiers),
		cmocka_unit_test(names_that_stay),
		cmocka_unit_test(records_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
