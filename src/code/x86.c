// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * amd64 and i386: instructions have no common length, so all of them must be
 * measured to know where the next begins.
 *
 * One letter for each opcode says what follows it:
 *   .  nothing            M  ModRM               b  8 bit immediate     z  16/32 bit immediate
 *   w  16 bit immediate   v  as z, 64 with REX.W B  ModRM and b         Z  ModRM and z
 *   e  enter: 16+8 bits   f  far pointer         m  offset as wide as an address
 *   g  group 3: ModRM, and b if it is TEST       G  the same with z
 *   R  ModRM whose mod bits mean nothing         j  8 bit distance      J  16/32 bit distance
 *   P  prefix             E  another map follows x  no instruction
 */
#include "code/addresses.h"

#define MAX_LENGTH 15

static const char one_byte[] = "MMMMbz..MMMMbz.E" /* 00 */
			       "MMMMbz..MMMMbz.." /* 10 */
			       "MMMMbzP.MMMMbzP." /* 20 */
			       "MMMMbzP.MMMMbzP." /* 30 */
			       "................" /* 40: REX in 64 bit mode */
			       "................" /* 50 */
			       "..MMPPPPzZbB...." /* 60 */
			       "jjjjjjjjjjjjjjjj" /* 70 */
			       "BZBBMMMMMMMMMMMM" /* 80 */
			       "..........f....." /* 90 */
			       "mmmm....bz......" /* a0 */
			       "bbbbbbbbvvvvvvvv" /* b0 */
			       "BBw.MMBZe.w..b.." /* c0 */
			       "MMMMbb..MMMMMMMM" /* d0 */
			       "jjjjbbbbJJfj...." /* e0 */
			       "P.PP..gG......MM" /* f0 */;

/* Opcodes of the map above that 64 bit mode has not. */
static const unsigned char not_in_64[] = {
	0x06, 0x07, 0x0e, 0x16, 0x17, 0x1e, 0x1f, 0x27, 0x2f, 0x37,
	0x3f, 0x60, 0x61, 0x82, 0x9a, 0xce, 0xd4, 0xd5, 0xd6, 0xea,
};

static const char two_byte[] = "MMMMx.....x.xM.B" /* 00 */
			       "MMMMMMMMMMMMMMMM" /* 10 */
			       "RRRRxxxxMMMMMMMM" /* 20 */
			       "......x.ExExxxxx" /* 30 */
			       "MMMMMMMMMMMMMMMM" /* 40 */
			       "MMMMMMMMMMMMMMMM" /* 50 */
			       "MMMMMMMMMMMMMMMM" /* 60 */
			       "BBBBMMM.MMxxMMMM" /* 70 */
			       "JJJJJJJJJJJJJJJJ" /* 80 */
			       "MMMMMMMMMMMMMMMM" /* 90 */
			       "...MBMMM...MBMMM" /* a0 */
			       "MMMMMMMMMMBMMMMM" /* b0 */
			       "MMBMBBBM........" /* c0 */
			       "MMMMMMMMMMMMMMMM" /* d0 */
			       "MMMMMMMMMMMMMMMM" /* e0 */
			       "MMMMMMMMMMMMMMMM" /* f0 */;

enum opcode_map { MAP_ONE, MAP_0F, MAP_0F38, MAP_0F3A };

/* One instruction while it is being measured. */
struct measure {
	const unsigned char *bytes;
	size_t left, at;
	uint64_t address;
	bool bits64, narrow_operand, narrow_address, rex_w;
	enum opcode_map map;
	unsigned char opcode, modrm;
};

static bool take(struct measure *m, unsigned char *byte)
{
	if (m->at >= m->left || m->at >= MAX_LENGTH)
		return false;
	*byte = m->bytes[m->at++];
	return true;
}

static bool skip(struct measure *m, size_t count)
{
	m->at += count;
	return m->at <= m->left && m->at <= MAX_LENGTH;
}

/* Prefixes in any order; REX counts only right before the opcode, which is left in `opcode`. */
static bool take_prefixes(struct measure *m)
{
	for (;;) {
		if (!take(m, &m->opcode))
			return false;
		if (m->bits64 && (m->opcode & 0xf0) == 0x40) {
			m->rex_w = m->opcode & 8;
			continue;
		}
		if (one_byte[m->opcode] != 'P')
			return true;
		m->rex_w = false;
		if (m->opcode == 0x66)
			m->narrow_operand = true;
		else if (m->opcode == 0x67)
			m->narrow_address = true;
	}
}

/* C4, C5 and 62 are LES, LDS and BOUND in 32 bit mode unless what follows could not be their memory operand. */
static bool is_vector_prefix(const struct measure *m)
{
	if (m->opcode != 0xc4 && m->opcode != 0xc5 && m->opcode != 0x62)
		return false;
	return m->bits64 || (m->at < m->left && m->bytes[m->at] >= 0xc0);
}

static bool take_vector_prefix(struct measure *m)
{
	static const enum opcode_map maps[8] = {
		[1] = MAP_0F, [2] = MAP_0F38, [3] = MAP_0F3A, [4] = MAP_0F, [5] = MAP_0F38, [6] = MAP_0F38};
	size_t payload = m->opcode == 0xc5 ? 1 : m->opcode == 0xc4 ? 2 : 3;
	unsigned char first;

	if (!take(m, &first) || !skip(m, payload - 1))
		return false;
	m->map = payload == 1 ? MAP_0F : maps[first & 7];
	return m->map != MAP_ONE && take(m, &m->opcode);
}

static bool take_map(struct measure *m)
{
	if (is_vector_prefix(m))
		return take_vector_prefix(m);
	if (m->opcode != 0x0f)
		return true;
	m->map = MAP_0F;
	if (!take(m, &m->opcode))
		return false;
	if (two_byte[m->opcode] != 'E')
		return true;
	m->map = m->opcode == 0x38 ? MAP_0F38 : MAP_0F3A;
	return take(m, &m->opcode);
}

static char form_of(const struct measure *m)
{
	switch (m->map) {
	case MAP_ONE:
		if (m->bits64 && memchr(not_in_64, m->opcode, sizeof(not_in_64)))
			return 'x';
		return one_byte[m->opcode];
	case MAP_0F:
		return two_byte[m->opcode];
	case MAP_0F38:
		return 'M';
	case MAP_0F3A:
		return 'B';
	}
	return 'x';
}

static bool skip_modrm16(struct measure *m)
{
	switch (m->modrm >> 6) {
	case 0:
		return skip(m, (m->modrm & 7) == 6 ? 2 : 0);
	case 1:
		return skip(m, 1);
	case 2:
		return skip(m, 2);
	default:
		return true;
	}
}

static bool skip_modrm(struct measure *m)
{
	unsigned char sib = 0;
	unsigned mod;

	if (!take(m, &m->modrm))
		return false;
	mod = m->modrm >> 6;
	if (mod == 3)
		return true;
	if (!m->bits64 && m->narrow_address)
		return skip_modrm16(m);
	if ((m->modrm & 7) == 4 && !take(m, &sib))
		return false;
	if (mod == 0)
		return skip(m, (m->modrm & 7) == 5 || ((m->modrm & 7) == 4 && (sib & 7) == 5) ? 4 : 0);
	return skip(m, mod == 1 ? 1 : 4);
}

static size_t operand_bytes(const struct measure *m)
{
	return m->narrow_operand && !m->rex_w ? 2 : 4;
}

static size_t address_bytes(const struct measure *m)
{
	if (m->bits64)
		return m->narrow_address ? 4 : 8;
	return m->narrow_address ? 2 : 4;
}

/* Distances are 32 bits wide in 64 bit mode whatever the operand size. */
static size_t distance_bytes(const struct measure *m)
{
	return m->bits64 || !m->narrow_operand ? 4 : 2;
}

static bool skip_operands(struct measure *m, char form)
{
	switch (form) {
	case '.':
		return true;
	case 'M':
		return skip_modrm(m);
	case 'R':
		return take(m, &m->modrm);
	case 'b':
	case 'j':
		return skip(m, 1);
	case 'w':
		return skip(m, 2);
	case 'e':
		return skip(m, 3);
	case 'z':
		return skip(m, operand_bytes(m));
	case 'v':
		return skip(m, m->rex_w ? 8 : operand_bytes(m));
	case 'B':
		return skip_modrm(m) && skip(m, 1);
	case 'Z':
		return skip_modrm(m) && skip(m, operand_bytes(m));
	case 'f':
		return skip(m, operand_bytes(m) + 2);
	case 'm':
		return skip(m, address_bytes(m));
	case 'g':
		return skip_modrm(m) && skip(m, m->modrm & 0x30 ? 0 : 1);
	case 'G':
		return skip_modrm(m) && skip(m, m->modrm & 0x30 ? 0 : operand_bytes(m));
	case 'J':
		return skip(m, distance_bytes(m));
	default:
		return false;
	}
}

/* The distance is the last thing in the instruction. */
static uint64_t target_of(const struct measure *m, char form)
{
	const unsigned char *end = m->bytes + m->at;
	uint64_t next = m->address + m->at, target;

	if (form == 'j')
		target = next + code_signed(end[-1], 8);
	else if (distance_bytes(m) == 2)
		return (next + code_signed(code_le16(end - 2), 16)) & 0xffff;
	else
		target = next + code_signed(code_le32(end - 4), 32);
	return m->bits64 ? target : target & 0xffffffff;
}

static enum branch_kind kind_of(const struct measure *m, char form)
{
	if (m->map == MAP_0F)
		return form == 'J' ? BRANCH_CONDITIONAL : BRANCH_NONE;
	if (m->map != MAP_ONE)
		return BRANCH_NONE;
	switch (m->opcode) {
	case 0xe8:
		return BRANCH_CALL;
	case 0xe9:
	case 0xeb:
		return BRANCH_JUMP;
	case 0x9a:
		return BRANCH_INDIRECT_CALL;
	case 0xc2:
	case 0xc3:
	case 0xca:
	case 0xcb:
	case 0xcf:
	case 0xea:
		return BRANCH_INDIRECT_JUMP;
	case 0xff:
		if ((m->modrm >> 3 & 7) == 2 || (m->modrm >> 3 & 7) == 3)
			return BRANCH_INDIRECT_CALL;
		return (m->modrm >> 3 & 7) == 4 || (m->modrm >> 3 & 7) == 5 ? BRANCH_INDIRECT_JUMP : BRANCH_NONE;
	default:
		return form == 'j' ? BRANCH_CONDITIONAL : BRANCH_NONE;
	}
}

static bool decode(struct measure *m, struct branch *branch)
{
	if (!take_prefixes(m) || !take_map(m))
		return false;
	char form = form_of(m);

	if (!skip_operands(m, form))
		return false;
	enum branch_kind kind = kind_of(m, form);
	bool direct = kind == BRANCH_CALL || kind == BRANCH_JUMP || kind == BRANCH_CONDITIONAL;

	return code_found(branch, (unsigned)m->at, kind, direct ? target_of(m, form) : 0);
}

/* Opcodes that have what may be an address: lea, and those with an immediate of 32 or 64 bits. */
static bool may_hold_address(const struct measure *m)
{
	char form = m->map == MAP_ONE ? one_byte[m->opcode] : 'x';

	return m->opcode == 0x8d ? m->map == MAP_ONE : form == 'z' || form == 'Z' || form == 'v' || form == 'G';
}

/* The immediate stands last; in 64 bit code the sign of one of 32 bits is extended, if the operand is that wide. */
static bool immediate(const struct measure *m, char form, uint64_t *value)
{
	const unsigned char *end = m->bytes + m->at;
	const unsigned char push = 0x68;

	if ((form == 'G' && m->modrm & 0x30) || m->narrow_operand)
		return false;
	if (m->bits64 && form == 'v' && m->rex_w) {
		*value = code_le32(end - 8) | (uint64_t)code_le32(end - 4) << 32;
		return true;
	}
	*value =
		m->bits64 && (m->rex_w || m->opcode == push) ? code_signed(code_le32(end - 4), 32) : code_le32(end - 4);
	return true;
}

bool code_x86_address(const unsigned char *bytes, unsigned length, uint64_t address, bool bits64, uint64_t *value)
{
	struct measure m = {.bytes = bytes, .left = length, .address = address, .bits64 = bits64};

	if (!take_prefixes(&m) || m.opcode == 0x0f || is_vector_prefix(&m) || !may_hold_address(&m))
		return false;
	char form = form_of(&m);

	if (!skip_operands(&m, form))
		return false;
	if (form != 'M')
		return immediate(&m, form, value);
	/* lea with a displacement and nothing else: from the next instruction, in 32 bit code from 0. */
	if ((m.modrm & 0xc7) != 0x05 || m.narrow_address)
		return false;
	*value = code_signed(code_le32(m.bytes + m.at - 4), 32) + (bits64 ? address + m.at : 0);
	if (!bits64)
		*value &= UINT32_MAX;
	return true;
}

bool code_amd64(const unsigned char *bytes, size_t left, uint64_t address, struct branch *branch)
{
	struct measure m = {.bytes = bytes, .left = left, .address = address, .bits64 = true};

	return decode(&m, branch);
}

bool code_i386(const unsigned char *bytes, size_t left, uint64_t address, struct branch *branch)
{
	struct measure m = {.bytes = bytes, .left = left, .address = address};

	return decode(&m, branch);
}
