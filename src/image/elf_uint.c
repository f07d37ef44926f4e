// SPDX-License-Identifier: GPL-2.0-or-later
#include "image/elf_uint.h"

#include <string.h>

uint64_t elf_uint(const struct elf_image *image, const unsigned char *at, unsigned width)
{
	uint64_t value = 0;

	if (width == 8) {
		memcpy(&value, at, 8);
		return image->swap ? __builtin_bswap64(value) : value;
	}
	for (unsigned i = 0; i < width; i++)
		value |= (uint64_t)at[image->arch.big_endian ? width - 1 - i : i] << 8 * i;
	return value;
}

void elf_put_uint(const struct elf_image *image, unsigned char *at, unsigned width, uint64_t value)
{
	for (unsigned i = 0; i < width; i++)
		at[image->arch.big_endian ? width - 1 - i : i] = (unsigned char)(value >> 8 * i);
}
