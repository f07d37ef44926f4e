// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/bare.h"

#include <ctype.h>
#include <string.h>

#include "atlas/mem.h"

/* Longer chains of typedefs than this do not occur; a cycle of a damaged atlas does not hang. */
#define MAX_STEPS 32

static bool in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t word_length(const char *text)
{
	size_t length = 0;

	while (in_word(text[length]))
		length++;
	return length;
}

static bool is_one_of(const char *word, size_t length, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(words[i]) == length && strncmp(words[i], word, length) == 0)
			return true;
	return false;
}

static bool is_qualifier(const char *word, size_t length)
{
	static const char *const words[] = {"const", "volatile", "restrict"};

	return is_one_of(word, length, words, ARRAY_LEN(words));
}

static bool is_record(const char *word, size_t length)
{
	static const char *const words[] = {"struct", "union", "enum"};

	return is_one_of(word, length, words, ARRAY_LEN(words));
}

/* As the atlas spells types: "struct sock *", "int (*)(void *)". */
static void put(struct str *bare, const char *text, size_t length)
{
	char last = bare->length ? bare->data[bare->length - 1] : '\0';

	if (last == ',' || (in_word(last) && (in_word(*text) || *text == '*' || *text == '(')))
		str_addc(bare, ' ');
	str_addn(bare, text, length);
}

static void add_types(const char *text, const struct typedefs *typedefs, int steps, struct str *bare);

/* A record without a tag goes by the typedef's name; it may get that as its tag one day. */
static void add_name(const char *name, const char *meaning, const struct typedefs *typedefs, int steps,
		     struct str *bare)
{
	static const char anonymous[] = " (anon)";

	if (meaning && !strpbrk(meaning, "([")) {
		add_types(meaning, typedefs, steps + 1, bare);
		return;
	}
	if (meaning && str_ends(meaning, anonymous))
		put(bare, meaning, strlen(meaning) - strlen(anonymous));
	put(bare, name, strlen(name));
}

static void add_types(const char *text, const struct typedefs *typedefs, int steps, struct str *bare)
{
	bool tag = false;

	while (*text) {
		size_t length = word_length(text);

		if (isspace((unsigned char)*text)) {
			text++;
			continue;
		}
		if (!length) {
			put(bare, text++, 1);
			tag = false;
			continue;
		}
		if (!is_qualifier(text, length)) {
			AUTO_FREE char *name = xstrndup(text, length);
			const char *meaning = tag || !typedefs || steps >= MAX_STEPS || isdigit((unsigned char)*name)
						      ? NULL
						      : typedefs->stands_for(typedefs->context, name);

			tag = is_record(text, length);
			add_name(name, meaning, typedefs, steps, bare);
		}
		text += length;
	}
}

void bare_types(const char *text, const struct typedefs *typedefs, struct str *bare)
{
	str_add(bare, "");
	add_types(text, typedefs, 0, bare);
}

/* Behind the tag at `text`, which is at a word; NULL: it is none of a struct or union. */
static const char *behind_tag(const char *text)
{
	size_t length = word_length(text);

	if (!is_record(text, length) || str_starts(text, "enum") || text[length] != ' ')
		return NULL;
	return text + length + 1 + word_length(text + length + 1);
}

bool bare_same_but_records(const char *a, const char *b)
{
	while (*a && *b) {
		const char *behind_a = behind_tag(a), *behind_b = behind_tag(b);

		if (behind_a && behind_b) {
			a = behind_a;
			b = behind_b;
			continue;
		}
		size_t length = word_length(a);

		length = length ? length : 1;
		if (strncmp(a, b, length) != 0 || (in_word(*a) && in_word(b[length])))
			return false;
		a += length;
		b += length;
	}
	return *a == *b;
}
