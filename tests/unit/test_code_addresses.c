// SPDX-License-Identifier: GPL-2.0-or-later
/* Instructions that make addresses: bytes as binutils assembles them, each run from 0x10000 on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "atlas/code.h"
#include "atlas/mem.h"

#define BEGIN 0x10000
#define TOC   0x1000000

struct made_case {
	size_t length;
	unsigned char bytes[16];
	enum code_made made;
	uint64_t value;
	const char *text; /* as objdump prints it */
};

/* clang-format off */
static const struct made_case amd64_cases[] = {
	{7, {0x48, 0x8d, 0x3d, 0x00, 0x10, 0x00, 0x00}, MADE_ADDRESS, 0x11007, "lea 0x1000(%rip),%rdi"},
	{7, {0x4c, 0x8d, 0x3d, 0x3c, 0x00, 0x00, 0x00}, MADE_ADDRESS, 0x1004a, "lea 0x3c(%rip),%r15"},
	{7, {0x48, 0xc7, 0xc7, 0x80, 0xc7, 0x0a, 0x81}, MADE_ADDRESS, 0xffffffff810ac780, "mov $0xffffffff810ac780,%rdi"},
	{8, {0x48, 0xc7, 0x43, 0x18, 0x80, 0xc7, 0x0a, 0x81}, MADE_ADDRESS, 0xffffffff810ac780, "movq $0xffffffff810ac780,0x18(%rbx)"},
	{6, {0x48, 0x3d, 0x80, 0xc7, 0x0a, 0x81}, MADE_ADDRESS, 0xffffffff810ac780, "cmp $0xffffffff810ac780,%rax"},
	{5, {0xbe, 0x00, 0x10, 0x40, 0x00}, MADE_ADDRESS, 0x401000, "mov $0x401000,%esi"},
	{10, {0x48, 0xb8, 0x60, 0x45, 0x23, 0x81, 0xff, 0xff, 0xff, 0xff}, MADE_ADDRESS, 0xffffffff81234560, "movabs $0xffffffff81234560,%rax"},
	{5, {0x68, 0x30, 0x12, 0x40, 0x00}, MADE_ADDRESS, 0x401230, "push $0x401230"},
	{4, {0x48, 0x8d, 0x50, 0x10}, MADE_NOTHING, 0x0, "lea 0x10(%rax),%rdx"},
	{7, {0x48, 0x8b, 0x05, 0x00, 0x10, 0x00, 0x00}, MADE_NOTHING, 0x0, "mov 0x1000(%rip),%rax"},
	{4, {0x66, 0xb8, 0x34, 0x12}, MADE_NOTHING, 0x0, "mov $0x1234,%ax"},
	{4, {0x48, 0x83, 0xc4, 0x08}, MADE_NOTHING, 0x0, "add $0x8,%rsp"},
	{1, {0x90}, MADE_NOTHING, 0x0, "nop"},
};

static const struct made_case i386_cases[] = {
	{5, {0xb8, 0x60, 0x45, 0x23, 0xc1}, MADE_ADDRESS, 0xc1234560, "mov $0xc1234560,%eax"},
	{7, {0xc7, 0x43, 0x10, 0x60, 0x45, 0x23, 0xc1}, MADE_ADDRESS, 0xc1234560, "movl $0xc1234560,0x10(%ebx)"},
	{6, {0x8d, 0x0d, 0x60, 0x45, 0x23, 0xc1}, MADE_ADDRESS, 0xc1234560, "lea 0xc1234560,%ecx"},
	{3, {0x8d, 0x50, 0x04}, MADE_NOTHING, 0x0, "lea 0x4(%eax),%edx"},
	{6, {0x81, 0xfa, 0x60, 0x45, 0x23, 0xc1}, MADE_ADDRESS, 0xc1234560, "cmp $0xc1234560,%edx"},
	{5, {0x68, 0x60, 0x45, 0x23, 0xc1}, MADE_ADDRESS, 0xc1234560, "push $0xc1234560"},
};

static const struct made_case arm64_cases[] = {
	{4, {0x80, 0x00, 0x00, 0xd0}, MADE_NOTHING, 0x0, "adrp x0, 22000"},
	{4, {0x00, 0x80, 0x15, 0x91}, MADE_ADDRESS, 0x22560, "add x0, x0,"},
	{4, {0x03, 0x08, 0x00, 0x10}, MADE_ADDRESS, 0x10108, "adr x3, 10108"},
	{4, {0x01, 0x00, 0x00, 0xd0}, MADE_NOTHING, 0x0, "adrp x1, 12000"},
	{4, {0xe1, 0x03, 0x02, 0xaa}, MADE_NOTHING, 0x0, "mov x1, x2"},
	{4, {0x21, 0x20, 0x00, 0x91}, MADE_NOTHING, 0x0, "add x1, x1,"},
	{4, {0x13, 0x00, 0x00, 0xd0}, MADE_NOTHING, 0x0, "adrp x19, 12000"},
	{4, {0x10, 0x00, 0x00, 0x94}, MADE_NOTHING, 0x0, "bl 1005c"},
	{4, {0x62, 0x62, 0x00, 0x91}, MADE_ADDRESS, 0x12018, "add x2, x19,"},
	{4, {0x05, 0x00, 0x00, 0xd0}, MADE_NOTHING, 0x0, "adrp x5, 12000"},
	{4, {0x10, 0x00, 0x00, 0x94}, MADE_NOTHING, 0x0, "bl 10068"},
	{4, {0xa5, 0x60, 0x00, 0x91}, MADE_NOTHING, 0x0, "add x5, x5,"},
	{4, {0x06, 0x00, 0x00, 0xd0}, MADE_NOTHING, 0x0, "adrp x6, 12000"},
	{4, {0xc7, 0x10, 0x40, 0xf9}, MADE_LOAD, 0x12020, "ldr x7, [x6,"},
	{4, {0x08, 0x00, 0x00, 0xd0}, MADE_NOTHING, 0x0, "adrp x8, 12000"},
	{4, {0xc0, 0x03, 0x5f, 0xd6}, MADE_NOTHING, 0x0, "ret"},
	{4, {0x08, 0x05, 0x00, 0x91}, MADE_NOTHING, 0x0, "add x8, x8,"},
};

static const struct made_case armhf_cases[] = {
	{4, {0x60, 0x05, 0x04, 0xe3}, MADE_NOTHING, 0x0, "movw r0,"},
	{4, {0x88, 0x18, 0x08, 0xe3}, MADE_NOTHING, 0x0, "movw r1,"},
	{4, {0x23, 0x01, 0x4c, 0xe3}, MADE_ADDRESS, 0xc1234560, "movt r0,"},
	{4, {0x88, 0x11, 0x4c, 0xe3}, MADE_ADDRESS, 0xc1888888, "movt r1,"},
	{4, {0x10, 0x30, 0x9f, 0xe5}, MADE_LOAD, 0x10028, "ldr r3, [pc,"},
	{4, {0x11, 0x21, 0x01, 0xe3}, MADE_NOTHING, 0x0, "movw r2,"},
	{4, {0x03, 0x20, 0xa0, 0xe1}, MADE_NOTHING, 0x0, "mov r2, r3"},
	{4, {0x23, 0x21, 0x4c, 0xe3}, MADE_NOTHING, 0x0, "movt r2,"},
	{4, {0x01, 0x00, 0x50, 0xe1}, MADE_NOTHING, 0x0, "cmp r0, r1"},
};

static const struct made_case ppc64el_cases[] = {
	{4, {0xfe, 0xff, 0x62, 0x3c}, MADE_NOTHING, 0x0, "addis r3,r2,-2"},
	{4, {0x60, 0x05, 0x63, 0x38}, MADE_ADDRESS, 0xfe0560, "addi r3,r3,1376"},
	{4, {0x00, 0x90, 0x82, 0x38}, MADE_ADDRESS, 0xff9000, "addi r4,r2,-28672"},
	{4, {0x01, 0x00, 0x22, 0x3d}, MADE_NOTHING, 0x0, "addis r9,r2,1"},
	{4, {0x18, 0x00, 0x29, 0xe9}, MADE_LOAD, 0x1010018, "ld r9,24(r9)"},
	{4, {0x01, 0x00, 0xa2, 0x3c}, MADE_NOTHING, 0x0, "addis r5,r2,1"},
	{4, {0x78, 0x3b, 0xc5, 0x7c}, MADE_NOTHING, 0x0, "or r5,r6,r7"},
	{4, {0x08, 0x00, 0xa5, 0x38}, MADE_NOTHING, 0x0, "addi r5,r5,8"},
	{4, {0x01, 0x00, 0x42, 0x3d}, MADE_NOTHING, 0x0, "addis r10,r2,1"},
	{4, {0x41, 0x00, 0x00, 0x48}, MADE_NOTHING, 0x0, "bl 10064"},
	{4, {0x08, 0x00, 0x4a, 0x39}, MADE_NOTHING, 0x0, "addi r10,r10,8"},
	{4, {0x01, 0x00, 0xe2, 0x3f}, MADE_NOTHING, 0x0, "addis r31,r2,1"},
	{4, {0x08, 0x00, 0xe1, 0xfb}, MADE_NOTHING, 0x0, "std r31,8(r1)"},
	{4, {0x08, 0x00, 0x1f, 0x39}, MADE_ADDRESS, 0x1010008, "addi r8,r31,8"},
};

static const struct made_case riscv64_cases[] = {
	{4, {0x17, 0x25, 0x01, 0x00}, MADE_NOTHING, 0x0, "auipc a0,0x12"},
	{4, {0x13, 0x05, 0x05, 0x56}, MADE_ADDRESS, 0x22560, "addi a0,a0,1376"},
	{4, {0x97, 0x25, 0x01, 0x00}, MADE_NOTHING, 0x0, "auipc a1,0x12"},
	{4, {0x13, 0x86, 0x85, 0xff}, MADE_ADDRESS, 0x22000, "addi a2,a1,-8"},
	{4, {0x97, 0x16, 0x00, 0x00}, MADE_NOTHING, 0x0, "auipc a3,0x1"},
	{4, {0x03, 0xb7, 0x06, 0x02}, MADE_LOAD, 0x11030, "ld a4,32(a3)"},
	{4, {0x97, 0x17, 0x00, 0x00}, MADE_NOTHING, 0x0, "auipc a5,0x1"},
	{4, {0xb3, 0x87, 0x07, 0x01}, MADE_NOTHING, 0x0, "add a5,a5,a6"},
	{4, {0x93, 0x87, 0x87, 0x00}, MADE_NOTHING, 0x0, "addi a5,a5,8"},
	{4, {0x97, 0x14, 0x00, 0x00}, MADE_NOTHING, 0x0, "auipc s1,0x1"},
	{4, {0xef, 0x00, 0x00, 0x04}, MADE_NOTHING, 0x0, "jal ra,10068"},
	{4, {0x13, 0x89, 0x04, 0x01}, MADE_ADDRESS, 0x11034, "addi s2,s1,16"},
	{4, {0xb7, 0x42, 0x23, 0x81}, MADE_NOTHING, 0x0, "lui t0,0x81234"},
	{4, {0x93, 0x82, 0x02, 0x56}, MADE_ADDRESS, 0xffffffff81234560, "addi t0,t0,1376"},
	{4, {0x17, 0x15, 0x00, 0x00}, MADE_NOTHING, 0x0, "auipc a0,0x1"},
	{2, {0x2e, 0x85}, MADE_NOTHING, 0x0, "c.mv a0,a1"},
	{4, {0x13, 0x05, 0x85, 0x00}, MADE_NOTHING, 0x0, "addi a0,a0,8"},
};

static const struct made_case s390x_cases[] = {
	{6, {0xc0, 0x10, 0x00, 0x00, 0x08, 0x00}, MADE_ADDRESS, 0x11000, "larl %r1,11000"},
	{6, {0xc0, 0x20, 0xff, 0xff, 0xf8, 0x00}, MADE_ADDRESS, 0xf006, "larl %r2,f006"},
	{6, {0xc4, 0x38, 0x00, 0x00, 0x10, 0x00}, MADE_LOAD, 0x1200c, "lgrl %r3,1200c"},
	{6, {0xc0, 0xe5, 0x00, 0x00, 0x00, 0x80}, MADE_NOTHING, 0x0, "brasl %r14,10112"},
	{4, {0xb9, 0x04, 0x00, 0x45}, MADE_NOTHING, 0x0, "lgr %r4,%r5"},
};
/* clang-format on */

static void check(enum code_arch arch, const struct made_case *cases, size_t count)
{
	struct code_addresses state = {.arch = arch, .toc = TOC};
	uint64_t address = BEGIN;

	for (size_t i = 0; i < count; i++) {
		unsigned char *bytes = xmalloc(cases[i].length); /* of exactly that size: reading past it is seen */
		struct branch branch;
		uint64_t value = 0;

		memcpy(bytes, cases[i].bytes, cases[i].length);
		assert_true(code_branch_at(arch, bytes, cases[i].length, address, &branch));
		assert_int_equal(branch.length, cases[i].length);
		enum code_made made = code_addresses_next(&state, bytes, &branch, address, &value);

		if (made != cases[i].made || (made && value != cases[i].value))
			fail_msg("%s: %d, 0x%llx", cases[i].text, (int)made, (unsigned long long)value);
		address += cases[i].length;
		free(bytes);
	}
}

#define TEST(name, arch)                                            \
	static void test_##name(void **state)                       \
	{                                                           \
		(void)state;                                        \
		check(arch, name##_cases, ARRAY_LEN(name##_cases)); \
	}

TEST(amd64, CODE_AMD64)
TEST(i386, CODE_I386)
TEST(arm64, CODE_ARM64)
TEST(armhf, CODE_ARM)
TEST(ppc64el, CODE_PPC64)
TEST(riscv64, CODE_RISCV64)
TEST(s390x, CODE_S390X)

/* A function's begin may be reached from anywhere. */
static void test_forget(void **unused)
{
	struct code_addresses state = {.arch = CODE_ARM64};
	const struct branch branch = {.length = 4};
	uint64_t value;

	(void)unused;
	code_addresses_next(&state, arm64_cases[0].bytes, &branch, BEGIN, &value);
	code_addresses_forget(&state);
	assert_int_equal(code_addresses_next(&state, arm64_cases[1].bytes, &branch, BEGIN + 4, &value), MADE_NOTHING);
}

/* Any bytes are good input. */
static void test_any_bytes(void **unused)
{
	uint32_t seed = 1;

	(void)unused;
	for (int arch = 0; arch < CODE_ARCH_COUNT; arch++) {
		struct code_addresses state = {.arch = (enum code_arch)arch, .toc = TOC};

		for (int i = 0; i < 20000; i++) {
			unsigned char bytes[16];
			struct branch branch;
			uint64_t value;

			for (size_t k = 0; k < sizeof(bytes); k++) {
				seed = seed * 1103515245 + 12345;
				bytes[k] = (unsigned char)(seed >> 16);
			}
			if (code_branch_at((enum code_arch)arch, bytes, sizeof(bytes), BEGIN, &branch))
				code_addresses_next(&state, bytes, &branch, BEGIN, &value);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_amd64), cmocka_unit_test(test_i386),    cmocka_unit_test(test_arm64),
		cmocka_unit_test(test_armhf), cmocka_unit_test(test_ppc64el), cmocka_unit_test(test_riscv64),
		cmocka_unit_test(test_s390x), cmocka_unit_test(test_forget),  cmocka_unit_test(test_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
