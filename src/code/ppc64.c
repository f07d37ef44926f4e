// SPDX-License-Identifier: GPL-2.0-or-later
/* ppc64el.  Instructions of 8 bytes (ISA 3.1) are two words, of which none reads as a branch by its first. */
#include "code/isa.h"

bool code_ppc64(const unsigned char *bytes, size_t left, uint64_t address, struct branch *branch)
{
	if (left < 4)
		return false;
	uint32_t word = code_le32(bytes);
	bool link = word & 1;
	uint64_t base = word & 2 ? 0 : address; /* AA: the distance is an address */

	switch (word >> 26) {
	case 1: /* prefixed: the word that follows belongs to it */
		return left < 8 ? false : code_found(branch, 8, BRANCH_NONE, 0);
	case 18: /* b, bl */
		return code_found(branch, 4, link ? BRANCH_CALL : BRANCH_JUMP,
				  base + code_signed(word & 0x03fffffc, 26));
	case 16: /* bc, bcl */
		return code_found(branch, 4, link ? BRANCH_CALL : BRANCH_CONDITIONAL,
				  base + code_signed(word & 0xfffc, 16));
	case 19: /* bclr, bcctr, bctar */
		if (code_bits(word, 1, 10) == 16 || code_bits(word, 1, 10) == 528 || code_bits(word, 1, 10) == 560)
			return code_found(branch, 4, link ? BRANCH_INDIRECT_CALL : BRANCH_INDIRECT_JUMP, 0);
		return code_found(branch, 4, BRANCH_NONE, 0);
	default:
		return code_found(branch, 4, BRANCH_NONE, 0);
	}
}
