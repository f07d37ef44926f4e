// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Text that must show as text.  In Markdown, character references serve
 * everywhere: inside an HTML block a backslash would be printed, a reference is
 * not.  An underscore only matters where it could end an emphasis, which a run
 * of them followed by a letter or digit cannot: names stay readable.
 */
#include <ctype.h>
#include <string.h>

#include "atlas/template.h"

static const char *html_reference(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	default:
		return NULL;
	}
}

/* A star after a blank can only open an emphasis; without one that can close, none comes of it. */
static bool may_close(const char *start, const char *at)
{
	while (at > start && at[-1] == '*')
		at--;
	return at == start || at[-1] != ' ';
}

static const char *markdown_reference(const char *start, const char *at, const char *end)
{
	switch (*at) {
	case '*':
		return may_close(start, at) ? "&#42;" : NULL;
	case '`':
		return "&#96;";
	case '[':
		return "&#91;";
	case ']':
		return "&#93;";
	case '\\':
		return "&#92;";
	case '~':
		return at + 1 < end && at[1] == '~' ? "&#126;" : NULL;
	case '_':
		while (at < end && *at == '_')
			at++;
		return at == end || !isalnum((unsigned char)*at) ? "&#95;" : NULL;
	default:
		return html_reference(*at);
	}
}

static size_t plain_length(const char *text, const char *end, enum escape escape)
{
	size_t length = strcspn(text, escape == ESCAPE_HTML ? "&<>\"" : "&<>\"*`[]\\~_");
	size_t limit = (size_t)(end - text);

	return length < limit ? length : limit;
}

void escape_text(struct str *out, const char *text, size_t length, enum escape escape)
{
	const char *start = text, *end = text + length;

	if (escape == ESCAPE_NONE) {
		str_addn(out, text, length);
		return;
	}
	while (text < end) {
		size_t plain = plain_length(text, end, escape);

		if (plain)
			str_addn(out, text, plain);
		text += plain;
		if (text == end)
			break;
		const char *reference =
			escape == ESCAPE_HTML ? html_reference(*text) : markdown_reference(start, text, end);

		if (reference)
			str_add(out, reference);
		else
			str_addc(out, *text);
		text++;
	}
}
