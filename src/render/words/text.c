// SPDX-License-Identifier: GPL-2.0-or-later
#include "text.h"

#include <ctype.h>
#include <string.h>

#include "atlas/demangle.h"
#include "atlas/str.h"

/*
 * Length of the character at `p` if it shows as itself: not a control, not a mark
 * that turns the reading direction of what follows, and well-formed UTF-8.
 */
static size_t shown_bytes(const unsigned char *p)
{
	if (*p < 0x80)
		return *p >= 0x20 && *p != 0x7f;
	size_t length = *p >= 0xf0 && *p < 0xf5 ? 4 : *p >= 0xe0 && *p < 0xf0 ? 3 : *p >= 0xc2 && *p < 0xe0 ? 2 : 0;
	uint32_t code = length == 4 ? *p & 7u : length == 3 ? *p & 15u : *p & 31u;

	for (size_t i = 1; i < length; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (p[i] & 0x3fu);
	}
	if ((length == 3 && code < 0x800) || (length == 4 && (code < 0x10000 || code > 0x10ffff)))
		return 0;
	bool turns = code == 0x61c || code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
		     (code >= 0x2066 && code <= 0x2069);
	bool hidden = code < 0xa0 || code == 0xfeff || (code >= 0xd800 && code < 0xe000) || (code & 0xfffe) == 0xfffe;

	return turns || hidden ? 0 : length;
}

const char *text_visible(struct arena *arena, const char *text)
{
	const unsigned char *p = (const unsigned char *)text;

	while (*p >= 0x20 && *p < 0x7f)
		p++;
	if (!*p)
		return text;
	AUTO_STR struct str copy = {0};

	str_addn(&copy, text, (size_t)(p - (const unsigned char *)text));
	while (*p) {
		size_t length = shown_bytes(p);

		if (length)
			str_addn(&copy, (const char *)p, length);
		else
			str_addf(&copy, "\\x%02x", *p);
		p += length ? length : 1;
	}
	return arena_strndup(arena, copy.data ? copy.data : "", copy.length);
}

static bool is_plain_in_link(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._~/", c));
}

const char *text_href(struct arena *arena, const char *path)
{
	const char *p = path;

	while (is_plain_in_link(*p))
		p++;
	if (!*p)
		return path;
	AUTO_STR struct str text = {0};

	for (p = path; *p; p++) {
		if (is_plain_in_link(*p))
			str_addc(&text, *p);
		else
			str_addf(&text, "%%%02X", (unsigned char)*p);
	}
	return arena_strndup(arena, text.data, text.length);
}

const char *text_function(struct arena *arena, const char *name)
{
	if (name[0] != '_' || (name[1] != 'R' && name[1] != 'Z'))
		return text_visible(arena, name);
	AUTO_FREE char *readable = demangle_rust(name);

	return text_visible(arena, readable ? arena_strdup(arena, readable) : name);
}

const char *text_lowered(struct arena *arena, const char *text)
{
	char *lowered = arena_strdup(arena, text);

	*lowered = (char)tolower((unsigned char)*lowered);
	return lowered;
}

const char *text_hex(struct arena *arena, uint64_t value)
{
	char digits[16];
	size_t at = sizeof(digits);

	do {
		digits[--at] = "0123456789abcdef"[value & 15];
		value >>= 4;
	} while (value);
	return arena_strndup(arena, digits + at, sizeof(digits) - at);
}

const char *text_location(struct arena *arena, const struct instance *instance)
{
	if (!instance->decl_file)
		return NULL;
	const char *file = text_visible(arena, instance->decl_file);

	if (!instance->decl_line)
		return file;
	AUTO_STR struct str text = {0};

	str_add(&text, file);
	str_addc(&text, ':');
	str_add_u64(&text, instance->decl_line);
	return arena_strndup(arena, text.data, text.length);
}

const char *text_declaration(struct arena *arena, const char *name, const struct prototype *prototype)
{
	AUTO_STR struct str text = {0};

	str_add(&text, prototype->returns);
	/* A star is glued to what it points from. */
	if (!str_ends(prototype->returns, "*"))
		str_addc(&text, ' ');
	str_add(&text, name);
	str_addc(&text, '(');
	for (uint32_t i = 0; i < prototype->count; i++) {
		str_add(&text, i ? ", " : "");
		str_add(&text, prototype->params[i].decl);
	}
	str_add(&text, ");");
	return text_visible(arena, arena_strndup(arena, text.data, text.length));
}

const char *text_binding(struct arena *arena, uint8_t binding)
{
	static const char *const names[] = {[0] = "LOCAL", [1] = "GLOBAL", [2] = "WEAK", [10] = "GNU_UNIQUE"};

	if (binding < ARRAY_LEN(names) && names[binding])
		return names[binding];
	return arena_printf(arena, "%u", binding);
}

static const char *collision_issue(enum collision collision)
{
	switch (collision) {
	case COLLISION_STATIC_DUPLICATION:
		return "Duplicate";
	case COLLISION_STATIC_STATIC:
	case COLLISION_STATIC_GLOBAL:
		return "Collision";
	case COLLISION_UNKNOWN:
	case COLLISION_UNIQUE_GLOBAL:
	case COLLISION_UNIQUE_STATIC:
		break;
	}
	return NULL;
}

static const char *inlining_issue(enum inlining inlining)
{
	switch (inlining) {
	case INLINE_FULL:
	case INLINE_NO_SYMBOL:
		return "Full Inline";
	case INLINE_SELECTIVE:
		return "Selective Inline";
	case INLINE_UNKNOWN:
	case INLINE_NO:
		break;
	}
	return NULL;
}

const char *text_issues(struct arena *arena, const struct class *class)
{
	const char *issues[] = {
		collision_issue(class->collision),
		inlining_issue(class->inlining),
		class->transformed ? "Transformation" : NULL,
	};
	AUTO_STR struct str text = {0};

	for (size_t i = 0; i < ARRAY_LEN(issues); i++) {
		if (!issues[i])
			continue;
		str_add(&text, text.length ? ", " : "");
		str_add(&text, issues[i]);
	}
	return text.length ? arena_strndup(arena, text.data, text.length) : "";
}
