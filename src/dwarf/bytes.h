/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A bounded position in a debug section.  Reading past the end gives 0 and sets
 * `overrun`, which the caller looks at once per record instead of once per byte.
 */
#ifndef DWARF_BYTES_H
#define DWARF_BYTES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct bytes {
	const unsigned char *start; /* of the section */
	const unsigned char *at;
	const unsigned char *end;
	bool swap;
	bool overrun;
};

static inline uint64_t bytes_offset(const struct bytes *b)
{
	return (uint64_t)(b->at - b->start);
}

static inline bool bytes_has(struct bytes *b, uint64_t count)
{
	if (count <= (uint64_t)(b->end - b->at))
		return true;
	b->overrun = true;
	b->at = b->end;
	return false;
}

static inline void bytes_skip(struct bytes *b, uint64_t count)
{
	if (bytes_has(b, count))
		b->at += count;
}

static inline uint8_t bytes_u8(struct bytes *b)
{
	return bytes_has(b, 1) ? *b->at++ : 0;
}

static inline uint16_t bytes_u16(struct bytes *b)
{
	uint16_t value = 0;

	if (bytes_has(b, 2)) {
		memcpy(&value, b->at, 2);
		b->at += 2;
	}
	return b->swap ? __builtin_bswap16(value) : value;
}

static inline uint32_t bytes_u32(struct bytes *b)
{
	uint32_t value = 0;

	if (bytes_has(b, 4)) {
		memcpy(&value, b->at, 4);
		b->at += 4;
	}
	return b->swap ? __builtin_bswap32(value) : value;
}

static inline uint64_t bytes_u64(struct bytes *b)
{
	uint64_t value = 0;

	if (bytes_has(b, 8)) {
		memcpy(&value, b->at, 8);
		b->at += 8;
	}
	return b->swap ? __builtin_bswap64(value) : value;
}

/* Widths the standard allows: 1, 2, 3 (DW_FORM_strx3), 4, 8. */
static inline uint64_t bytes_uint(struct bytes *b, unsigned width)
{
	uint64_t value = 0;

	switch (width) {
	case 1:
		return bytes_u8(b);
	case 2:
		return bytes_u16(b);
	case 4:
		return bytes_u32(b);
	case 8:
		return bytes_u64(b);
	default:
		for (unsigned i = 0; i < width; i++) {
			uint64_t byte = bytes_u8(b);

			value = b->swap == (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) ? value << 8 | byte
										       : value | byte << 8 * i;
		}
		return value;
	}
}

static inline uint64_t bytes_uleb(struct bytes *b)
{
	uint64_t value = 0;

	for (unsigned shift = 0;; shift += 7) {
		if (b->at >= b->end) {
			b->overrun = true;
			return 0;
		}
		uint8_t byte = *b->at++;

		if (shift < 64)
			value |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return value;
	}
}

static inline int64_t bytes_sleb(struct bytes *b)
{
	uint64_t value = 0;
	unsigned shift = 0;
	uint8_t byte;

	do {
		if (b->at >= b->end) {
			b->overrun = true;
			return 0;
		}
		byte = *b->at++;
		if (shift < 64)
			value |= (uint64_t)(byte & 0x7f) << shift;
		shift += 7;
	} while (byte & 0x80);
	if (shift < 64 && byte & 0x40)
		value |= ~(uint64_t)0 << shift;
	return (int64_t)value;
}

/* A string inside the section; "" and overrun where no NUL ends it. */
static inline const char *bytes_string(struct bytes *b)
{
	const unsigned char *nul = memchr(b->at, 0, (size_t)(b->end - b->at));
	const char *text = (const char *)b->at;

	if (!nul) {
		b->overrun = true;
		b->at = b->end;
		return "";
	}
	b->at = nul + 1;
	return text;
}

#endif
