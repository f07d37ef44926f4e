// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/utf8.h"

#include <string.h>

static size_t sequence_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xc2 && lead < 0xe0)
		return 2;
	if (lead >= 0xe0 && lead < 0xf0)
		return 3;
	return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

static uint32_t code_point(const unsigned char *p, size_t bytes)
{
	uint32_t value = bytes == 1 ? p[0] : p[0] & (0xffu >> (bytes + 1));

	for (size_t i = 1; i < bytes; i++)
		value = value << 6 | (p[i] & 0x3f);
	return value;
}

size_t utf8_length(const char *text, size_t length)
{
	static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *p = (const unsigned char *)text;
	size_t bytes = length ? sequence_length(p[0]) : 0;

	if (bytes == 0 || bytes > length)
		return 0;
	for (size_t i = 1; i < bytes; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	uint32_t value = code_point(p, bytes);

	if (value < smallest[bytes] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
		return 0;
	return bytes;
}

/* The ranges that matter here: combining marks and joiners take no column, East Asian and emoji take two. */
static size_t columns_of(uint32_t c)
{
	if ((c >= 0x300 && c < 0x370) || (c >= 0x200b && c < 0x2010) || (c >= 0xfe00 && c < 0xfe10))
		return 0;
	if ((c >= 0x1100 && c < 0x1160) || (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xac00 && c < 0xd7a4) ||
	    (c >= 0xf900 && c < 0xfb00) || (c >= 0xfe30 && c < 0xfe70) || (c >= 0xff00 && c < 0xff61) ||
	    (c >= 0x1f300 && c < 0x1fb00) || (c >= 0x20000 && c < 0x3fffe))
		return 2;
	return 1;
}

size_t utf8_columns(const char *text)
{
	size_t columns = 0, length = strlen(text);

	for (size_t at = 0; at < length;) {
		size_t bytes = utf8_length(text + at, length - at);

		columns += bytes ? columns_of(code_point((const unsigned char *)text + at, bytes)) : 1;
		at += bytes ? bytes : 1;
	}
	return columns;
}
