// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/family.h"

#include <ctype.h>
#include <string.h>

#include "atlas/str.h"

static const char *family_glob(struct arena *arena, const char *word, size_t length)
{
	AUTO_STR struct str glob = {0};

	str_addc(&glob, '*');
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)word[i];

		if (isalpha(c))
			str_addf(&glob, "[%c%c]", tolower(c), toupper(c));
		else
			str_addf(&glob, "\\%c", c);
	}
	str_addc(&glob, '*');
	return arena_strdup(arena, glob.data);
}

struct error *family_check(const char *verb, const char *list)
{
	if (list[strspn(list, ",")])
		return NULL;
	return error_new(ERROR_USAGE, "%s: --family '%s' has no word in it", verb, list);
}

const char *family_next(struct arena *arena, const char **list)
{
	*list += strspn(*list, ",");
	size_t length = strcspn(*list, ",");
	const char *word = *list;

	*list += length;
	return length ? family_glob(arena, word, length) : NULL;
}
