// SPDX-License-Identifier: GPL-2.0-or-later
/* Facts into an atlas and out again. */
#include "store_bench.h"

static void test_nothing_is_made_before_the_first_write(void **state)
{
	struct bench *b = *state;
	const struct image *images;
	size_t count = 1;

	ok(store_images(b->store, &b->arena, &images, &count));
	assert_int_equal(count, 0);
	assert_int_equal(access(b->path, F_OK), -1);
}

static void test_images_are_in_order(void **state)
{
	static const char *const versions[] = {"6.1", "5.10", "7.3~rc7", "7.3", "6.1.2"};
	static const char *const wanted[] = {"5.10", "6.1", "6.1.2", "7.3~rc7", "7.3"};
	struct bench *b = *state;
	const struct image *images;
	size_t count;

	for (size_t i = 0; i < ARRAY_LEN(versions); i++)
		write_small(b, versions[i], "aa");
	ok(store_images(b->store, &b->arena, &images, &count));
	assert_int_equal(count, ARRAY_LEN(wanted));
	for (size_t i = 0; i < count; i++)
		assert_string_equal(images[i].version, wanted[i]);
	assert_string_equal(images[0].name, "5.10-generic-amd64");
	assert_string_equal(images[0].build_id, "aa");
	assert_null(images[0].label);
	assert_int_equal(images[0].function_count, 5);
	assert_int_equal(images[0].edge_count, 5);
	assert_int_equal(images[0].symbol_count, 5);
}

static void test_instances_and_symbols(void **state)
{
	struct bench *b = *state;

	write_small(b, "6.1", NULL);
	const struct function *pool = function_of(b, "6.1-*", "pool_alloc");

	assert_non_null(pool);
	assert_int_equal(pool->instance_count, 1);
	assert_string_equal(pool->instances[0].file, "mm/pool.c");
	assert_int_equal(pool->instances[0].decl_line, 10);
	assert_true(pool->instances[0].address == 0xffffffff81000100);
	assert_int_equal(pool->instances[0].flags, INSTANCE_EXTERNAL | INSTANCE_DEFINED | INSTANCE_HAS_ADDRESS);
	assert_int_equal(pool->instances[0].dw_inline, 1);
	assert_ptr_equal(pool->instances[0].symbol, &pool->symbols[0]);
	assert_int_equal(pool->symbol_count, 2);
	assert_string_equal(pool->symbols[1].name, "pool_alloc.cold");
	assert_string_equal(pool->symbols[1].object, "vmlinux");
	assert_true(pool->symbols[1].address == 0xffffffff81ff0000);
	assert_int_equal(pool->symbols[1].size_bytes, 64);
	assert_int_equal(pool->class.collision, COLLISION_UNIQUE_GLOBAL);
	assert_int_equal(pool->class.inlining, INLINE_SELECTIVE);
	assert_true(pool->class.transformed && pool->class.only_split);
}

static void test_prototypes(void **state)
{
	struct bench *b = *state;

	write_small(b, "6.1", NULL);
	const struct function *pool = function_of(b, "6.1-*", "pool_alloc");
	const struct prototype *prototype = pool->prototype;

	assert_string_equal(prototype->returns, "void *");
	assert_int_equal(prototype->count, 2);
	assert_string_equal(prototype->params[0].name, "pool");
	assert_string_equal(prototype->params[0].decl, "struct pool *pool");
	assert_string_equal(prototype->params[1].decl, "void (anon)");
	assert_ptr_equal(pool->instances[0].prototype, prototype);
	assert_null(function_of(b, "6.1-*", "memcpy")->prototype);
}

static void test_sites(void **state)
{
	struct bench *b = *state;

	write_small(b, "6.1", NULL);
	const struct instance *pool = function_of(b, "6.1-*", "pool_alloc")->instances;

	assert_int_equal(pool->inlined_count, 1);
	assert_string_equal(pool->inlined[0].path, "init/main.c");
	assert_string_equal(pool->inlined[0].name, "main_loop");
	assert_string_equal(pool->inlined[0].object, "vmlinux");
	assert_int_equal(pool->inlined[0].line, 41);
	assert_int_equal(pool->inlined[0].through_count, 2);
	assert_string_equal(pool->inlined[0].through[0], "helper");
	assert_string_equal(pool->inlined[0].through[1], "inner");
	assert_int_equal(pool->call_count, 2);
	assert_int_equal(pool->calls[0].kind, EDGE_DIRECT);
	assert_int_equal(pool->calls[0].through_count, 0);
	assert_string_equal(pool->calls[1].path, "mm/a.c");
	assert_int_equal(pool->calls[1].kind, EDGE_TAIL);
	assert_int_equal(pool->calls[1].flags, EDGE_COPY);
}

static void test_mentioned(void **state)
{
	struct bench *b = *state;

	write_small(b, "6.1", NULL);
	const struct function *outsider = function_of(b, "6.1-*", "outsider");

	assert_int_equal(outsider->flags, FUNCTION_MENTIONED);
	assert_int_equal(outsider->instance_count, 0);
	const struct function *helper = function_of(b, "6.1-*", "helper");

	assert_int_equal(helper->instance_count, 2);
	assert_string_equal(helper->instances[1].calls[0].path, "drivers/far.c");
	assert_null(function_of(b, "6.1-*", "no_such_function"));
	assert_null(function_of(b, "6.1-*", "pool_alloc.cold"));
}

static void test_alias_calls(void **state)
{
	struct bench *b = *state;

	write_small(b, "6.1", NULL);
	const struct function *function = function_of(b, "6.1-*", "memcpy");

	assert_int_equal(function->instances[0].call_count, 0);
	assert_int_equal(function->alias_call_count, 1);
	assert_string_equal(function->alias_calls[0].name, "main_loop");
	assert_int_equal(function->alias_calls[0].line, 44);
	assert_string_equal(function_of(b, "6.1-*", "__builtin_memcpy")->instances[0].linkage, "memcpy");
}

static void test_callees(void **state)
{
	struct bench *b = *state;
	const struct site *sites;
	size_t count;

	write_small(b, "6.1", NULL);
	ok(store_callees(b->store, &b->arena, function_of(b, "6.1-*", "main_loop"), &sites, &count));
	assert_int_equal(count, 3);
	assert_string_equal(sites[0].name, "pool_alloc");
	assert_int_equal(sites[0].kind, EDGE_INLINED);
	assert_string_equal(sites[2].name, "__builtin_memcpy");
	assert_string_equal(sites[2].symbol, "memcpy");
	assert_null(sites[2].path);
}

static void test_names(void **state)
{
	static const char *patterns[] = {"*mem*", "pool_alloc", "outsider"};
	struct bench *b = *state;
	const char *const *names;
	size_t count;

	write_small(b, "6.1", NULL);
	ok(store_names(b->store, &b->arena, &(struct globs){0}, &names, &count));
	assert_int_equal(count, 5);
	assert_string_equal(names[0], "__builtin_memcpy");
	assert_string_equal(names[4], "pool_alloc");
	ok(store_names(b->store, &b->arena, &(struct globs){patterns, 3}, &names, &count));
	assert_int_equal(count, 3);
	ok(store_image_names(b->store, &b->arena, image_of(b, "6.1-*"), &names, &count));
	assert_int_equal(count, 5);
	assert_string_equal(names[0], "pool_alloc");
	ok(store_nearest(b->store, &b->arena, "pol_aloc", 3, &names, &count));
	assert_int_equal(count, 1);
	assert_string_equal(names[0], "pool_alloc");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_nothing_is_made_before_the_first_write, setup, teardown),
		cmocka_unit_test_setup_teardown(test_images_are_in_order, setup, teardown),
		cmocka_unit_test_setup_teardown(test_instances_and_symbols, setup, teardown),
		cmocka_unit_test_setup_teardown(test_prototypes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_sites, setup, teardown),
		cmocka_unit_test_setup_teardown(test_mentioned, setup, teardown),
		cmocka_unit_test_setup_teardown(test_alias_calls, setup, teardown),
		cmocka_unit_test_setup_teardown(test_callees, setup, teardown),
		cmocka_unit_test_setup_teardown(test_names, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
