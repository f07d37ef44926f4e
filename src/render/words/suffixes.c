// SPDX-License-Identifier: GPL-2.0-or-later
#include "suffixes.h"

#include <ctype.h>
#include <string.h>

/* The next word that is no number, from `*at` on; NULL at the end. */
static const char *next_word(const char **at, size_t *length)
{
	while (**at == '.') {
		const char *word = *at + 1;
		bool number = true;

		*length = strcspn(word, ".");
		*at = word + *length;
		for (size_t i = 0; i < *length; i++)
			number &= isdigit((unsigned char)word[i]) != 0;
		if (!number)
			return word;
	}
	return NULL;
}

void suffix_words(struct str *out, const char *symbol)
{
	const char *at = symbol + strcspn(symbol, "."), *word;
	size_t length;

	while ((word = next_word(&at, &length))) {
		str_addc(out, '.');
		str_addn(out, word, length);
	}
}

void suffix_meaning(struct str *out, const char *symbol)
{
	const char *at = symbol + strcspn(symbol, "."), *word;
	size_t length;

	for (bool first = true; (word = next_word(&at, &length)); first = false) {
		const struct suffix_entry *entry = suffix_find(word, length);

		str_add(out, first ? "" : "; of that: ");
		str_add(out, entry ? entry->meaning : "a suffix this program does not know");
	}
}

enum sees suffix_plain_sees(const char *symbol)
{
	const char *at = symbol + strcspn(symbol, "."), *word;
	enum sees sees = SEES_EVERY_CALL;
	size_t length;

	while ((word = next_word(&at, &length))) {
		const struct suffix_entry *entry = suffix_find(word, length);
		enum sees own = entry ? entry->plain : SEES_UNKNOWN;

		if (own == SEES_NOT_ALL)
			return SEES_NOT_ALL;
		if (own == SEES_UNKNOWN)
			sees = SEES_UNKNOWN;
	}
	return sees;
}
