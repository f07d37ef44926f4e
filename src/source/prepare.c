// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Kernel C is not quite C before its macros are expanded.  What macros leave
 * between the words is shown to the parser as something of the same length
 * that it can read; what the words were stays in the tokens.
 */
#include <ctype.h>
#include <string.h>

#include "source/gather.h"
#include "source/macros.h"

struct preparer {
	struct gather *gather;
	struct token *list;
	size_t end;
	bool call[MAX_NESTING]; /* of the open parentheses: of a call? */
	size_t depth;
};

static void blank(struct preparer *p, size_t first, size_t end)
{
	for (size_t i = first; i < end && i < p->end; i++)
		p->list[i].show = SHOW_BLANK;
}

static size_t next_of(const struct preparer *p, size_t index)
{
	size_t next = token_next(&p->gather->tokens, index);

	return next < p->end ? next : p->end;
}

static bool is_word(const struct preparer *p, size_t index, enum word word)
{
	return index < p->end && p->list[index].kind == TOKEN_WORD && p->list[index].word == word;
}

/* asm volatile (...): nothing of it is C. */
static size_t blank_asm(struct preparer *p, size_t index)
{
	size_t open = next_of(p, index);

	while (open < p->end && p->list[open].kind == TOKEN_WORD)
		open = next_of(p, open);
	if (open >= p->end || p->list[open].c != '(')
		return index;
	size_t close = token_close(&p->gather->tokens, open, p->end);

	blank(p, index, close + 1);
	return close;
}

/* A type where an expression is expected, container_of(x, struct y, z): as a name. */
static void show_type_argument(struct preparer *p, size_t first)
{
	size_t i = first, name = p->end;
	bool certain = false;

	for (; i < p->end && p->list[i].kind == TOKEN_WORD; i = next_of(p, i)) {
		enum word word = p->list[i].word;

		if (word == WORD_NAME && name < p->end && p->list[name].word == WORD_NAME)
			return;
		if (word != WORD_NAME && word != WORD_STRUCT && word != WORD_ENUM && word != WORD_TYPE &&
		    word != WORD_QUALIFIER)
			return;
		certain |= word != WORD_NAME;
		if (word == WORD_NAME || (word == WORD_TYPE && name == p->end))
			name = i;
	}
	for (; i < p->end && p->list[i].c == '*'; i = next_of(p, i))
		certain = true;
	if (!certain || name == p->end || i >= p->end || (p->list[i].c != ',' && p->list[i].c != ')'))
		return;
	for (size_t at = first; at < i; at++)
		if (at != name)
			p->list[at].show = SHOW_BLANK;
		else if (p->list[at].word == WORD_TYPE)
			p->list[at].show = SHOW_NAME;
}

/* typeof(x): a type's name. */
static size_t show_typeof(struct preparer *p, size_t index)
{
	size_t open = next_of(p, index);

	if (open >= p->end || p->list[open].c != '(')
		return index;
	size_t close = token_close(&p->gather->tokens, open, p->end);

	p->list[index].show = SHOW_NAME;
	blank(p, open, close + 1);
	return close < p->end ? close : index;
}

static bool begins_statement(const struct token *before)
{
	return before->c == '{' || before->c == '}' || before->c == ';' || before->c == ')' || before->c == ':' ||
	       (before->kind == TOKEN_WORD && before->word == WORD_STATEMENT);
}

/* list_for_each_entry(...) before a statement: a loop. */
static void show_iterator(struct preparer *p, size_t index, size_t open)
{
	size_t after = next_of(p, token_close(&p->gather->tokens, open, p->end));

	if (after >= p->end || p->list[index].length < 2)
		return;
	if (p->list[after].c == '{' || p->list[after].kind == TOKEN_WORD) {
		p->list[index].show = p->list[index].length < 5 ? SHOW_IF : SHOW_WHILE;
		uses_add(&p->gather->calls, p->gather->tokens.text + p->list[index].at, p->list[index].length,
			 p->list[index].line);
	}
}

/* A macro beside a string, KERN_INFO "..." or "..." __stringify(X) "...", is more of the string. */
static bool blank_beside_string(struct preparer *p, size_t index, size_t next, const struct token *before)
{
	if (next < p->end && p->list[next].kind == TOKEN_STRING) {
		p->list[index].show = SHOW_BLANK;
		return true;
	}
	if (before->kind != TOKEN_STRING)
		return false;
	size_t end = index + 1;

	if (next < p->end && p->list[next].c == '(')
		end = token_close(&p->gather->tokens, next, p->end) + 1;
	blank(p, index, end);
	return true;
}

/* case A ... B: as case A: */
static void shorten_case(struct preparer *p, size_t index)
{
	size_t dots = p->end;

	for (size_t i = next_of(p, index); i < p->end && !strchr(":;{}", p->list[i].c ? p->list[i].c : ' ');
	     i = next_of(p, i)) {
		if (dots == p->end && p->list[i].c == '.' && p->list[i + 1].c == '.')
			dots = i;
		if (dots < p->end)
			p->list[i].show = SHOW_BLANK;
	}
}

/* FLAG(dev, 5705_PLUS): pasted to a name. */
static void show_number(struct preparer *p, struct token *token)
{
	const char *text = p->gather->tokens.text + token->at;
	bool hex = token->length > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');

	for (uint32_t i = 0; i < token->length; i++)
		if (text[i] == '_' || (!hex && isalpha((unsigned char)text[i]) && !strchr("uUlLbBeEfFpP", text[i])))
			token->show = SHOW_NAME;
}

/* A statement that is a macro's word alone, without a semicolon. */
static bool is_bare_macro(const struct preparer *p, size_t index, size_t next)
{
	return next < p->end && (is_word(p, next, WORD_STATEMENT) || p->list[next].c == '}') &&
	       macro_like(&p->gather->tokens, index);
}

static void prepare_word(struct preparer *p, size_t index, const struct token *before)
{
	struct token *token = &p->list[index];
	size_t next = next_of(p, index);

	if (token->word == WORD_STATEMENT && token->length == 4 &&
	    memcmp(p->gather->tokens.text + token->at, "case", 4) == 0)
		shorten_case(p, index);
	if (token->word == WORD_STATIC && is_word(p, next, WORD_NAME) && p->list[next_of(p, next)].c == '(')
		token->show = SHOW_BLANK;
	if (token->word != WORD_NAME || blank_beside_string(p, index, next, before))
		return;
	if (next < p->end && p->list[next].c == '(') {
		if (token->length == 8 && memcmp(p->gather->tokens.text + token->at, "offsetof", 8) == 0)
			token->show = SHOW_NAME;
		else if (begins_statement(before))
			show_iterator(p, index, next);
	} else if (before->c && strchr("{};", before->c) && is_bare_macro(p, index, next)) {
		token->show = SHOW_BLANK;
	}
}

/* CHECK(a, ==, b): an operator as an argument; OPTS(x, .field = y): a designator. */
static void show_odd_argument(struct preparer *p, size_t first)
{
	size_t i = first;

	if (first + 2 < p->end && p->list[first].c == '.' && p->list[first + 1].kind == TOKEN_WORD &&
	    p->list[first + 2].c == '=') {
		blank(p, first, first + 3);
		return;
	}
	while (i < p->end && p->list[i].c && strchr("=<>!+-*/%&|^", p->list[i].c) && i - first < 3)
		i++;
	if (i > first && i < p->end && p->list[i].c == ',')
		for (size_t at = first; at < i; at++)
			p->list[at].show = SHOW_NAME;
}

static bool is_typeof(const struct preparer *p, size_t index)
{
	const struct token *token = &p->list[index];

	return token->word == WORD_OPERATOR && memmem(p->gather->tokens.text + token->at, token->length, "typeof", 6);
}

static void prepare_punct(struct preparer *p, size_t index, const struct token *before)
{
	char c = p->list[index].c;

	if (c == '(') {
		if (p->depth < MAX_NESTING)
			p->call[p->depth] = before->kind == TOKEN_WORD && before->word == WORD_NAME;
		p->depth++;
	} else if (c == ')' && p->depth) {
		p->depth--;
	}
	if ((c == '(' || c == ',') && p->depth && p->depth <= MAX_NESTING && p->call[p->depth - 1]) {
		show_type_argument(p, next_of(p, index));
		show_odd_argument(p, next_of(p, index));
	}
}

void prepare_body(struct gather *gather, size_t first, size_t end)
{
	struct preparer p = {.gather = gather, .list = gather->tokens.list.items, .end = end};
	struct token before = {0};

	for (size_t i = first; i < end; i++) {
		struct token *token = &p.list[i];

		if (token_hidden(token))
			continue;
		if (token->kind == TOKEN_PUNCT) {
			prepare_punct(&p, i, &before);
		} else if (token->kind == TOKEN_WORD && token->word == WORD_ASM) {
			i = blank_asm(&p, i);
			continue;
		} else if (token->kind == TOKEN_WORD && is_typeof(&p, i)) {
			i = show_typeof(&p, i);
		} else if (token->kind == TOKEN_WORD) {
			prepare_word(&p, i, &before);
		} else if (token->kind == TOKEN_NUMBER) {
			show_number(&p, token);
		}
		before = *token;
	}
}

/* DECLARE_BITMAP(x, n); among the members of a struct, or a macro among enumerators. */
static void show_member(struct preparer *p, size_t index, size_t open)
{
	size_t close = token_close(&p->gather->tokens, open, p->end), after = next_of(p, close);
	bool ends = after < p->end && (p->list[after].c == ';' || p->list[after].c == ',');

	if (after < p->end && p->list[after].c == ';')
		p->list[index].show = p->list[index].length >= 5 ? SHOW_INT : SHOW_BLANK;
	else if (!ends && !(after < p->end && p->list[after].c == '}'))
		p->list[index].show = SHOW_BLANK;
	blank(p, open, close + 1);
}

void prepare_type(struct gather *gather, size_t first, size_t end)
{
	struct preparer p = {.gather = gather, .list = gather->tokens.list.items, .end = end};
	char before = '\0';

	for (size_t i = first; i < end; i++) {
		struct token *token = &p.list[i];

		if (token_hidden(token))
			continue;
		size_t next = next_of(&p, i);

		if (token->kind == TOKEN_WORD && is_typeof(&p, i))
			i = show_typeof(&p, i);
		else if (token->kind == TOKEN_WORD && token->word == WORD_NAME && next < end && p.list[next].c == '(' &&
			 p.list[next_of(&p, next)].c != '*' && before && strchr("{};,", before))
			show_member(&p, i, next);
		before = token->c;
	}
}
