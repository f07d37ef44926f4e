/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * C text as tokens: comments left out, a preprocessor line one token, words
 * known for what they are.  Never fails: what is unfinished ends with the line
 * or the file.
 */
#ifndef SOURCE_LEX_H
#define SOURCE_LEX_H

#include <stdbool.h>
#include <stdint.h>

#include "atlas/mem.h"

enum token_kind {
	TOKEN_WORD,
	TOKEN_NUMBER,
	TOKEN_STRING,
	TOKEN_CHAR,
	TOKEN_PUNCT,
	TOKEN_DIRECTIVE, /* from its # to the end of the line and those it goes on in */
	TOKEN_END,	 /* after the last; empty */
};

/* What a word is, if it is no name. */
enum word {
	WORD_NAME,
	WORD_STRUCT, /* struct, union */
	WORD_ENUM,
	WORD_TYPEDEF,
	WORD_STATIC,
	WORD_EXTERN,
	WORD_INLINE,
	WORD_TYPE,	/* int, unsigned, void, ... */
	WORD_QUALIFIER, /* const, volatile */
	WORD_STATEMENT, /* if, for, return, ... */
	WORD_OPERATOR,	/* sizeof, typeof, ... */
	WORD_ASM,
	WORD_MARK,	  /* an annotation: __user */
	WORD_MARK_CALL,	  /* one with arguments: __acquires(x) */
	WORD_MARK_INLINE, /* __always_inline */
	WORD_MARK_STATIC, /* STATIC */
};

/* How the parser gets to see it. */
enum token_show {
	SHOW_IT,
	SHOW_BLANK, /* as blanks: an annotation */
	SHOW_GONE,  /* as blanks: a directive, or what an #if leaves out */
	SHOW_WHILE, /* the word of an iterator macro, as `while` */
	SHOW_IF,    /* the same, too short for that */
	SHOW_NAME,  /* a type's word or an operator, as a name of the same length */
	SHOW_INT,   /* as `int x` */
};

struct token {
	uint32_t at, length; /* bytes */
	uint32_t line;	     /* from 1 */
	uint8_t kind;	     /* enum token_kind */
	uint8_t word;	     /* enum word, of a TOKEN_WORD */
	uint8_t show;	     /* enum token_show */
	char c;		     /* of a TOKEN_PUNCT; else 0 */
};

struct tokens {
	const char *text; /* borrowed */
	size_t size_bytes;
	uint32_t lines;
	uint32_t unclosed;	/* line of a comment that is not closed; 0: none */
	VEC(struct token) list; /* ends with a TOKEN_END */
};

/* `text` up to 4 GiB. */
void tokens_read(struct tokens *tokens, const char *text, size_t size_bytes);
void tokens_free(struct tokens *tokens);

static inline bool token_is(const struct token *token, char c)
{
	return token->c == c;
}

static inline bool token_hidden(const struct token *token)
{
	return token->show == SHOW_BLANK || token->show == SHOW_GONE;
}

bool token_at_line_start(const struct tokens *tokens, size_t index);
bool token_text_is(const struct tokens *tokens, size_t index, const char *text);
/* The next after `index` that is shown and no directive; the TOKEN_END at last. */
size_t token_next(const struct tokens *tokens, size_t index);
/* The index of what closes the parenthesis, bracket or brace at `open`, at most `end`. */
size_t token_close(const struct tokens *tokens, size_t open, size_t end);

#endif
