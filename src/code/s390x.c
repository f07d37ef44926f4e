// SPDX-License-Identifier: GPL-2.0-or-later
/* s390x: distances count halfwords from the begin of the instruction; the first two bits tell its length. */
#include "code/isa.h"

/* The mask that branches always. */
#define ALWAYS 15

static bool relative(const unsigned char *bytes, unsigned length, unsigned bits, enum branch_kind kind,
		     uint64_t address, struct branch *branch)
{
	uint64_t halfwords = bits == 32 ? code_be32(bytes + 2) : code_be16(bytes + 2);

	return code_found(branch, length, kind,
			  kind == BRANCH_NONE ? 0 : address + (code_signed(halfwords, bits) << 1));
}

/* A mask of no bits never branches. */
static enum branch_kind by_mask(unsigned mask)
{
	if (mask == 0)
		return BRANCH_NONE;
	return mask == ALWAYS ? BRANCH_JUMP : BRANCH_CONDITIONAL;
}

static bool two(const unsigned char *bytes, struct branch *branch)
{
	unsigned r1 = bytes[1] >> 4, r2 = bytes[1] & 15;
	enum branch_kind kind = BRANCH_NONE;

	/* bcr with mask 0 and any of these with register 0 go nowhere. */
	if (bytes[0] == 0x07 && r1 && r2) /* bcr */
		kind = BRANCH_INDIRECT_JUMP;
	else if ((bytes[0] == 0x0d || bytes[0] == 0x0c) && r2) /* basr, bassm */
		kind = BRANCH_INDIRECT_CALL;
	return code_found(branch, 2, kind, 0);
}

static bool four(const unsigned char *bytes, uint64_t address, struct branch *branch)
{
	switch (bytes[0]) {
	case 0xa7:
		switch (bytes[1] & 15) {
		case 4: /* brc */
			return relative(bytes, 4, 16, by_mask(bytes[1] >> 4), address, branch);
		case 5: /* bras */
			return relative(bytes, 4, 16, BRANCH_CALL, address, branch);
		case 6: /* brct */
		case 7: /* brctg */
			return relative(bytes, 4, 16, BRANCH_CONDITIONAL, address, branch);
		default:
			break;
		}
		break;
	case 0x84: /* brxh */
	case 0x85: /* brxle */
		return relative(bytes, 4, 16, BRANCH_CONDITIONAL, address, branch);
	case 0x4d: /* bas */
		return code_found(branch, 4, BRANCH_INDIRECT_CALL, 0);
	case 0x47: /* bc */
		return code_found(branch, 4, bytes[1] >> 4 ? BRANCH_INDIRECT_JUMP : BRANCH_NONE, 0);
	default:
		break;
	}
	return code_found(branch, 4, BRANCH_NONE, 0);
}

static bool six(const unsigned char *bytes, uint64_t address, struct branch *branch)
{
	unsigned last = bytes[5];

	if (bytes[0] == 0xc0 && (bytes[1] & 15) == 5) /* brasl */
		return relative(bytes, 6, 32, BRANCH_CALL, address, branch);
	if (bytes[0] == 0xc0 && (bytes[1] & 15) == 4) /* brcl */
		return relative(bytes, 6, 32, by_mask(bytes[1] >> 4), address, branch);
	if (bytes[0] == 0xcc && (bytes[1] & 15) == 6) /* brcth */
		return relative(bytes, 6, 32, BRANCH_CONDITIONAL, address, branch);
	/* brxhg, brxlg; compare and branch: cgrj, clgrj, crj, clrj, cgij, clgij, cij, clij */
	if (bytes[0] == 0xec && (last == 0x44 || last == 0x45 || last == 0x64 || last == 0x65 || last == 0x76 ||
				 last == 0x77 || (last >= 0x7c && last <= 0x7f)))
		return relative(bytes, 6, 16, BRANCH_CONDITIONAL, address, branch);
	if (bytes[0] == 0xe3 && last == 0x47) /* bic: indirect */
		return code_found(branch, 6, BRANCH_INDIRECT_JUMP, 0);
	return code_found(branch, 6, BRANCH_NONE, 0);
}

bool code_s390x(const unsigned char *bytes, size_t left, uint64_t address, struct branch *branch)
{
	static const unsigned char lengths[4] = {2, 4, 4, 6};
	unsigned length = left ? lengths[bytes[0] >> 6] : 0;

	if (left < 2 || left < length)
		return false;
	if (length == 2)
		return two(bytes, branch);
	return length == 4 ? four(bytes, address, branch) : six(bytes, address, branch);
}
