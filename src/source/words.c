// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/words.h"

#include <pthread.h>
#include <string.h>

#include "atlas/intern.h"
#include "atlas/str.h"
#include "atlas/table.h"

#define SLOTS 4096

struct slot {
	const char *text;
	size_t length;
	enum word word;
};

/* Filled once, then only read. */
static struct slot slots[SLOTS];
static struct table marks;

static const struct {
	enum word word;
	const char *texts;
} own_words[] = {
	{WORD_STRUCT, "struct union"},
	{WORD_ENUM, "enum"},
	{WORD_TYPEDEF, "typedef"},
	{WORD_STATIC, "static"},
	{WORD_EXTERN, "extern"},
	{WORD_INLINE, "inline"},
	{WORD_TYPE, "int char short long unsigned signed void float double _Bool bool __int128 __signed__ __signed"},
	{WORD_QUALIFIER, "const volatile __const __const__ __volatile __volatile__ register auto"},
	{WORD_STATEMENT, "if for while do else switch case default return goto break continue"},
	{WORD_OPERATOR, "sizeof typeof __typeof__ __typeof typeof_unqual _Alignof __alignof__ _Generic "
			"_Static_assert static_assert"},
	{WORD_ASM, "asm __asm__ __asm asm_inline asm_volatile_goto asm_goto_output"},
};

static void add_word(const char *text, size_t length, enum word word)
{
	size_t at = hash_bytes(text, length) & (SLOTS - 1);

	while (slots[at].text)
		at = (at + 1) & (SLOTS - 1);
	slots[at] = (struct slot){text, length, word};
}

static void add_own(const char *texts, enum word word)
{
	while (*texts) {
		size_t length = strcspn(texts, " ");

		add_word(texts, length, word);
		texts += length + (texts[length] == ' ');
	}
}

static enum word mark_kind(const char *text)
{
	if (str_eq(text, "call"))
		return WORD_MARK_CALL;
	if (str_eq(text, "inline"))
		return WORD_MARK_INLINE;
	return str_eq(text, "static") ? WORD_MARK_STATIC : WORD_MARK;
}

static void fill(void)
{
	for (size_t i = 0; i < ARRAY_LEN(own_words); i++)
		add_own(own_words[i].texts, own_words[i].word);
	table_load(&marks, "source_words", 2);
	for (size_t i = 0; i < marks.rows.count; i++) {
		const char **fields = marks.rows.items[i].fields;

		add_word(fields[0], strlen(fields[0]), mark_kind(fields[1]));
	}
}

void words_init(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, fill);
}

enum word word_of(const char *text, size_t length)
{
	size_t at = hash_bytes(text, length) & (SLOTS - 1);

	for (; slots[at].text; at = (at + 1) & (SLOTS - 1))
		if (slots[at].length == length && memcmp(slots[at].text, text, length) == 0)
			return slots[at].word;
	return WORD_NAME;
}
