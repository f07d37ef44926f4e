// SPDX-License-Identifier: GPL-2.0-or-later
/* Parts of pages: file names, presence, caller lists, suffixes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "atlas/presence.h"
#include "render/page/page_file.h"
#include "render/page/sites.h"
#include "render/words/status.h"
#include "render/words/suffixes.h"
#include "render/words/text.h"

static void check_file(const char *name, bool shadowed, const char *expected)
{
	struct arena arena;

	arena_init(&arena);
	assert_string_equal(page_file_name(&arena, name, shadowed), expected);
	arena_fini(&arena);
}

static void file_names(void **state)
{
	(void)state;
	check_file("mempool_alloc", false, "mempool_alloc");
	check_file("a", false, "a");
	/* FNV-1a of "a", a published test value. */
	check_file("a", true, "a~e40c292c");
	check_file("", false, "~811c9dc5");
	check_file("index", false, "index~090aa9ab");
	check_file("INDEX-2", false, "INDEX-2~7ccf04a0");
	check_file("index_2", false, "index_2");
	check_file("../x", false, "%2E.%2Fx~5c237dda");
	check_file("a\nb\\", false, "a%0Ab%5C~ac25bca4");
}

static void long_names_are_cut(void **state)
{
	char name[400];
	struct arena arena;

	(void)state;
	memset(name, 'x', sizeof(name));
	name[399] = '\0';
	arena_init(&arena);
	assert_int_equal(strlen(page_file_name(&arena, name, false)), 200);
	name[200] = '\0';
	assert_string_equal(page_file_name(&arena, name, false), name);
	name[200] = 'x';
	/* Not within a character of two bytes, either. */
	memcpy(name + 190, "\xc3\xa9", 2);
	const char *file = page_file_name(&arena, name, false);

	assert_int_equal(strlen(file), 199);
	assert_int_equal(file[190], '~');
	arena_fini(&arena);
}

static void letters(void **state)
{
	(void)state;
	assert_int_equal(page_letter("__Balloon"), 'b');
	assert_int_equal(page_letter("_3d"), '3');
	assert_int_equal(page_letter("__"), '_');
	assert_int_equal(page_letter(".x"), '_');
	assert_int_equal(page_letter("\xc3\xa9"), '_');
}

static void names_equal_but_for_case(void **state)
{
	static const char *const names[] = {"ABC", "Abc", "abc", "abd", "xyZ", "xyz"};
	bool shadowed[6];

	(void)state;
	page_files_shadowed(names, 6, shadowed);
	assert_true(shadowed[0]);
	assert_true(shadowed[1]);
	assert_false(shadowed[2]);
	assert_false(shadowed[3]);
	assert_true(shadowed[4]);
	assert_false(shadowed[5]);
}

static void links(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_string_equal(text_href(&arena, "../a/__x~1.md"), "../a/__x~1.md");
	assert_string_equal(text_href(&arena, "a%2F#\"<"), "a%252F%23%22%3C");
	assert_string_equal(text_visible(&arena, "a\n```\x7f"), "a\\x0a```\\x7f");
	arena_fini(&arena);
}

static void presence(void **state)
{
	static const struct instance defined = {.file = "a.c", .flags = INSTANCE_DEFINED};
	static const struct instance declared = {.flags = INSTANCE_EXTERNAL};
	struct function function = {.name = "f", .instances = &defined, .instance_count = 1};
	struct image image = {.evidence = EVIDENCE_DWARF};

	(void)state;
	assert_int_equal(presence_of(&image, &function, "f"), PRESENT);
	assert_int_equal(presence_of(&image, NULL, "f"), NOT_IN_VMLINUX);
	image.modules_read = true;
	assert_int_equal(presence_of(&image, NULL, "f"), ABSENT);
	image.scope = "[\"*balloon*\",\"mem\\\"pool*\"]";
	assert_int_equal(presence_of(&image, NULL, "f"), NOT_READ);
	assert_int_equal(presence_of(&image, NULL, "x_balloon"), ABSENT);
	assert_int_equal(presence_of(&image, NULL, "mem\"pool_x"), ABSENT);
	image.scope = NULL;
	image.evidence = EVIDENCE_IMPORTED;
	assert_int_equal(presence_of(&image, NULL, "f"), NOT_IMPORTED);
	function.flags = FUNCTION_MENTIONED;
	assert_int_equal(presence_of(&image, &function, "f"), NOT_IMPORTED);
	image.evidence = EVIDENCE_SYMBOLS;
	assert_int_equal(presence_of(&image, NULL, "f"), NOT_AMONG_SYMBOLS);
	function.flags = 0;
	function.instances = &declared;
	assert_int_equal(presence_of(&image, &function, "f"), PRESENT_DECLARED);
}

static void what_is_taken_as_inlined(void **state)
{
	struct image image = {.evidence = EVIDENCE_DWARF};
	struct function function = {.image = &image, .class = {.inlining = INLINE_SELECTIVE, .call_sites = 5}};

	(void)state;
	/* The mark of an out-of-line clone is no inlined copy; where copies may be missing, the mark is believed. */
	assert_int_equal(function_inlining(&function), INLINE_NO);
	image.evidence = EVIDENCE_IMPORTED;
	assert_int_equal(function_inlining(&function), INLINE_SELECTIVE);
	image.evidence = EVIDENCE_DWARF;
	function.class.inlined_sites = 1;
	assert_int_equal(function_inlining(&function), INLINE_SELECTIVE);
	function.class.inlining = INLINE_NO;
	assert_int_equal(function_inlining(&function), INLINE_SELECTIVE);
	function.class.inlining = INLINE_FULL;
	assert_int_equal(function_inlining(&function), INLINE_FULL);
}

static void callers(void **state)
{
	static const char *between[] = {"outer", "inner"};
	static const struct site sites[] = {
		{.path = "a.c", .name = "f", .object = "vmlinux", .kind = EDGE_DIRECT},
		{.path = "b.c", .name = "g", .object = "dm_mod", .kind = EDGE_TAIL, .flags = EDGE_COPY},
		{.path = "a.c", .name = "f", .object = "vmlinux", .kind = EDGE_DIRECT},
		{.path = "a.c", .name = "f", .kind = EDGE_DIRECT, .through = between, .through_count = 2},
		{.path = "a.c", .name = "me", .kind = EDGE_DIRECT, .flags = EDGE_SELF},
		{.name = "h", .kind = EDGE_DIRECT, .as = "__builtin_memcpy"},
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	struct site_lines lines = site_lines_new(&arena, sites, ARRAY_LEN(sites));

	assert_int_equal(lines.sum.sites, 5);
	assert_int_equal(lines.sum.callers, 3);
	assert_int_equal(lines.sum.self, 1);
	assert_int_equal(lines.count, 4);
	assert_string_equal(lines.lines[0], "a.c:f (2 sites)");
	assert_string_equal(lines.lines[1], "b.c:g [dm_mod] (tail call; via its out-of-line copy)");
	assert_string_equal(lines.lines[2], "a.c:f (through outer, inner)");
	assert_string_equal(lines.lines[3], "h (recorded as __builtin_memcpy)");
	arena_fini(&arena);
}

static void caller_lines(void **state)
{
	static const struct site sites[] = {
		{.path = "a.c", .name = "f", .kind = EDGE_INLINED, .line = 12},
		{.path = "a.c", .name = "f", .kind = EDGE_INLINED, .line = 7},
		{.path = "a.c", .name = "f", .kind = EDGE_INLINED, .line = 12},
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	struct site_lines lines = site_lines_new(&arena, sites, ARRAY_LEN(sites));

	assert_int_equal(lines.count, 1);
	assert_string_equal(lines.lines[0], "a.c:f (3 sites; lines 12, 7)");
	lines = site_lines_new(&arena, NULL, 0);
	assert_int_equal(lines.count, 0);
	arena_fini(&arena);
}

static void suffixes(void **state)
{
	AUTO_STR struct str words = {0};
	AUTO_STR struct str meaning = {0};

	(void)state;
	suffix_words(&words, "f.isra.0.cold");
	assert_string_equal(words.data, ".isra.cold");
	suffix_meaning(&meaning, "f.nobodyknows.1");
	assert_string_equal(meaning.data, "a suffix this program does not know");
	assert_int_equal(suffix_plain_sees("f.cold"), SEES_EVERY_CALL);
	assert_int_equal(suffix_plain_sees("f.isra.0.cold"), SEES_NOT_ALL);
	assert_int_equal(suffix_plain_sees("f.nobodyknows"), SEES_UNKNOWN);
}

static void renames(void **state)
{
	(void)state;
	assert_string_equal(rename_of_macro("mempool_alloc")->over, "mempool_alloc_noprof");
	assert_string_equal(rename_of_macro("mempool_alloc")->since, "6.10");
	assert_null(rename_of_macro("mempool_free"));
	assert_string_equal(rename_over("mempool_alloc_noprof", 0)->name, "mempool_alloc");
	assert_null(rename_over("mempool_alloc_noprof", 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(file_names), cmocka_unit_test(long_names_are_cut),
		cmocka_unit_test(letters),    cmocka_unit_test(names_equal_but_for_case),
		cmocka_unit_test(links),      cmocka_unit_test(presence),
		cmocka_unit_test(callers),    cmocka_unit_test(caller_lines),
		cmocka_unit_test(suffixes),   cmocka_unit_test(what_is_taken_as_inlined),
		cmocka_unit_test(renames),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
