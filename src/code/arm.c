// SPDX-License-Identifier: GPL-2.0-or-later
/* armhf: ARM code, and Thumb-2.  Debian's kernels are ARM code but for a few lines of assembler. */
#include "code/isa.h"

static uint64_t wrap(uint64_t address)
{
	return address & 0xffffffff;
}

bool code_arm(const unsigned char *bytes, size_t left, uint64_t address, struct branch *branch)
{
	if (left < 4)
		return false;
	uint32_t word = code_le32(bytes), condition = word >> 28;
	uint64_t target = address + 8 + (code_signed(word, 24) << 2);

	if ((word & 0x0e000000) == 0x0a000000) {
		/* BLX to Thumb code: H is bit 1 of the target. */
		if (condition == 0xf)
			return code_found(branch, 4, BRANCH_CALL, wrap(target + (code_bits(word, 24, 1) << 1)));
		if (word & 0x01000000)
			return code_found(branch, 4, BRANCH_CALL, wrap(target));
		return code_found(branch, 4, condition == 0xe ? BRANCH_JUMP : BRANCH_CONDITIONAL, wrap(target));
	}
	/* BLX and BX of a register */
	if (condition != 0xf && (word & 0x0ffffff0) == 0x012fff30)
		return code_found(branch, 4, BRANCH_INDIRECT_CALL, 0);
	if (condition != 0xf && (word & 0x0ffffff0) == 0x012fff10)
		return code_found(branch, 4, BRANCH_INDIRECT_JUMP, 0);
	/* mov pc, register: how code before BX returned */
	if (condition != 0xf && (word & 0x0ffffff0) == 0x01a0f000)
		return code_found(branch, 4, BRANCH_INDIRECT_JUMP, 0);
	return code_found(branch, 4, BRANCH_NONE, 0);
}

/* B<c>, B and CBZ/CBNZ of 16 bits; BX and BLX. */
static bool thumb16(uint32_t half, uint64_t pc, struct branch *branch)
{
	if ((half & 0xf000) == 0xd000 && code_bits(half, 8, 4) < 0xe)
		return code_found(branch, 2, BRANCH_CONDITIONAL, wrap(pc + (code_signed(half, 8) << 1)));
	if ((half & 0xf800) == 0xe000)
		return code_found(branch, 2, BRANCH_JUMP, wrap(pc + (code_signed(half, 11) << 1)));
	if ((half & 0xf500) == 0xb100)
		return code_found(branch, 2, BRANCH_CONDITIONAL,
				  wrap(pc + (code_bits(half, 9, 1) << 6) + (code_bits(half, 3, 5) << 1)));
	if ((half & 0xff87) == 0x4780)
		return code_found(branch, 2, BRANCH_INDIRECT_CALL, 0);
	if ((half & 0xff87) == 0x4700)
		return code_found(branch, 2, BRANCH_INDIRECT_JUMP, 0);
	return code_found(branch, 2, BRANCH_NONE, 0);
}

/* The wide B<c>: S:J2:J1:imm6:imm11:0. */
static uint64_t distance_t3(uint32_t high, uint32_t low)
{
	uint64_t value = (uint64_t)code_bits(high, 10, 1) << 20 | code_bits(low, 11, 1) << 19 |
			 code_bits(low, 13, 1) << 18 | code_bits(high, 0, 6) << 12 | code_bits(low, 0, 11) << 1;

	return code_signed(value, 21);
}

/* B, BL and BLX: S:I1:I2:imm10:imm11:0, where I is NOT (J EOR S). */
static uint64_t distance_t4(uint32_t high, uint32_t low)
{
	uint32_t s = code_bits(high, 10, 1);
	uint32_t i1 = !(code_bits(low, 13, 1) ^ s), i2 = !(code_bits(low, 11, 1) ^ s);
	uint64_t value =
		(uint64_t)s << 24 | i1 << 23 | i2 << 22 | code_bits(high, 0, 10) << 12 | code_bits(low, 0, 11) << 1;

	return code_signed(value, 25);
}

static bool thumb32(uint32_t high, uint32_t low, uint64_t pc, struct branch *branch)
{
	if ((high & 0xf800) != 0xf000 || !(low & 0x8000))
		return code_found(branch, 4, BRANCH_NONE, 0);
	switch (low & 0xd000) {
	case 0xd000: /* BL */
		return code_found(branch, 4, BRANCH_CALL, wrap(pc + distance_t4(high, low)));
	case 0xc000: /* BLX, to ARM code */
		return code_found(branch, 4, BRANCH_CALL,
				  wrap((pc & ~UINT64_C(3)) + distance_t4(high, low)) & ~UINT64_C(3));
	case 0x9000: /* B */
		return code_found(branch, 4, BRANCH_JUMP, wrap(pc + distance_t4(high, low)));
	default: /* B<c>, unless the condition says that it is something else */
		if (code_bits(high, 7, 3) == 7)
			return code_found(branch, 4, BRANCH_NONE, 0);
		return code_found(branch, 4, BRANCH_CONDITIONAL, wrap(pc + distance_t3(high, low)));
	}
}

bool code_thumb(const unsigned char *bytes, size_t left, uint64_t address, struct branch *branch)
{
	if (left < 2)
		return false;
	uint32_t high = code_le16(bytes);

	if (high < 0xe800)
		return thumb16(high, address + 4, branch);
	if (left < 4)
		return false;
	return thumb32(high, code_le16(bytes + 2), address + 4, branch);
}
