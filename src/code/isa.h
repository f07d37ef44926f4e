/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the decoders share. */
#ifndef CODE_ISA_H
#define CODE_ISA_H

#include <string.h>

#include "atlas/code.h"

/* Each decodes one instruction as code_branch_at() says. */
typedef bool code_decode(const unsigned char *bytes, size_t left, uint64_t address, struct branch *branch);

code_decode code_amd64, code_i386, code_arm64, code_arm, code_thumb, code_ppc64, code_riscv64, code_s390x;

static inline uint16_t code_le16(const unsigned char *bytes)
{
	return (uint16_t)(bytes[0] | bytes[1] << 8);
}

static inline uint32_t code_le32(const unsigned char *bytes)
{
	return (uint32_t)code_le16(bytes) | (uint32_t)code_le16(bytes + 2) << 16;
}

static inline uint16_t code_be16(const unsigned char *bytes)
{
	return (uint16_t)(bytes[0] << 8 | bytes[1]);
}

static inline uint32_t code_be32(const unsigned char *bytes)
{
	return (uint32_t)code_be16(bytes) << 16 | code_be16(bytes + 2);
}

/* Bits `low` and up, `count` of them. */
static inline uint32_t code_bits(uint32_t word, unsigned low, unsigned count)
{
	return word >> low & ((1u << count) - 1);
}

/* The low `bits` bits of `value` as a signed number, in the arithmetic of addresses. */
static inline uint64_t code_signed(uint64_t value, unsigned bits)
{
	uint64_t sign = UINT64_C(1) << (bits - 1);

	value &= (sign << 1) - 1;
	return (value ^ sign) - sign;
}

static inline bool code_found(struct branch *branch, unsigned length, enum branch_kind kind, uint64_t target)
{
	*branch = (struct branch){.target = target, .length = (uint8_t)length, .kind = (uint8_t)kind};
	return true;
}

#endif
