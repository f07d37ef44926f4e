// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Instructions that make an address.  Most architectures need two for one, so
 * registers are followed from instruction to instruction: what is known of a
 * register is forgotten when something else may have been written to it, at a
 * call what the callee may change, and at a jump all of it.
 */
#include "code/addresses.h"

/* Registers that a call may change, by ABI; bit n is register n. */
static const uint32_t call_clobbers[CODE_ARCH_COUNT] = {
	[CODE_ARM64] = 0x4007ffff,   [CODE_ARM] = 0x500f, [CODE_PPC64] = 0x1ff9,
	[CODE_RISCV64] = 0xf003fce2, [CODE_S390X] = 0,	  [CODE_AMD64] = 0,
};

static bool known(const struct code_addresses *state, unsigned reg)
{
	return state->known >> reg & 1;
}

static void forget(struct code_addresses *state, unsigned reg)
{
	state->known &= ~(1u << reg);
}

static void keep(struct code_addresses *state, unsigned reg, uint64_t value)
{
	state->value[reg] = value;
	state->known |= 1u << reg;
}

static enum code_made made(struct code_addresses *state, unsigned reg, enum code_made what, uint64_t from,
			   uint64_t *value)
{
	forget(state, reg);
	*value = from;
	return what;
}

static enum code_made next_arm64(struct code_addresses *state, uint32_t word, uint64_t address, uint64_t *value)
{
	unsigned rd = code_bits(word, 0, 5), rn = code_bits(word, 5, 5);
	uint64_t distance = code_signed(code_bits(word, 5, 19) << 2 | code_bits(word, 29, 2), 21);

	if ((word & 0x9f000000) == 0x90000000) { /* adrp */
		keep(state, rd, (address & ~UINT64_C(0xfff)) + (distance << 12));
		return MADE_NOTHING;
	}
	if ((word & 0x9f000000) == 0x10000000) /* adr */
		return made(state, rd, MADE_ADDRESS, address + distance, value);
	if ((word & 0xffc00000) == 0x91000000 && known(state, rn)) /* add xd, xn, #imm */
		return made(state, rd, MADE_ADDRESS, state->value[rn] + code_bits(word, 10, 12), value);
	if ((word & 0xffc00000) == 0xf9400000 && known(state, rn)) /* ldr xt, [xn, #imm] */
		return made(state, rd, MADE_LOAD, state->value[rn] + code_bits(word, 10, 12) * UINT64_C(8), value);
	forget(state, rd);
	if ((word & 0x3a400000) == 0x28400000) /* ldp, which has a second register */
		forget(state, code_bits(word, 10, 5));
	return MADE_NOTHING;
}

static bool arm_writes(uint32_t word)
{
	bool store = (word & 0x0c100000) == 0x04000000;
	bool compare = (word & 0x0d900000) == 0x01100000; /* tst, teq, cmp, cmn */

	return !store && !compare;
}

static enum code_made next_arm(struct code_addresses *state, uint32_t word, uint64_t address, uint64_t *value)
{
	unsigned rd = code_bits(word, 12, 4);
	uint32_t half = code_bits(word, 16, 4) << 12 | code_bits(word, 0, 12);
	uint32_t distance = code_bits(word, 0, 12);

	if ((word & 0x0ff00000) == 0x03000000) { /* movw */
		keep(state, rd, half);
		return MADE_NOTHING;
	}
	if ((word & 0x0ff00000) == 0x03400000 && known(state, rd)) /* movt */
		return made(state, rd, MADE_ADDRESS, (state->value[rd] & 0xffff) | (uint64_t)half << 16, value);
	if ((word & 0x0f7f0000) == 0x051f0000) /* ldr rd, [pc, #imm] */
		return made(state, rd, MADE_LOAD,
			    (address + 8 + (word & 0x00800000 ? distance : 0u - distance)) & UINT32_MAX, value);
	if (arm_writes(word))
		forget(state, rd);
	return MADE_NOTHING;
}

static enum code_made next_ppc64(struct code_addresses *state, uint32_t word, uint64_t *value)
{
	const unsigned toc = 2; /* r2 */
	unsigned rt = code_bits(word, 21, 5), ra = code_bits(word, 16, 5), op = word >> 26;
	uint64_t low = code_signed(word & 0xffff, 16);
	bool based = ra && known(state, ra);

	if (state->toc)
		keep(state, toc, state->toc);
	if (op == 15 && ra == toc && state->toc) { /* addis rt, r2, high */
		keep(state, rt, state->toc + (low << 16));
		return MADE_NOTHING;
	}
	if (op == 14 && based) /* addi */
		return made(state, rt, MADE_ADDRESS, state->value[ra] + low, value);
	if (op == 58 && (word & 3) == 0 && based) /* ld */
		return made(state, rt, MADE_LOAD, state->value[ra] + low, value);
	/* Stores and compares write no register; rotates and logical instructions write the other one. */
	if (op != 10 && op != 11 && op != 62 && !(op >= 36 && op <= 39) && op != 44 && op != 45 && op != 47)
		forget(state, rt);
	if (op >= 20 && op <= 31)
		forget(state, ra);
	return MADE_NOTHING;
}

static void forget_compressed(struct code_addresses *state, uint32_t half)
{
	forget(state, code_bits(half, 7, 5));
	forget(state, 8 + code_bits(half, 2, 3));
	forget(state, 8 + code_bits(half, 7, 3));
}

static enum code_made next_riscv64(struct code_addresses *state, uint32_t word, uint64_t address, uint64_t *value)
{
	unsigned rd = code_bits(word, 7, 5), rs1 = code_bits(word, 15, 5), op = word & 0x7f;
	uint64_t low = code_signed(word >> 20, 12);

	if (op == 0x17 || op == 0x37) { /* auipc, lui */
		keep(state, rd, (op == 0x17 ? address : 0) + code_signed(word & 0xfffff000, 32));
		return MADE_NOTHING;
	}
	if ((word & 0x707f) == 0x13 && known(state, rs1)) /* addi */
		return made(state, rd, MADE_ADDRESS, state->value[rs1] + low, value);
	if ((word & 0x707f) == 0x3003 && known(state, rs1)) /* ld */
		return made(state, rd, MADE_LOAD, state->value[rs1] + low, value);
	if (op != 0x23 && op != 0x27) /* stores */
		forget(state, rd);
	return MADE_NOTHING;
}

static enum code_made next_s390x(const unsigned char *bytes, uint64_t address, uint64_t *value)
{
	unsigned op = bytes[1] & 15;

	if (bytes[0] != 0xc0 && bytes[0] != 0xc4)
		return MADE_NOTHING;
	*value = address + (code_signed(code_be32(bytes + 2), 32) << 1);
	if (bytes[0] == 0xc0 && op == 0) /* larl */
		return MADE_ADDRESS;
	return bytes[0] == 0xc4 && op == 8 ? MADE_LOAD : MADE_NOTHING; /* lgrl */
}

static enum code_made next(struct code_addresses *state, const unsigned char *bytes, unsigned length, uint64_t address,
			   uint64_t *value)
{
	switch (state->arch) {
	case CODE_AMD64:
		return code_x86_address(bytes, length, address, true, value) ? MADE_ADDRESS : MADE_NOTHING;
	case CODE_I386:
		return code_x86_address(bytes, length, address, false, value) ? MADE_ADDRESS : MADE_NOTHING;
	case CODE_ARM64:
		return next_arm64(state, code_le32(bytes), address, value);
	case CODE_ARM:
		return next_arm(state, code_le32(bytes), address, value);
	case CODE_PPC64:
		/* A prefixed instruction writes what its second word says. */
		return next_ppc64(state, code_le32(bytes + length - 4), value);
	case CODE_RISCV64:
		if (length == 4)
			return next_riscv64(state, code_le32(bytes), address, value);
		forget_compressed(state, code_le16(bytes));
		return MADE_NOTHING;
	case CODE_S390X:
		return length == 6 ? next_s390x(bytes, address, value) : MADE_NOTHING;
	case CODE_THUMB:
	case CODE_ARCH_COUNT:
		break;
	}
	return MADE_NOTHING;
}

void code_addresses_forget(struct code_addresses *state)
{
	state->known = 0;
}

enum code_made code_addresses_next(struct code_addresses *state, const unsigned char *bytes,
				   const struct branch *branch, uint64_t address, uint64_t *value)
{
	switch ((enum branch_kind)branch->kind) {
	case BRANCH_NONE:
		return next(state, bytes, branch->length, address, value);
	case BRANCH_CALL:
	case BRANCH_INDIRECT_CALL:
		state->known &= ~call_clobbers[state->arch];
		return MADE_NOTHING;
	case BRANCH_CONDITIONAL:
		return MADE_NOTHING;
	case BRANCH_JUMP:
	case BRANCH_INDIRECT_JUMP:
		state->known = 0;
		return MADE_NOTHING;
	}
	return MADE_NOTHING;
}
