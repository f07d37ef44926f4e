// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/str.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdarg.h>
#include <string.h>

#include "atlas/mem.h"

static void str_reserve(struct str *s, size_t more)
{
	if (s->room - s->length > more)
		return;
	size_t room = s->room ? s->room * 2 : 64;

	while (room - s->length <= more)
		room *= 2;
	s->data = xrealloc(s->data, room);
	s->room = room;
}

void str_addn(struct str *s, const char *text, size_t length)
{
	str_reserve(s, length);
	memcpy(s->data + s->length, text, length);
	s->length += length;
	s->data[s->length] = '\0';
}

void str_add(struct str *s, const char *text)
{
	str_addn(s, text, strlen(text));
}

void str_addc(struct str *s, char c)
{
	str_addn(s, &c, 1);
}

void str_addf(struct str *s, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	AUTO_FREE char *text = xvasprintf(fmt, args);

	va_end(args);
	str_add(s, text);
}

static void add_number(struct str *s, uint64_t value, unsigned base)
{
	char digits[24];
	size_t at = sizeof(digits);

	do {
		digits[--at] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value);
	str_addn(s, digits + at, sizeof(digits) - at);
}

void str_add_u64(struct str *s, uint64_t value)
{
	add_number(s, value, 10);
}

void str_add_hex(struct str *s, uint64_t value)
{
	add_number(s, value, 16);
}

void str_clear(struct str *s)
{
	s->length = 0;
	if (s->data)
		s->data[0] = '\0';
}

void str_free(struct str *s)
{
	free(s->data);
	*s = (struct str){0};
}

char *str_take(struct str *s)
{
	char *text = s->data ? s->data : xstrdup("");

	*s = (struct str){0};
	return text;
}

void cleanup_str(struct str *s)
{
	str_free(s);
}

bool str_eq(const char *a, const char *b)
{
	if (!a || !b)
		return a == b;
	return strcmp(a, b) == 0;
}

bool str_starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *text, const char *suffix)
{
	size_t length = strlen(text), tail = strlen(suffix);

	return length >= tail && memcmp(text + length - tail, suffix, tail) == 0;
}

bool globs_match(const struct globs *globs, const char *name)
{
	for (size_t i = 0; i < globs->count; i++)
		if (fnmatch(globs->items[i], name, 0) == 0)
			return true;
	return globs->count == 0;
}

unsigned str_distance(const char *a, const char *b, unsigned limit)
{
	size_t la = strlen(a), lb = strlen(b);
	unsigned row[256];

	if (lb >= ARRAY_LEN(row) || (la > lb ? la - lb : lb - la) > limit)
		return limit + 1;
	for (unsigned j = 0; j <= lb; j++)
		row[j] = j;
	for (size_t i = 1; i <= la; i++) {
		unsigned diagonal = row[0], best;

		best = row[0] = (unsigned)i;
		for (size_t j = 1; j <= lb; j++) {
			unsigned cost = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < cost)
				cost = row[j] + 1;
			if (row[j - 1] + 1 < cost)
				cost = row[j - 1] + 1;
			row[j] = cost;
			if (cost < best)
				best = cost;
		}
		if (best > limit)
			return limit + 1;
	}
	return row[lb] > limit ? limit + 1 : row[lb];
}

/* Debian's order: a tilde sorts before everything, the end of the string included. */
static int char_order(char c)
{
	if (c == '~')
		return -1;
	if (c == '\0' || isdigit((unsigned char)c))
		return 0;
	return isalpha((unsigned char)c) ? (unsigned char)c : (unsigned char)c + 256;
}

static char version_char(const char *p)
{
	return p[0] == '-' && p[1] == 'r' && p[2] == 'c' ? '~' : p[0];
}

int version_compare(const char *a, const char *b)
{
	while (*a || *b) {
		while ((*a && !isdigit((unsigned char)*a)) || (*b && !isdigit((unsigned char)*b))) {
			int order = char_order(version_char(a)) - char_order(version_char(b));

			if (order)
				return order;
			a += *a != '\0';
			b += *b != '\0';
		}
		while (*a == '0')
			a++;
		while (*b == '0')
			b++;
		size_t la = strspn(a, "0123456789"), lb = strspn(b, "0123456789");

		if (la != lb)
			return la < lb ? -1 : 1;
		int order = memcmp(a, b, la);

		if (order)
			return order;
		a += la;
		b += lb;
	}
	return 0;
}
