// SPDX-License-Identifier: GPL-2.0-or-later
/* Two declarations side by side: the longest common run of tokens stays, the rest is marked. */
#include <ctype.h>
#include <string.h>

#include "atlas/str.h"
#include "html.h"

/* More tokens than this and the whole declarations are shown one after the other. */
#define TOKENS_MAX 300

struct token {
	const char *text;
	size_t length;
};

static bool in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t token_length(const char *text)
{
	size_t length = 1;

	if (!in_word(*text))
		return 1;
	while (in_word(text[length]))
		length++;
	return length;
}

static size_t split(const char *text, struct token *tokens)
{
	size_t count = 0;

	while (*text && count < TOKENS_MAX) {
		size_t length = token_length(text);

		/* A character of several bytes stays whole. */
		while (((unsigned char)text[length] & 0xc0) == 0x80)
			length++;
		tokens[count++] = (struct token){text, length};
		text += length;
	}
	return *text ? TOKENS_MAX + 1 : count;
}

static bool same(const struct token *a, const struct token *b)
{
	return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

enum mark_kind { KEPT, GONE, CAME };

struct marked {
	struct str *out;
	enum mark_kind open;
};

static void switch_to(struct marked *marked, enum mark_kind kind)
{
	static const char *const begin[] = {"", "<del>", "<ins>"}, *const end[] = {"", "</del>", "</ins>"};

	if (marked->open == kind)
		return;
	str_add(marked->out, end[marked->open]);
	str_add(marked->out, begin[kind]);
	marked->open = kind;
}

static void put(struct marked *marked, enum mark_kind kind, const struct token *token)
{
	switch_to(marked, kind);
	escape_text(marked->out, token->text, token->length, ESCAPE_HTML);
}

struct sides {
	struct token old[TOKENS_MAX], new[TOKENS_MAX];
	size_t old_count, new_count;
	uint16_t common[TOKENS_MAX + 1][TOKENS_MAX + 1]; /* of what is left from (i, j) on */
};

static void measure(struct sides *sides)
{
	for (size_t i = sides->old_count + 1; i-- > 0;)
		for (size_t j = sides->new_count + 1; j-- > 0;) {
			uint16_t *cell = &sides->common[i][j];

			if (i == sides->old_count || j == sides->new_count)
				*cell = 0;
			else if (same(&sides->old[i], &sides->new[j]))
				*cell = (uint16_t)(sides->common[i + 1][j + 1] + 1);
			else if (sides->common[i + 1][j] >= sides->common[i][j + 1])
				*cell = sides->common[i + 1][j];
			else
				*cell = sides->common[i][j + 1];
		}
}

static void write_marked(const struct sides *sides, struct str *out)
{
	struct marked marked = {out, KEPT};
	size_t i = 0, j = 0;

	while (i < sides->old_count || j < sides->new_count) {
		if (i < sides->old_count && j < sides->new_count && same(&sides->old[i], &sides->new[j])) {
			put(&marked, KEPT, &sides->old[i++]);
			j++;
		} else if (i < sides->old_count &&
			   (j == sides->new_count || sides->common[i + 1][j] >= sides->common[i][j + 1])) {
			put(&marked, GONE, &sides->old[i++]);
		} else {
			put(&marked, CAME, &sides->new[j++]);
		}
	}
	switch_to(&marked, KEPT);
}

static void write_whole(const char *before, const char *after, struct str *out)
{
	str_add(out, "<del>");
	escape_text(out, before, strlen(before), ESCAPE_HTML);
	str_add(out, "</del> <ins>");
	escape_text(out, after, strlen(after), ESCAPE_HTML);
	str_add(out, "</ins>");
}

const char *html_difference(struct arena *arena, const char *before, const char *after)
{
	struct sides *sides = xmalloc(sizeof(*sides));
	AUTO_STR struct str out = {0};

	sides->old_count = split(before, sides->old);
	sides->new_count = split(after, sides->new);
	if (sides->old_count > TOKENS_MAX || sides->new_count > TOKENS_MAX) {
		write_whole(before, after, &out);
	} else {
		measure(sides);
		write_marked(sides, &out);
	}
	free(sides);
	return arena_strndup(arena, out.data ? out.data : "", out.length);
}
