// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/conditions.h"

#include <ctype.h>
#include <string.h>

#include "atlas/str.h"

/* More nesting than that is no program: what is deeper is not told. */
#define MAX_OPEN 16

void conditions_free(struct conditions *conditions)
{
	vec_free(&conditions->open);
}

size_t directive_word(const struct tokens *tokens, size_t index, char *word, size_t room)
{
	const struct token *token = &tokens->list.items[index];
	const char *text = tokens->text + token->at;
	size_t at = 1, length = 0;

	while (at < token->length && (text[at] == ' ' || text[at] == '\t'))
		at++;
	while (at < token->length && isalpha((unsigned char)text[at]) && length + 1 < room)
		word[length++] = text[at++];
	word[length] = '\0';
	return at;
}

/* Length of the comment or the continued line end that begins at `at`; 0: none does. */
static size_t unseen_length(const char *text, size_t at, size_t length)
{
	const char *end;

	if (text[at] == '\\' && at + 1 < length && (text[at + 1] == '\n' || text[at + 1] == '\r'))
		return 2;
	if (text[at] != '/' || at + 1 >= length || (text[at + 1] != '*' && text[at + 1] != '/'))
		return 0;
	if (text[at + 1] == '*')
		end = memmem(text + at + 2, length - at - 2, "*/", 2);
	else
		end = memchr(text + at, '\n', length - at);
	return end ? (size_t)(end - text) - at + (text[at + 1] == '*' ? 2 : 0) : length - at;
}

static size_t quoted_length(const char *text, size_t at, size_t length)
{
	size_t end = at + 1;

	while (end < length && text[end] != text[at])
		end += text[end] == '\\' && end + 1 < length ? 2 : 1;
	return (end < length ? end + 1 : length) - at;
}

char *text_on_one_line(struct arena *arena, const char *text, size_t length)
{
	AUTO_STR struct str line = {0};
	bool blank = false;

	for (size_t at = 0; at < length;) {
		size_t unseen = unseen_length(text, at, length);

		if (unseen || isspace((unsigned char)text[at])) {
			blank = true;
			at += unseen ? unseen : 1;
			continue;
		}
		if (blank && line.length)
			str_addc(&line, ' ');
		blank = false;
		size_t piece = text[at] == '"' || text[at] == '\'' ? quoted_length(text, at, length) : 1;

		str_addn(&line, text + at, piece);
		at += piece;
	}
	return arena_strndup(arena, line.data ? line.data : "", line.length);
}

/* "(a || b)", not "(a) || (b)". */
static bool in_parentheses(const char *text)
{
	int depth = 0;

	for (const char *c = text; *c; c++) {
		depth += (*c == '(') - (*c == ')');
		if (depth == 0)
			return c > text && c[1] == '\0' && text[0] == '(';
	}
	return false;
}

static const char *negated(struct arena *arena, const char *text)
{
	bool simple = !strpbrk(text, " &|<>=") || in_parentheses(text);

	if (simple && text[0] == '!')
		return text + 1;
	return arena_printf(arena, simple ? "!%s" : "!(%s)", text);
}

static const char *joined(struct arena *arena, const char *first, const char *second)
{
	if (!first || !second)
		return first ? first : second;
	return arena_printf(arena, "%s && %s", first, second);
}

/* A branch's own words, ready to be joined with others. */
static const char *condition_of(struct conditions *conditions, const char *word, const char *rest)
{
	struct arena *arena = conditions->arena;
	bool config = str_starts(rest, "CONFIG_");

	if (str_eq(word, "ifdef") || str_eq(word, "elifdef"))
		return config ? rest : arena_printf(arena, "defined(%s)", rest);
	if (str_eq(word, "ifndef") || str_eq(word, "elifndef"))
		return arena_printf(arena, config ? "!%s" : "!defined(%s)", rest);
	return strstr(rest, "||") || strstr(rest, "?") ? arena_printf(arena, "(%s)", rest) : rest;
}

/* `#ifndef X` with `#define X` on the next line: a header that guards itself, or a default. */
static bool is_guard(const struct tokens *tokens, size_t index, const char *name)
{
	struct arena arena;
	char word[16];

	if (tokens->list.items[index + 1].kind != TOKEN_DIRECTIVE)
		return false;
	size_t rest = directive_word(tokens, index + 1, word, sizeof(word));
	const struct token *next = &tokens->list.items[index + 1];

	if (!str_eq(word, "define"))
		return false;
	arena_init(&arena);
	const char *text = text_on_one_line(&arena, tokens->text + next->at + rest, next->length - rest);
	size_t length = strlen(name);
	bool same = strncmp(text, name, length) == 0 && (text[length] == '\0' || text[length] == ' ');

	arena_fini(&arena);
	return same;
}

static void update(struct conditions *conditions)
{
	conditions->passing_over = false;
	if (conditions->open.count) {
		const struct condition *last = &conditions->open.items[conditions->open.count - 1];

		conditions->passing_over = last->passed_over || last->outer_passed_over;
	}
}

static void begin(struct conditions *conditions, const struct tokens *tokens, size_t index, const char *word,
		  const char *rest, const struct place *place)
{
	struct condition condition = {.at_if = *place, .outer_passed_over = conditions->passing_over};

	if (*rest && (!str_eq(word, "ifndef") || !is_guard(tokens, index, rest))) {
		condition.text = condition_of(conditions, word, rest);
		condition.others = negated(conditions->arena, condition.text);
		condition.passed_over = str_eq(word, "if") && str_eq(rest, "0");
		condition.rest_passed_over = str_eq(word, "if") && str_eq(rest, "1");
		if (condition.passed_over || condition.rest_passed_over)
			condition.text = condition.others = NULL;
	}
	vec_add(&conditions->open, condition);
	update(conditions);
}

static bool as_it_was(const struct place *before, const struct place *now)
{
	if (before->between || now->between)
		return before->between && now->between;
	return before->depth == now->depth && now->whole;
}

static void turn(struct conditions *conditions, const char *word, const char *rest, const struct place *place)
{
	struct condition *condition = &conditions->open.items[conditions->open.count - 1];
	const char *own = str_eq(word, "else") || !*rest ? NULL : condition_of(conditions, word, rest);

	if (!condition->passed_over && !as_it_was(&condition->at_if, place))
		condition->rest_passed_over = true;
	condition->passed_over = condition->rest_passed_over;
	condition->text = joined(conditions->arena, condition->others, own);
	if (own)
		condition->others = joined(conditions->arena, condition->others, negated(conditions->arena, own));
	update(conditions);
}

void conditions_meet(struct conditions *conditions, const struct tokens *tokens, size_t index,
		     const struct place *place)
{
	const struct token *token = &tokens->list.items[index];
	char word[16];
	size_t at = directive_word(tokens, index, word, sizeof(word));
	const char *rest = "";

	if (strncmp(word, "if", 2) != 0 && strncmp(word, "el", 2) != 0 && !str_eq(word, "endif"))
		return;
	if (!str_eq(word, "endif"))
		rest = text_on_one_line(conditions->arena, tokens->text + token->at + at, token->length - at);
	if (str_starts(word, "if")) {
		begin(conditions, tokens, index, word, rest, place);
	} else if (conditions->open.count == 0) {
		return;
	} else if (str_starts(word, "el")) {
		turn(conditions, word, rest, place);
	} else {
		conditions->open.count--;
		update(conditions);
	}
}

const char *conditions_text(const struct conditions *conditions)
{
	const char *text = NULL;

	for (size_t i = 0; i < conditions->open.count && i < MAX_OPEN; i++)
		text = joined(conditions->arena, text, conditions->open.items[i].text);
	return text;
}
