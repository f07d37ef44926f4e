// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/digest.h"

#include <string.h>

#include "atlas/intern.h"

digest digest_add(digest so_far, uint64_t value)
{
	return hash_u64(so_far * 0x9e3779b97f4a7c15ULL + value);
}

/* Byte by byte what a little-endian machine reads at once. */
static uint64_t load(const unsigned char *bytes, size_t length)
{
	uint64_t word = 0;

	for (size_t i = 0; i < length; i++)
		word |= (uint64_t)bytes[i] << (8 * i);
	return word;
}

digest digest_bytes(digest so_far, const void *bytes, size_t length)
{
	const unsigned char *at = bytes;
	size_t left = length;

	for (; left >= 8; at += 8, left -= 8)
		so_far = digest_add(so_far, load(at, 8));
	if (left)
		so_far = digest_add(so_far, load(at, left));
	return digest_add(so_far, length);
}

digest digest_text(digest so_far, const char *text)
{
	return text ? digest_bytes(so_far, text, strlen(text)) : digest_add(so_far, UINT64_MAX);
}
