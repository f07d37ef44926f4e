// SPDX-License-Identifier: GPL-2.0-or-later
#include "page_file.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/str.h"

#define NAME_MAX_BYTES	200
#define HASH_SUFFIX_LEN 9

static uint32_t fnv1a(const char *text)
{
	uint32_t hash = 2166136261u;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 16777619u;
	return hash;
}

/* Locale-independent, unlike <ctype.h>: file names must not depend on who runs the program. */
static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int compare_ignoring_case(const char *a, const char *b)
{
	for (; *a && lower(*a) == lower(*b); a++, b++)
		;
	return (unsigned char)lower(*a) - (unsigned char)lower(*b);
}

char page_letter(const char *name)
{
	char c = lower(name[strspn(name, "_")]);

	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
}

static bool leads_elsewhere(char c, bool first)
{
	return (unsigned char)c < 0x20 || c == 0x7f || c == '/' || c == '\\' || (first && c == '.');
}

/* The last byte that may be kept of a name that is too long, not inside a UTF-8 sequence. */
static size_t cut(const char *text, size_t length)
{
	if (length <= NAME_MAX_BYTES)
		return length;
	length = NAME_MAX_BYTES - HASH_SUFFIX_LEN;
	while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
		length--;
	return length;
}

/* Lists are `index` and `index-2`. */
static bool is_taken(const char *name)
{
	static const char taken[] = "index";
	size_t i = 0;

	while (taken[i] && lower(name[i]) == taken[i])
		i++;
	return !taken[i] && (!name[i] || name[i] == '-');
}

char *page_file_name(struct arena *arena, const char *name, bool shadowed)
{
	AUTO_STR struct str text = {0};
	bool changed = shadowed || *name == '\0' || is_taken(name);

	str_add(&text, "");
	for (const char *p = name; *p; p++) {
		if (leads_elsewhere(*p, p == name)) {
			str_addf(&text, "%%%02X", (unsigned char)*p);
			changed = true;
		} else {
			str_addc(&text, *p);
		}
	}
	size_t kept = cut(text.data, text.length);

	if (!changed && kept == text.length)
		return arena_strndup(arena, text.data, text.length);
	return arena_printf(arena, "%.*s~%08x", (int)kept, text.data, fnv1a(name));
}

static int by_folded_name(const void *a, const void *b, void *names)
{
	const char *const *all = names;
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	int order = compare_ignoring_case(all[x], all[y]);

	return order ? order : strcmp(all[x], all[y]);
}

void page_files_shadowed(const char *const *names, size_t count, bool *shadowed)
{
	size_t *order = xmalloc((count + 1) * sizeof(*order));

	for (size_t i = 0; i < count; i++)
		order[i] = i;
	qsort_r(order, count, sizeof(*order), by_folded_name, (void *)(uintptr_t)names);
	for (size_t i = 0; i < count; i++)
		shadowed[order[i]] = i + 1 < count && compare_ignoring_case(names[order[i]], names[order[i + 1]]) == 0;
	free(order);
}
