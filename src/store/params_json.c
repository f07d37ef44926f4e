// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads the JSON that the writer keeps a prototype's parameters in: ["decl",["name","decl"],...]. */
#include <ctype.h>
#include <string.h>

#include "store/internal.h"

struct reader {
	const char *at;
	struct arena *arena;
};

static struct error *bad(void)
{
	return error_new(ERROR_STORE, "the parameters are no JSON array of declarations; the atlas is damaged");
}

static bool take(struct reader *reader, char c)
{
	if (*reader->at != c)
		return false;
	reader->at++;
	return true;
}

static int hex_value(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = c ? strchr(digits, c) : NULL;

	return found ? (int)(found - digits) : -1;
}

/* \uXXXX as the writer uses it: for control characters only. */
static bool unescape_hex(struct reader *reader, char *out)
{
	int value = 0;

	for (int i = 0; i < 4; i++) {
		int digit = hex_value(*reader->at);

		if (digit < 0)
			return false;
		value = value * 16 + digit;
		reader->at++;
	}
	*out = (char)value;
	return value > 0 && value < 0x80;
}

static bool unescape(struct reader *reader, char *out)
{
	static const char from[] = "bfnrt\"\\/", to[] = "\b\f\n\r\t\"\\/";
	char c = *reader->at;

	if (c == '\0')
		return false;
	reader->at++;
	if (c == 'u')
		return unescape_hex(reader, out);
	const char *found = strchr(from, c);

	if (!found)
		return false;
	*out = to[found - from];
	return true;
}

static bool take_string(struct reader *reader, const char **text)
{
	if (!take(reader, '"'))
		return false;
	const char *end = reader->at;

	while (*end && *end != '"')
		end += end[0] == '\\' && end[1] ? 2 : 1;
	char *out = arena_alloc(reader->arena, (size_t)(end - reader->at) + 1);

	*text = out;
	while (*reader->at && *reader->at != '"') {
		if (take(reader, '\\')) {
			if (!unescape(reader, out++))
				return false;
		} else {
			*out++ = *reader->at++;
		}
	}
	*out = '\0';
	return take(reader, '"');
}

const char *param_name_at_end(const char *decl)
{
	const char *end = decl + strlen(decl), *start = end;

	while (start > decl && (isalnum((unsigned char)start[-1]) || start[-1] == '_'))
		start--;
	return start;
}

static bool take_param(struct reader *reader, struct param *param)
{
	if (take(reader, '['))
		return take_string(reader, &param->name) && take(reader, ',') && take_string(reader, &param->decl) &&
		       take(reader, ']');
	if (!take_string(reader, &param->decl))
		return false;
	param->name = param_name_at_end(param->decl);
	return true;
}

/* An upper bound: each has a string of its own, and one that is cut short is still begun. */
static uint32_t count_strings(const char *json)
{
	uint32_t quotes = 0;

	for (const char *p = json; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (*p == '"')
			quotes++;
	}
	return quotes / 2 + 1;
}

struct error *params_parse(struct arena *arena, const char *json, const struct param **params, uint32_t *count)
{
	struct reader reader = {json, arena};
	struct param *made = arena_alloc(arena, count_strings(json) * sizeof(*made));
	uint32_t taken = 0;

	if (!take(&reader, '['))
		return bad();
	while (*reader.at && *reader.at != ']') {
		if ((taken && !take(&reader, ',')) || !take_param(&reader, &made[taken]))
			return bad();
		taken++;
	}
	if (!take(&reader, ']') || *reader.at)
		return bad();
	*params = made;
	*count = taken;
	return NULL;
}
