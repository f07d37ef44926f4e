// SPDX-License-Identifier: GPL-2.0-or-later
/* Several images in one atlas: replacing, refusing, removing, labelling. */
#include "store_bench.h"

/* Takes an error that there must be; its text lives as long as the bench. */
static const char *text_of_error(struct bench *b, struct error *err)
{
	if (!err) {
		fail_msg("no error");
		return "";
	}
	const char *text = arena_strdup(&b->arena, err->text);

	error_free(err);
	return text;
}

static struct error *write_build(struct bench *b, const char *version, const char *build_id,
				 enum store_conflict conflict)
{
	struct facts facts;

	small_facts(&facts, version, build_id);
	struct error *err = store_write_image(b->store, &facts, conflict);

	facts_fini(&facts);
	return err;
}

static void assert_images(struct bench *b, const char *wanted)
{
	assert_string_equal(rows_of(b, "SELECT image, build_id FROM v_image ORDER BY image"), wanted);
	assert_sound(b);
}

static void test_tables_are_sound(void **state)
{
	struct bench *b = *state;

	write_small(b, "6.1", "aa");
	write_small(b, "6.12", "bb");
	assert_sound(b);
}

static void test_dictionaries_are_shared(void **state)
{
	static const char sizes[] = "SELECT (SELECT count(*) FROM name), (SELECT count(*) FROM path), "
				    "(SELECT count(*) FROM prototype), (SELECT count(*) FROM chain)";
	struct bench *b = *state;

	write_small(b, "6.1", "aa");
	const char *before = rows_of(b, sizes);

	assert_string_equal(before, "8|6|2|2\n");
	write_small(b, "6.12", "bb");
	assert_string_equal(rows_of(b, sizes), before);
}

static void test_same_build_is_replaced(void **state)
{
	struct bench *b = *state;

	write_small(b, "6.1", "aa");
	write_small(b, "6.12", "bb");
	write_small(b, "6.1", "aa");
	assert_images(b, "6.1-generic-amd64|aa\n6.12-generic-amd64|bb\n");
	assert_string_equal(rows_of(b, "SELECT count(*) FROM edge"), "10\n");
	assert_string_equal(function_of(b, "6.1-*", "pool_alloc")->instances[0].calls[1].path, "mm/a.c");
	assert_string_equal(function_of(b, "6.12-*", "pool_alloc")->instances[0].calls[1].path, "mm/a.c");
}

static void test_images_without_build_id_are_told_by_name(void **state)
{
	struct bench *b = *state;

	write_small(b, "6.1", NULL);
	write_small(b, "6.1", NULL);
	assert_images(b, "6.1-generic-amd64|NULL\n");
	const char *text = text_of_error(b, write_build(b, "6.1", "aa", CONFLICT_REFUSE));

	assert_non_null(strstr(text, "--replace"));
	assert_images(b, "6.1-generic-amd64|NULL\n");
}

static void test_other_build_is_refused(void **state)
{
	struct bench *b = *state;

	write_small(b, "6.1", "aa");
	const char *text = text_of_error(b, write_build(b, "6.1", "bb", CONFLICT_REFUSE));

	assert_non_null(strstr(text, "6.1-generic-amd64"));
	assert_non_null(strstr(text, "--replace"));
	assert_non_null(strstr(text, "--label"));
	assert_images(b, "6.1-generic-amd64|aa\n");
	ok(write_build(b, "6.1", "bb", CONFLICT_REPLACE));
	assert_images(b, "6.1-generic-amd64|bb\n");
}

static void test_remove(void **state)
{
	struct bench *b = *state;

	write_small(b, "6.1", "aa");
	write_small(b, "6.12", "bb");
	write_small(b, "7.3", "cc");
	ok(store_remove_image(b->store, image_of(b, "6.12-*")->id));
	assert_images(b, "6.1-generic-amd64|aa\n7.3-generic-amd64|cc\n");
	assert_string_equal(rows_of(b, "SELECT (SELECT count(*) FROM function), (SELECT count(*) FROM instance), "
				       "(SELECT count(*) FROM symbol), (SELECT count(*) FROM edge)"),
			    "12|14|10|10\n");
	ok(store_remove_image(b->store, image_of(b, "6.1-*")->id));
	ok(store_remove_image(b->store, image_of(b, "7.3-*")->id));
	assert_images(b, "");
	write_small(b, "6.1", "aa");
	assert_images(b, "6.1-generic-amd64|aa\n");
}

static void test_removed_names_are_not_offered(void **state)
{
	struct bench *b = *state;
	const char *const *names;
	size_t count;

	write_small(b, "6.1", "aa");
	ok(store_remove_image(b->store, image_of(b, "6.1-*")->id));
	ok(store_names(b->store, &b->arena, &(struct globs){0}, &names, &count));
	assert_int_equal(count, 0);
	ok(store_nearest(b->store, &b->arena, "pool_alloc", 5, &names, &count));
	assert_int_equal(count, 0);
}

static void test_label(void **state)
{
	struct bench *b = *state;

	write_small(b, "6.1", "aa");
	ok(store_label_image(b->store, image_of(b, "6.1-*")->id, "mine"));
	assert_string_equal(image_of(b, "6.1-*")->name, "6.1-generic-amd64+mine");
	assert_string_equal(image_of(b, "6.1-*")->label, "mine");
	ok(write_build(b, "6.1", "bb", CONFLICT_REFUSE));
	assert_images(b, "6.1-generic-amd64|bb\n6.1-generic-amd64+mine|aa\n");
	const char *text = text_of_error(b, store_label_image(b->store, image_of(b, "*+mine")->id, NULL));

	assert_non_null(strstr(text, "6.1-generic-amd64"));
	assert_images(b, "6.1-generic-amd64|bb\n6.1-generic-amd64+mine|aa\n");
}

static void test_find_image(void **state)
{
	struct bench *b = *state;
	const struct image *image;

	write_small(b, "6.1", "aa");
	write_small(b, "6.12", "bb");
	assert_string_equal(image_of(b, "6.1-generic-amd64")->build_id, "aa");
	assert_string_equal(image_of(b, "*12*")->build_id, "bb");
	const char *text = text_of_error(b, store_find_image(b->store, &b->arena, "6.1*", &image));

	assert_non_null(strstr(text, "6.1-generic-amd64, 6.12-generic-amd64"));
	text = text_of_error(b, store_find_image(b->store, &b->arena, "5.*", &image));
	assert_non_null(strstr(text, "6.1-generic-amd64, 6.12-generic-amd64"));
}

static void test_views(void **state)
{
	struct bench *b = *state;

	write_small(b, "6.1", "aa");
	assert_string_equal(rows_of(b,
				    "SELECT collision, inline, transformation, only_split, prototype FROM v_function "
				    "WHERE name = 'pool_alloc'"),
			    "Unique Global|Selective|True|yes|void *pool_alloc(struct pool *pool, void (anon))\n");
	assert_string_equal(rows_of(b, "SELECT file, decl_line, address, external, symbol FROM v_instance "
				       "WHERE name = 'helper'"),
			    "mm/a.c|20|0xffffffff81000200|no|helper\nmm/b.c|20|NULL|no|NULL\n");
	assert_string_equal(rows_of(b, "SELECT caller, kind, line, via_copy, through FROM v_caller "
				       "WHERE name = 'pool_alloc'"),
			    "init/main.c:main_loop|inlined|41|no|helper > inner\n"
			    "init/main.c:main_loop|direct|42|no|NULL\nmm/a.c:helper|tail|43|yes|NULL\n");
	assert_string_equal(rows_of(b, "SELECT caller, recorded_as FROM v_caller WHERE name = 'memcpy'"),
			    "init/main.c:main_loop|__builtin_memcpy\n");
	assert_string_equal(rows_of(b, "SELECT callee, callee_file, kind, linkage_name FROM v_callee "
				       "WHERE name = 'main_loop' ORDER BY edge_id"),
			    "pool_alloc|mm/pool.c|inlined|NULL\npool_alloc|mm/pool.c|direct|NULL\n"
			    "__builtin_memcpy|NULL|direct|memcpy\n");
	assert_string_equal(rows_of(b, "SELECT symbol, size, binding FROM v_symbol WHERE name = 'pool_alloc'"),
			    "pool_alloc|64|GLOBAL\npool_alloc.cold|64|LOCAL\n");
	assert_string_equal(rows_of(b, "SELECT text FROM name WHERE id IN (SELECT rowid FROM name_words('pool')) "
				       "ORDER BY text"),
			    "pool_alloc\npool_alloc.cold\n");
}

static void test_named_queries(void **state)
{
	struct bench *b = *state;
	AUTO_STR struct str text = {0};
	const struct result_sink sink = {&text, rows_header, rows_add};

	write_small(b, "6.1", "aa");
	ok(store_named_query(b->store, "@functions", NULL, "[hm]e*p*", &sink));
	assert_string_equal(
		text.data,
		"6.1-generic-amd64|helper|vmlinux|mm/a.c|20|Static-Static Collision|No|False|no|int helper()\n"
		"6.1-generic-amd64|helper|vmlinux|mm/b.c|20|Static-Static Collision|No|False|no|int helper()\n"
		"6.1-generic-amd64|memcpy|vmlinux|lib/memcpy.S|40|Unique Static|No|False|no|NULL\n");
	str_clear(&text);
	ok(store_named_query(b->store, "@callers", "6.1-*", "*memcpy", &sink));
	assert_string_equal(text.data,
			    "6.1-generic-amd64|__builtin_memcpy|vmlinux|init/main.c:main_loop|vmlinux|direct|44\n"
			    "6.1-generic-amd64|memcpy|vmlinux|init/main.c:main_loop|vmlinux|direct|44\n");
	const char *unknown = text_of_error(b, store_named_query(b->store, "@nothing", NULL, NULL, &sink));

	assert_non_null(strstr(unknown, "@functions"));
	assert_non_null(strstr(unknown, "@callers"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_tables_are_sound, setup, teardown),
		cmocka_unit_test_setup_teardown(test_dictionaries_are_shared, setup, teardown),
		cmocka_unit_test_setup_teardown(test_same_build_is_replaced, setup, teardown),
		cmocka_unit_test_setup_teardown(test_images_without_build_id_are_told_by_name, setup, teardown),
		cmocka_unit_test_setup_teardown(test_other_build_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_remove, setup, teardown),
		cmocka_unit_test_setup_teardown(test_removed_names_are_not_offered, setup, teardown),
		cmocka_unit_test_setup_teardown(test_label, setup, teardown),
		cmocka_unit_test_setup_teardown(test_find_image, setup, teardown),
		cmocka_unit_test_setup_teardown(test_views, setup, teardown),
		cmocka_unit_test_setup_teardown(test_named_queries, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
