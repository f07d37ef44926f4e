// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/lex.h"

#include <string.h>

#include "source/words.h"

struct lexer {
	struct tokens *tokens;
	const char *text;
	size_t size, at;
	uint32_t line;
	bool line_start; /* nothing but blanks so far on this line */
};

enum {
	IS_BLANK = 1,
	IS_WORD_START = 2,
	IS_DIGIT = 4,
};

static unsigned char class_of(unsigned char c)
{
	if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v')
		return IS_BLANK;
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c >= 0x80)
		return IS_WORD_START;
	return c >= '0' && c <= '9' ? IS_DIGIT : 0;
}

static char peek(const struct lexer *lexer, size_t ahead)
{
	return lexer->at + ahead < lexer->size ? lexer->text[lexer->at + ahead] : '\0';
}

static void step(struct lexer *lexer)
{
	lexer->line += lexer->text[lexer->at] == '\n';
	lexer->at++;
}

static bool at_continuation(const struct lexer *lexer)
{
	return peek(lexer, 0) == '\\' && (peek(lexer, 1) == '\n' || (peek(lexer, 1) == '\r' && peek(lexer, 2) == '\n'));
}

static void skip_continuation(struct lexer *lexer)
{
	lexer->at += peek(lexer, 1) == '\r' ? 3 : 2;
	lexer->line++;
}

static void skip_block_comment(struct lexer *lexer)
{
	uint32_t line = lexer->line;

	lexer->at += 2;
	while (lexer->at < lexer->size && !(peek(lexer, 0) == '*' && peek(lexer, 1) == '/'))
		step(lexer);
	if (lexer->at >= lexer->size)
		lexer->tokens->unclosed = line;
	lexer->at = lexer->at + 2 < lexer->size ? lexer->at + 2 : lexer->size;
}

static void skip_line_comment(struct lexer *lexer)
{
	while (lexer->at < lexer->size && peek(lexer, 0) != '\n') {
		if (at_continuation(lexer))
			skip_continuation(lexer);
		else
			lexer->at++;
	}
}

static bool skip_comment(struct lexer *lexer)
{
	if (peek(lexer, 0) != '/' || (peek(lexer, 1) != '*' && peek(lexer, 1) != '/'))
		return false;
	if (peek(lexer, 1) == '*')
		skip_block_comment(lexer);
	else
		skip_line_comment(lexer);
	return true;
}

static void skip_blanks(struct lexer *lexer)
{
	while (lexer->at < lexer->size) {
		unsigned char c = (unsigned char)lexer->text[lexer->at];

		if (c == '\n') {
			lexer->line_start = true;
			step(lexer);
		} else if (class_of(c) == IS_BLANK) {
			lexer->at++;
		} else if (at_continuation(lexer)) {
			skip_continuation(lexer);
		} else if (!skip_comment(lexer)) {
			return;
		}
	}
}

/* A string or character constant; one that is not closed ends with its line. */
static void skip_quoted(struct lexer *lexer, char quote)
{
	lexer->at++;
	while (lexer->at < lexer->size && peek(lexer, 0) != quote && peek(lexer, 0) != '\n') {
		if (at_continuation(lexer))
			skip_continuation(lexer);
		else
			lexer->at +=
				peek(lexer, 0) == '\\' && lexer->at + 1 < lexer->size && peek(lexer, 1) != '\n' ? 2 : 1;
	}
	if (peek(lexer, 0) == quote)
		lexer->at++;
}

static void skip_directive(struct lexer *lexer)
{
	while (lexer->at < lexer->size && peek(lexer, 0) != '\n') {
		if (at_continuation(lexer))
			skip_continuation(lexer);
		else if (peek(lexer, 0) == '"' || peek(lexer, 0) == '\'')
			skip_quoted(lexer, peek(lexer, 0));
		else if (!skip_comment(lexer))
			lexer->at++;
	}
}

static void skip_word(struct lexer *lexer)
{
	while (lexer->at < lexer->size && class_of((unsigned char)peek(lexer, 0)) & (IS_WORD_START | IS_DIGIT))
		lexer->at++;
}

/* No sign of a decimal exponent: 0xE+1 is a sum, and kernels have no floating point. */
static void skip_number(struct lexer *lexer)
{
	while (lexer->at < lexer->size) {
		char c = peek(lexer, 0);
		bool sign = (c == '+' || c == '-') && strchr("pP", lexer->text[lexer->at - 1]);

		/* `1...5` is a range. */
		if (c == '.' && peek(lexer, 1) == '.')
			return;
		if (!sign && c != '.' && !(class_of((unsigned char)c) & (IS_WORD_START | IS_DIGIT)))
			return;
		lexer->at++;
	}
}

static void read_token(struct lexer *lexer)
{
	unsigned char c = (unsigned char)lexer->text[lexer->at];
	struct token token = {.at = (uint32_t)lexer->at, .line = lexer->line};

	if (c == '#' && lexer->line_start) {
		token.kind = TOKEN_DIRECTIVE;
		token.show = SHOW_GONE;
		skip_directive(lexer);
	} else if (class_of(c) == IS_WORD_START) {
		token.kind = TOKEN_WORD;
		skip_word(lexer);
		token.word = (uint8_t)word_of(lexer->text + token.at, lexer->at - token.at);
	} else if (class_of(c) == IS_DIGIT) {
		token.kind = TOKEN_NUMBER;
		skip_number(lexer);
	} else if (c == '"' || c == '\'') {
		token.kind = c == '"' ? TOKEN_STRING : TOKEN_CHAR;
		skip_quoted(lexer, (char)c);
	} else {
		token.kind = TOKEN_PUNCT;
		token.c = (char)c;
		lexer->at++;
	}
	lexer->line_start = false;
	token.length = (uint32_t)(lexer->at - token.at);
	vec_add(&lexer->tokens->list, token);
}

void tokens_read(struct tokens *tokens, const char *text, size_t size_bytes)
{
	struct lexer lexer = {.tokens = tokens, .text = text, .size = size_bytes, .line = 1, .line_start = true};

	*tokens = (struct tokens){.text = text, .size_bytes = size_bytes};
	for (skip_blanks(&lexer); lexer.at < size_bytes; skip_blanks(&lexer))
		read_token(&lexer);
	tokens->lines = lexer.line - (size_bytes == 0 || text[size_bytes - 1] == '\n');
	vec_add(&tokens->list,
		((struct token){.at = (uint32_t)size_bytes, .line = lexer.line, .kind = TOKEN_END, .show = SHOW_IT}));
}

void tokens_free(struct tokens *tokens)
{
	vec_free(&tokens->list);
}

bool token_at_line_start(const struct tokens *tokens, size_t index)
{
	uint32_t at = tokens->list.items[index].at;

	return at == 0 || tokens->text[at - 1] == '\n';
}

bool token_text_is(const struct tokens *tokens, size_t index, const char *text)
{
	const struct token *token = &tokens->list.items[index];
	size_t length = strlen(text);

	return token->length == length && memcmp(tokens->text + token->at, text, length) == 0;
}

size_t token_next(const struct tokens *tokens, size_t index)
{
	const struct token *list = tokens->list.items;

	if (list[index].kind == TOKEN_END)
		return index;
	do
		index++;
	while (list[index].kind != TOKEN_END && token_hidden(&list[index]));
	return index;
}

size_t token_close(const struct tokens *tokens, size_t open, size_t end)
{
	const struct token *list = tokens->list.items;
	size_t depth = 0;

	for (size_t i = open; i < end; i++) {
		char c = token_hidden(&list[i]) ? '\0' : list[i].c;

		if (c == '(' || c == '[' || c == '{')
			depth++;
		else if ((c == ')' || c == ']' || c == '}') && --depth == 0)
			return i;
	}
	return end;
}
