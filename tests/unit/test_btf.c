// SPDX-License-Identifier: GPL-2.0-or-later
/* BTF of a kernel and of a module that continues it, made by hand. */
// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include <string.h>

#include "image/btf.h"

enum { INT = 1, PTR = 2, STRUCT = 4, FUNC = 12, FUNC_PROTO = 13 };

struct maker {
	unsigned char bytes[1024];
	size_t types, strings;
	uint32_t first_string;
	char text[256];
};

static void put(struct maker *maker, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		maker->bytes[24 + maker->types++] = (unsigned char)(value >> 8 * i);
}

static uint32_t name(struct maker *maker, const char *text)
{
	uint32_t at = maker->first_string + (uint32_t)maker->strings;

	memcpy(maker->text + maker->strings, text, strlen(text) + 1);
	maker->strings += strlen(text) + 1;
	return at;
}

static void type(struct maker *maker, uint32_t name_offset, unsigned kind, unsigned members, uint32_t value)
{
	put(maker, name_offset);
	put(maker, kind << 24 | members);
	put(maker, value);
}

static size_t finish(struct maker *maker)
{
	const uint32_t header[6] = {
		0x0001eb9f, 24, 0, (uint32_t)maker->types, (uint32_t)maker->types, (uint32_t)maker->strings};

	for (size_t i = 0; i < 24; i++)
		maker->bytes[i] = (unsigned char)(header[i / 4] >> 8 * (i % 4));
	memcpy(maker->bytes + 24 + maker->types, maker->text, maker->strings);
	return 24 + maker->types + maker->strings;
}

/* 1: int; 2: struct; 3: (int pool, struct); 4: alloc; 5: (...); 6: print; 7: (int), 8: alloc again */
static size_t make_kernel(struct maker *maker, uint32_t *probe)
{
	name(maker, "");
	type(maker, name(maker, "int"), INT, 0, 4);
	put(maker, 32);
	type(maker, name(maker, "page"), STRUCT, 0, 4);
	type(maker, 0, FUNC_PROTO, 2, 1);
	put(maker, name(maker, "pool")), put(maker, 1);
	put(maker, 0), put(maker, 2);
	type(maker, name(maker, "alloc"), FUNC, 0, 3);
	type(maker, 0, FUNC_PROTO, 1, 1);
	put(maker, 0), put(maker, 0);
	type(maker, name(maker, "print"), FUNC, 0, 5);
	type(maker, 0, FUNC_PROTO, 1, 1);
	put(maker, 0), put(maker, 1);
	type(maker, name(maker, "alloc"), FUNC, 0, 7);
	*probe = name(maker, "probe");
	return finish(maker);
}

static void test_kernel(void **state)
{
	struct maker maker = {0};
	const struct btf_func *func;
	struct btf_funcs funcs;
	uint32_t probe;
	size_t size_bytes = make_kernel(&maker, &probe);

	(void)state;
	assert_null(btf_funcs_of("kernel", maker.bytes, size_bytes, &funcs));
	assert_int_equal(funcs.items.count, 3);
	assert_int_equal(btf_funcs_find(&funcs, "alloc", &func), 2);
	assert_int_equal(btf_funcs_find(&funcs, "print", &func), 1);
	assert_true(func->refused);
	assert_int_equal(btf_funcs_find(&funcs, "probe", &func), 0);
	btf_funcs_find(&funcs, "alloc", &func);
	func += func->params != 2;
	assert_int_equal(func->params, 2);
	assert_true(func->doubtful);
	assert_string_equal(btf_param_name(&funcs.btf, func, 0), "pool");
	assert_string_equal(btf_param_name(&funcs.btf, func, 1), "");
	btf_funcs_fini(&funcs);
}

/* A module's function under a name of the kernel's strings, with a type of the kernel's. */
static void test_module(void **state)
{
	struct maker kernel = {0}, module = {0};
	struct btf base, split;
	struct error *err;
	uint32_t probe;
	size_t size_bytes = make_kernel(&kernel, &probe);

	(void)state;
	assert_null(btf_open("kernel", kernel.bytes, size_bytes, NULL, &base));
	module.first_string = (uint32_t)kernel.strings;
	type(&module, probe, FUNC, 0, 10);
	type(&module, 0, FUNC_PROTO, 1, 0);
	put(&module, name(&module, "device")), put(&module, 2);
	type(&module, name(&module, "remove"), FUNC, 0, 3);
	size_bytes = finish(&module);
	assert_null(btf_open("module", module.bytes, size_bytes, &base, &split));
	assert_int_equal(split.first_id, 9);

	struct btf_func func = {.id = 9, .params = 1};

	assert_string_equal(btf_param_name(&split, &func, 0), "device");
	func = (struct btf_func){.id = 11, .params = 2};
	assert_string_equal(btf_param_name(&split, &func, 0), "pool");
	btf_close(&split);
	btf_close(&base);

	/* Cut anywhere, it is refused or read, but never past its end. */
	for (size_t i = 0; i < size_bytes; i++) {
		err = btf_open("module", module.bytes, i, NULL, &split);
		assert_non_null(err);
		error_free(err);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kernel),
		cmocka_unit_test(test_module),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
