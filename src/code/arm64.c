// SPDX-License-Identifier: GPL-2.0-or-later
#include "code/isa.h"

bool code_arm64(const unsigned char *bytes, size_t left, uint64_t address, struct branch *branch)
{
	if (left < 4)
		return false;
	uint32_t word = code_le32(bytes);

	/* B and BL */
	if ((word & 0x7c000000) == 0x14000000)
		return code_found(branch, 4, word >> 31 ? BRANCH_CALL : BRANCH_JUMP,
				  address + (code_signed(word, 26) << 2));
	/* B.cond and BC.cond; CBZ and CBNZ */
	if ((word & 0xff000000) == 0x54000000 || (word & 0x7e000000) == 0x34000000)
		return code_found(branch, 4, BRANCH_CONDITIONAL, address + (code_signed(word >> 5, 19) << 2));
	/* TBZ and TBNZ */
	if ((word & 0x7e000000) == 0x36000000)
		return code_found(branch, 4, BRANCH_CONDITIONAL, address + (code_signed(word >> 5, 14) << 2));
	/* BLR, BLRAA and their like; BR, RET, ERET and theirs */
	if ((word & 0xfe000000) == 0xd6000000)
		return code_found(branch, 4, code_bits(word, 21, 3) == 1 ? BRANCH_INDIRECT_CALL : BRANCH_INDIRECT_JUMP,
				  0);
	return code_found(branch, 4, BRANCH_NONE, 0);
}
