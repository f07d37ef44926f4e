// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/text.h"

#include <string.h>

#include "base/utf8.h"

/* Length of the run of ASCII at `text`. */
static size_t ascii_run(const char *text, size_t length)
{
	size_t at = 0;

	for (uint64_t word; at + 8 <= length; at += 8) {
		memcpy(&word, text + at, 8);
		if (word & 0x8080808080808080ULL)
			break;
	}
	while (at < length && (unsigned char)text[at] < 0x80)
		at++;
	return at;
}

/* The next byte that is no UTF-8, from `at` on; `size_bytes` at the end. */
static size_t next_invalid(const char *text, size_t size_bytes, size_t at)
{
	while (at < size_bytes) {
		at += ascii_run(text + at, size_bytes - at);
		size_t length = at < size_bytes ? utf8_length(text + at, size_bytes - at) : 0;

		if (length == 0)
			return at;
		at += length;
	}
	return at;
}

uint32_t text_invalid_utf8(const char *text, size_t size_bytes, uint32_t *first_line)
{
	size_t at = next_invalid(text, size_bytes, 0);
	uint32_t count = 0;

	if (at < size_bytes)
		*first_line = text_count_lines(text, at + 1);
	for (; at < size_bytes; at = next_invalid(text, size_bytes, at + 1))
		count++;
	return count;
}

char *text_made_utf8(struct arena *arena, const char *text, size_t size_bytes)
{
	char *copy = arena_strndup(arena, text, size_bytes);

	for (size_t at = next_invalid(text, size_bytes, 0); at < size_bytes;
	     at = next_invalid(text, size_bytes, at + 1))
		copy[at] = '?';
	return copy;
}

uint32_t text_count_lines(const char *text, size_t size_bytes)
{
	uint32_t lines = 0;
	const char *end = text + size_bytes;

	for (const char *at = text; at < end; lines++) {
		const char *eol = memchr(at, '\n', (size_t)(end - at));

		at = eol ? eol + 1 : end;
	}
	return lines;
}

static const char *line_end(const char *at, const char *end)
{
	const char *eol = memchr(at, '\n', (size_t)(end - at));

	return eol ? eol : end;
}

const char *text_lines(struct arena *arena, const char *text, size_t size_bytes, uint32_t line, uint32_t lines)
{
	const char *end = text + size_bytes, *at = text;

	for (uint32_t i = 1; i < line && at < end; i++) {
		at = line_end(at, end);
		at += at < end;
	}
	const char *to = at;

	for (uint32_t i = 0; i < lines && to < end; i++)
		to = line_end(to + (i > 0), end);
	return arena_strndup(arena, at, (size_t)(to - at));
}
