// SPDX-License-Identifier: GPL-2.0-or-later
/* riscv64, compressed instructions and the auipc+jalr pair of far calls among them. */
#include "code/isa.h"

#define OP_AUIPC  0x17
#define OP_JALR	  0x67
#define OP_JAL	  0x6f
#define OP_BRANCH 0x63

/* ra and t0 are link registers: writing them is calling. */
static bool is_link(uint32_t rd)
{
	return rd == 1 || rd == 5;
}

static uint64_t jal_distance(uint32_t word)
{
	return code_signed(code_bits(word, 31, 1) << 20 | code_bits(word, 12, 8) << 12 | code_bits(word, 20, 1) << 11 |
				   code_bits(word, 21, 10) << 1,
			   21);
}

static uint64_t branch_distance(uint32_t word)
{
	return code_signed(code_bits(word, 31, 1) << 12 | code_bits(word, 7, 1) << 11 | code_bits(word, 25, 6) << 5 |
				   code_bits(word, 8, 4) << 1,
			   13);
}

static uint64_t c_j_distance(uint32_t half)
{
	return code_signed(code_bits(half, 12, 1) << 11 | code_bits(half, 8, 1) << 10 | code_bits(half, 9, 2) << 8 |
				   code_bits(half, 6, 1) << 7 | code_bits(half, 7, 1) << 6 |
				   code_bits(half, 2, 1) << 5 | code_bits(half, 11, 1) << 4 |
				   code_bits(half, 3, 3) << 1,
			   12);
}

static uint64_t c_b_distance(uint32_t half)
{
	return code_signed(code_bits(half, 12, 1) << 8 | code_bits(half, 5, 2) << 6 | code_bits(half, 2, 1) << 5 |
				   code_bits(half, 10, 2) << 3 | code_bits(half, 3, 2) << 1,
			   9);
}

static bool compressed(uint32_t half, uint64_t address, struct branch *branch)
{
	switch (half & 0xe003) {
	case 0xa001: /* c.j */
		return code_found(branch, 2, BRANCH_JUMP, address + c_j_distance(half));
	case 0xc001: /* c.beqz */
	case 0xe001: /* c.bnez */
		return code_found(branch, 2, BRANCH_CONDITIONAL, address + c_b_distance(half));
	case 0x8002: /* c.jr, c.jalr with a register and nothing else; c.ebreak has no register */
		if (code_bits(half, 2, 5) == 0 && code_bits(half, 7, 5) != 0)
			return code_found(branch, 2, half & 0x1000 ? BRANCH_INDIRECT_CALL : BRANCH_INDIRECT_JUMP, 0);
		break;
	default:
		break;
	}
	return code_found(branch, 2, BRANCH_NONE, 0);
}

/* auipc rX, high; jalr rd, low(rX), which reaches where no jal can. */
static bool far_pair(const unsigned char *bytes, size_t left, uint64_t address, struct branch *branch)
{
	if (left < 8)
		return false;
	uint32_t high = code_le32(bytes), jump = code_le32(bytes + 4);

	if ((jump & 0x707f) != OP_JALR || code_bits(jump, 15, 5) != code_bits(high, 7, 5))
		return false;
	uint64_t target = address + code_signed(high & 0xfffff000, 32) + code_signed(jump >> 20, 12);

	return code_found(branch, 8, is_link(code_bits(jump, 7, 5)) ? BRANCH_CALL : BRANCH_JUMP, target & ~UINT64_C(1));
}

bool code_riscv64(const unsigned char *bytes, size_t left, uint64_t address, struct branch *branch)
{
	if (left < 2)
		return false;
	if ((bytes[0] & 3) != 3)
		return compressed(code_le16(bytes), address, branch);
	if (left < 4)
		return false;
	uint32_t word = code_le32(bytes), rd = code_bits(word, 7, 5);

	switch (word & 0x7f) {
	case OP_JAL:
		return code_found(branch, 4, is_link(rd) ? BRANCH_CALL : BRANCH_JUMP, address + jal_distance(word));
	case OP_BRANCH:
		return code_found(branch, 4, BRANCH_CONDITIONAL, address + branch_distance(word));
	case OP_JALR:
		return code_found(branch, 4, is_link(rd) ? BRANCH_INDIRECT_CALL : BRANCH_INDIRECT_JUMP, 0);
	case OP_AUIPC:
		if (far_pair(bytes, left, address, branch))
			return true;
		break;
	default:
		break;
	}
	return code_found(branch, 4, BRANCH_NONE, 0);
}
