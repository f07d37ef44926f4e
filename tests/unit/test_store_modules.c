// SPDX-License-Identifier: GPL-2.0-or-later
/* Modules in an atlas: whose the functions are, and whose the calls. */
#include "store_bench.h"

#define RELEASE "6.1.0-1-amd64"
#define BASE	0x100000000

/*
 * A module: `own` static at .text+0x10, `shared` static in every module, NAME_api
 * global; it calls pool_alloc of vmlinux, `api` of another module, memcpy as
 * __builtin_memcpy, and `nowhere`, which no object defines.
 */
static void module_facts(struct facts *facts, const char *name, const char *api)
{
	AUTO_FREE char *file = xasprintf("drivers/%s.c", name);
	AUTO_FREE char *own_api = xasprintf("%s_api", name);
	const char *imports[] = {"pool_alloc", api, "nowhere", "__builtin_memcpy"};

	facts_init(facts);
	facts->image.release = xstrdup(RELEASE);
	facts->image.arch = xstrdup("amd64");
	vec_add(&facts->objects, ((struct fact_object){.name = text_of(facts, name)}));
	vec_add(&facts->sections,
		((struct fact_section){.base = BASE, .size_bytes = 0x100, .name = text_of(facts, ".text")}));
	vec_add(&facts->prototypes, ((struct fact_prototype){text_of(facts, "int"), 0, 0}));
	add_function(facts, own_api, 1, 1, 0);
	add_function(facts, "shared", 1, 1, 0);
	for (size_t i = 0; i < ARRAY_LEN(imports); i++)
		add_function(facts, imports[i], 1, 0, NO_INDEX);
	add_symbol(facts, 0, own_api, BASE + 0x10, 1);
	add_symbol(facts, 1, "shared", BASE + 0x20, 0);
	add_instance(facts, 0, file, BASE + 0x10, INSTANCE_EXTERNAL | INSTANCE_DEFINED)->symbol = 0;
	add_instance(facts, 1, file, BASE + 0x20, INSTANCE_DEFINED)->symbol = 1;
	for (uint32_t i = 0; i < ARRAY_LEN(imports); i++)
		add_instance(facts, 2 + i, NULL, 0, INSTANCE_EXTERNAL);
	facts->instances.items[5].linkage = text_of(facts, "memcpy");
	for (uint32_t i = 0; i < ARRAY_LEN(imports); i++) {
		add_edge(facts, 2 + i, 1, EDGE_DIRECT, 0, NO_INDEX, 50 + i);
		facts->edges.items[i].address = BASE + 0x28 + i;
	}
	facts->image.version = xstrdup("0"), facts->image.flavor = xstrdup("module");
	ok(facts_check(facts));
}

static struct error *put_module(struct bench *b, int64_t image, const char *name, const char *api)
{
	struct facts facts;

	module_facts(&facts, name, api);
	struct error *err = store_put_module(b->store, image, &facts);

	facts_fini(&facts);
	return err;
}

static int64_t put_vmlinux(struct bench *b, const char *build_id, enum store_conflict conflict)
{
	struct facts facts;
	int64_t image;

	small_facts(&facts, "6.1", build_id);
	facts.image.release = xstrdup(RELEASE);
	ok(store_put_image(b->store, &facts, conflict, &image));
	facts_fini(&facts);
	return image;
}

/* vmlinux and the modules alpha and beta, which call each other, in either order. */
static void write_both(struct bench *b, bool reversed)
{
	ok(store_begin(b->store));
	int64_t image = put_vmlinux(b, "aa", CONFLICT_REFUSE);

	ok(put_module(b, image, reversed ? "beta" : "alpha", reversed ? "alpha_api" : "beta_api"));
	ok(put_module(b, image, reversed ? "alpha" : "beta", reversed ? "beta_api" : "alpha_api"));
	ok(store_commit(b->store));
}

static size_t functions_of(struct bench *b, const char *name, const struct function *const **functions)
{
	size_t count;

	ok(store_functions(b->store, &b->arena, image_of(b, "6.1-*"), name, functions, &count));
	return count;
}

static void check_calls(struct bench *b)
{
	const struct function *const *f;

	assert_int_equal(functions_of(b, "pool_alloc", &f), 1);
	assert_string_equal(f[0]->object, "vmlinux");
	assert_int_equal(f[0]->import_call_count, 2);
	assert_int_equal(f[0]->imported_by, 2);
	assert_string_equal(f[0]->import_calls[0].object, "alpha");
	assert_string_equal(f[0]->import_calls[0].path, "drivers/alpha.c");
	assert_string_equal(f[0]->import_calls[0].section, ".text");
	assert_int_equal(f[0]->import_calls[0].address, 0x28);
	assert_string_equal(f[0]->import_calls[1].object, "beta");
	assert_int_equal(f[0]->class.call_sites, 4);
	assert_int_equal(functions_of(b, "beta_api", &f), 1);
	assert_string_equal(f[0]->object, "beta");
	assert_string_equal(f[0]->instances[0].section, ".text");
	assert_int_equal(f[0]->instances[0].address, 0x10);
	assert_int_equal(f[0]->import_call_count, 1);
	assert_string_equal(f[0]->import_calls[0].object, "alpha");
	assert_false(f[0]->ambiguous);
}

static void test_calls_reach_their_definers(void **state)
{
	struct bench *b = *state;

	write_both(b, false);
	check_calls(b);
	assert_sound(b);
}

static void test_order_of_scanning_does_not_matter(void **state)
{
	struct bench *b = *state;

	write_both(b, true);
	check_calls(b);
	assert_sound(b);
}

static void test_statics_do_not_merge(void **state)
{
	struct bench *b = *state;
	const struct function *const *f;

	write_both(b, true);
	assert_int_equal(functions_of(b, "shared", &f), 2);
	assert_string_equal(f[0]->object, "alpha");
	assert_string_equal(f[1]->object, "beta");
	for (int i = 0; i < 2; i++) {
		assert_int_equal(f[i]->instance_count, 1);
		assert_int_equal(f[i]->class.collision, COLLISION_UNIQUE_STATIC);
		assert_int_equal(f[i]->symbol_count, 1);
		assert_int_equal(f[i]->symbols[0].address, 0x20);
	}
}

static void test_linkage_names(void **state)
{
	struct bench *b = *state;
	const struct function *const *f;

	write_both(b, false);
	assert_int_equal(functions_of(b, "memcpy", &f), 1);
	assert_int_equal(f[0]->alias_call_count, 1);
	assert_int_equal(f[0]->import_call_count, 2);
	assert_string_equal(f[0]->import_calls[0].as, "__builtin_memcpy");
	assert_int_equal(functions_of(b, "__builtin_memcpy", &f), 1);
	assert_string_equal(f[0]->object, "vmlinux");
	assert_int_equal(f[0]->import_call_count, 2);
	assert_false(f[0]->undefined);
}

static void test_undefined(void **state)
{
	struct bench *b = *state;
	const struct function *const *f;

	write_both(b, false);
	assert_int_equal(functions_of(b, "nowhere", &f), 1);
	assert_null(f[0]->object);
	assert_true(f[0]->undefined);
	assert_int_equal(f[0]->import_call_count, 2);
	assert_int_equal(f[0]->class.collision, COLLISION_UNKNOWN);
	assert_string_equal(rows_of(b, "SELECT module, defined_in FROM v_import WHERE name = 'nowhere' ORDER BY 1"),
			    "alpha|NULL\nbeta|NULL\n");
}

static void test_callees(void **state)
{
	struct bench *b = *state;
	const struct function *const *f;
	const struct site *sites;
	size_t count;

	write_both(b, true);
	functions_of(b, "shared", &f);
	ok(store_callees(b->store, &b->arena, f[0], &sites, &count));
	assert_int_equal(count, 4);
	assert_string_equal(sites[0].object, "vmlinux");
	assert_string_equal(sites[0].path, "mm/pool.c");
	assert_string_equal(sites[1].object, "beta");
	assert_string_equal(sites[1].path, "drivers/beta.c");
	assert_string_equal(sites[1].section, ".text");
	assert_int_equal(sites[1].address, 0x29);
	assert_null(sites[2].object);
	assert_string_equal(sites[3].symbol, "memcpy");
	assert_string_equal(sites[3].object, "vmlinux");
}

static void test_views(void **state)
{
	struct bench *b = *state;

	write_both(b, true);
	assert_string_equal(rows_of(b, "SELECT module, caller, caller_module, section, address FROM v_caller "
				       "WHERE name = 'beta_api'"),
			    "beta|drivers/alpha.c:shared|alpha|.text|0x29\n");
	assert_string_equal(
		rows_of(b, "SELECT call_sites, import_call_sites FROM v_function WHERE name = 'pool_alloc'"), "2|2\n");
	assert_string_equal(rows_of(b, "SELECT modules_read, modules FROM v_image"), "yes|2\n");
	assert_int_equal(image_of(b, "6.1-*")->module_count, 2);
}

/* Two modules define common_api, and only the one whose name comes last exports it. */
static void put_namesakes(struct bench *b, bool exported)
{
	static const char *const names[] = {"one", "two"};
	struct facts facts;

	ok(store_begin(b->store));
	int64_t image = put_vmlinux(b, "aa", CONFLICT_REFUSE);

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		module_facts(&facts, names[i], "nothing");
		facts.functions.items[0].name = facts.symbols.items[0].name = text_of(&facts, "common_api");
		facts.objects.items[0].exports_read = exported;
		if (exported && i == 1)
			vec_add(&facts.exports, ((struct fact_export){.name = text_of(&facts, "common_api")}));
		ok(facts_check(&facts));
		ok(store_put_module(b->store, image, &facts));
		facts_fini(&facts);
	}
	ok(put_module(b, image, "user", "common_api"));
	ok(store_commit(b->store));
}

static void test_what_is_exported_is_called(void **state)
{
	struct bench *b = *state;
	const struct function *const *f;

	put_namesakes(b, true);
	assert_int_equal(functions_of(b, "common_api", &f), 2);
	assert_string_equal(f[1]->object, "two");
	assert_int_equal(f[0]->import_call_count, 0);
	assert_int_equal(f[1]->import_call_count, 1);
	assert_false(f[1]->ambiguous);
	assert_string_equal(rows_of(b, "SELECT module FROM v_caller WHERE name = 'common_api'"), "two\n");
	assert_string_equal(rows_of(b, "SELECT callee_module, callee_file FROM v_callee WHERE callee = 'common_api'"),
			    "two|drivers/two.c\n");
}

static void test_without_exports_it_is_a_guess(void **state)
{
	struct bench *b = *state;
	const struct function *const *f;

	put_namesakes(b, false);
	assert_int_equal(functions_of(b, "common_api", &f), 2);
	assert_int_equal(f[0]->import_call_count, 1);
	assert_true(f[0]->ambiguous);
}

/* A module that holds the addresses of its own function and of one it imports. */
static void put_holder(struct bench *b, int64_t image)
{
	struct facts facts;

	module_facts(&facts, "holder", "nothing");
	facts.objects.items[0].taken_data = facts.objects.items[0].taken_code = true;
	vec_add(&facts.taken, ((struct fact_taken){.address = BASE + 0x80,
						   .function = 1,
						   .symbol = 1,
						   .holder = NO_INDEX,
						   .data = text_of(&facts, "holder_ops"),
						   .field = text_of(&facts, "ops.open"),
						   .kind = TAKEN_DATA}));
	vec_add(&facts.taken, ((struct fact_taken){.address = BASE + 0x24,
						   .function = NO_INDEX,
						   .symbol = NO_INDEX,
						   .import = text_of(&facts, "pool_alloc"),
						   .holder = 0,
						   .offset = 0x14,
						   .kind = TAKEN_CODE}));
	ok(facts_check(&facts));
	ok(store_put_module(b->store, image, &facts));
	facts_fini(&facts);
}

static void test_taken(void **state)
{
	struct bench *b = *state;
	const struct function *const *f;

	ok(store_begin(b->store));
	put_holder(b, put_vmlinux(b, "aa", CONFLICT_REFUSE));
	ok(store_commit(b->store));
	functions_of(b, "shared", &f);
	assert_int_equal(f[0]->taken_count, 1);
	assert_string_equal(f[0]->taken[0].data, "holder_ops");
	assert_string_equal(f[0]->taken[0].field, "ops.open");
	functions_of(b, "pool_alloc", &f);
	assert_int_equal(f[0]->taken_count, 1);
	assert_string_equal(f[0]->taken[0].holder, "holder_api");
	assert_string_equal(f[0]->taken[0].object, "holder");
	assert_int_equal(f[0]->taken[0].offset, 0x14);
	assert_string_equal(rows_of(b, "SELECT name, module, kind, holder, field, offset FROM v_taken ORDER BY name"),
			    "pool_alloc|vmlinux|code|holder_api|NULL|20\nshared|holder|data|holder_ops|ops.open|0\n");
	ok(store_remove_image(b->store, image_of(b, "6.1-*")->id));
	assert_string_equal(rows_of(b, "SELECT count(*) FROM taken"), "0\n");
}

static void test_a_module_is_replaced(void **state)
{
	struct bench *b = *state;

	write_both(b, false);
	const char *before = rows_of(b, "SELECT (SELECT count(*) FROM instance), (SELECT count(*) FROM edge), "
					"(SELECT count(*) FROM alias), (SELECT count(*) FROM section)");

	ok(store_begin(b->store));
	ok(put_module(b, image_of(b, "6.1-*")->id, "alpha", "beta_api"));
	ok(store_commit(b->store));
	assert_string_equal(rows_of(b, "SELECT (SELECT count(*) FROM instance), (SELECT count(*) FROM edge), "
				       "(SELECT count(*) FROM alias), (SELECT count(*) FROM section)"),
			    before);
	check_calls(b);
	assert_sound(b);
}

static void test_modules_stay_with_their_build(void **state)
{
	struct bench *b = *state;

	write_both(b, false);
	ok(store_begin(b->store));
	put_vmlinux(b, "aa", CONFLICT_REFUSE);
	ok(store_commit(b->store));
	check_calls(b);
	ok(store_begin(b->store));
	put_vmlinux(b, "bb", CONFLICT_REPLACE);
	ok(store_commit(b->store));
	assert_string_equal(rows_of(b, "SELECT modules FROM v_image"), "0\n");
	assert_string_equal(rows_of(b, "SELECT count(*) FROM object"), "1\n");
	assert_sound(b);
}

static void test_what_is_refused(void **state)
{
	struct bench *b = *state;
	struct facts facts;

	write_both(b, false);
	int64_t image = image_of(b, "6.1-*")->id;

	module_facts(&facts, "gamma", "beta_api");
	free(facts.image.release);
	facts.image.release = xstrdup("6.2.0");
	ok(store_begin(b->store));
	struct error *err = store_put_module(b->store, image, &facts);

	assert_non_null(err);
	assert_non_null(strstr(err->text, "6.2.0"));
	error_free(err);
	free(facts.image.release);
	facts.image.release = NULL;
	facts.image.scope = xstrdup("[\"x*\"]");
	err = store_put_module(b->store, image, &facts);
	assert_non_null(err);
	assert_int_equal(err->kind, ERROR_INPUT);
	error_free(err);
	store_abort(b->store);
	facts_fini(&facts);
	check_calls(b);
}

static void test_abort_leaves_nothing(void **state)
{
	struct bench *b = *state;

	write_both(b, false);
	const char *before = rows_of(b, "SELECT (SELECT count(*) FROM name), (SELECT count(*) FROM function)");

	ok(store_begin(b->store));
	ok(put_module(b, image_of(b, "6.1-*")->id, "gamma", "beta_api"));
	store_abort(b->store);
	assert_string_equal(rows_of(b, "SELECT (SELECT count(*) FROM name), (SELECT count(*) FROM function)"), before);
	ok(store_begin(b->store));
	ok(put_module(b, image_of(b, "6.1-*")->id, "gamma", "beta_api"));
	ok(store_commit(b->store));
	assert_sound(b);
}

static void test_remove_takes_the_modules(void **state)
{
	struct bench *b = *state;

	write_both(b, false);
	ok(store_remove_image(b->store, image_of(b, "6.1-*")->id));
	assert_string_equal(rows_of(b, "SELECT (SELECT count(*) FROM object), (SELECT count(*) FROM function), "
				       "(SELECT count(*) FROM alias), (SELECT count(*) FROM section)"),
			    "0|0|0|0\n");
	assert_sound(b);
}

static void test_images_for_a_release(void **state)
{
	struct bench *b = *state;
	const struct image *images;
	size_t count;

	write_both(b, false);
	ok(store_images_for_release(b->store, &b->arena, RELEASE, "amd64", &images, &count));
	assert_int_equal(count, 1);
	ok(store_images_for_release(b->store, &b->arena, RELEASE, "arm64", &images, &count));
	assert_int_equal(count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_calls_reach_their_definers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_order_of_scanning_does_not_matter, setup, teardown),
		cmocka_unit_test_setup_teardown(test_statics_do_not_merge, setup, teardown),
		cmocka_unit_test_setup_teardown(test_linkage_names, setup, teardown),
		cmocka_unit_test_setup_teardown(test_undefined, setup, teardown),
		cmocka_unit_test_setup_teardown(test_callees, setup, teardown),
		cmocka_unit_test_setup_teardown(test_views, setup, teardown),
		cmocka_unit_test_setup_teardown(test_what_is_exported_is_called, setup, teardown),
		cmocka_unit_test_setup_teardown(test_without_exports_it_is_a_guess, setup, teardown),
		cmocka_unit_test_setup_teardown(test_taken, setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_module_is_replaced, setup, teardown),
		cmocka_unit_test_setup_teardown(test_modules_stay_with_their_build, setup, teardown),
		cmocka_unit_test_setup_teardown(test_what_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_abort_leaves_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(test_remove_takes_the_modules, setup, teardown),
		cmocka_unit_test_setup_teardown(test_images_for_a_release, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
