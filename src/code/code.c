// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/code.h"

#include "code/isa.h"

#define ENUM_TEXT(id, text)	  [id] = (text),
#define ARCH_NAME(id, name, step) [id] = (name),
#define ARCH_STEP(id, name, step) [id] = (step),

const char *branch_kind_text(enum branch_kind kind)
{
	static const char *const texts[] = {BRANCHES(ENUM_TEXT)};

	return texts[kind];
}

bool branch_is_direct(const struct branch *branch)
{
	return branch->kind == BRANCH_CALL || branch->kind == BRANCH_JUMP || branch->kind == BRANCH_CONDITIONAL;
}

bool code_arch_find(const char *name, enum code_arch *arch)
{
	static const char *const names[] = {CODE_ARCHES(ARCH_NAME)};

	for (unsigned i = 0; i < CODE_ARCH_COUNT; i++)
		if (strcmp(names[i], name) == 0 && i != CODE_THUMB) {
			*arch = (enum code_arch)i;
			return true;
		}
	return false;
}

unsigned code_step(enum code_arch arch)
{
	static const unsigned steps[] = {CODE_ARCHES(ARCH_STEP)};

	return steps[arch];
}

bool code_branch_at(enum code_arch arch, const unsigned char *bytes, size_t left, uint64_t address,
		    struct branch *branch)
{
	static code_decode *const decoders[CODE_ARCH_COUNT] = {
		[CODE_AMD64] = code_amd64, [CODE_I386] = code_i386,	  [CODE_ARM64] = code_arm64,
		[CODE_ARM] = code_arm,	   [CODE_THUMB] = code_thumb,	  [CODE_PPC64] = code_ppc64,
		[CODE_S390X] = code_s390x, [CODE_RISCV64] = code_riscv64,
	};

	return decoders[arch](bytes, left, address, branch);
}

unsigned code_call_tail(enum code_arch arch, const unsigned char *bytes, size_t left)
{
	/* nop; ld r2,24(r1) */
	if (arch == CODE_PPC64 && left >= 4 && (code_le32(bytes) == 0x60000000 || code_le32(bytes) == 0xe8410018))
		return 4;
	return 0;
}
