// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/items.h"

#include "atlas/str.h"
#include "source/conditions.h"
#include "source/macros.h"

#define NONE SIZE_MAX

struct cutter {
	struct tokens *tokens;
	const struct item_reader *reader;
	struct conditions conditions;
	char open[MAX_NESTING];
	size_t depth;
	size_t last;	    /* the last token that was read; NONE: none */
	bool assigned;	    /* a `=` outside of braces */
	bool listed;	    /* a comma outside of braces */
	bool parenthesised; /* a `(...)` outside of braces */
	bool tagged;	    /* the word struct, union or enum outside of braces */
	struct item item;   /* `first` NONE: none is begun */
};

static const struct token *token_of(const struct cutter *cutter, size_t index)
{
	return &cutter->tokens->list.items[index];
}

static void begin_item(struct cutter *cutter, size_t index)
{
	cutter->item = (struct item){.first = index, .body = NONE, .condition = conditions_text(&cutter->conditions)};
	cutter->assigned = cutter->listed = cutter->parenthesised = cutter->tagged = false;
}

static void end_item(struct cutter *cutter, size_t end)
{
	struct item item = cutter->item;

	cutter->item.first = NONE;
	cutter->depth = 0;
	if (item.first == NONE)
		return;
	item.end = end;
	if (item.body == NONE)
		item.body = end;
	cutter->reader->item(cutter->reader->context, &item);
}

/* extern "C" { ... }: what is in it is of file scope. */
static bool opens_linkage(const struct cutter *cutter, size_t index)
{
	size_t first = cutter->item.first;

	return first != NONE && token_of(cutter, first)->word == WORD_EXTERN && index == first + 2 &&
	       token_of(cutter, first + 1)->kind == TOKEN_STRING;
}

static enum item_shape shape_at_brace(const struct cutter *cutter, size_t index)
{
	/* { ... } alone, A(x), { ... } or MACRO(...) { .field = ... }: pieces of an initialiser. */
	if (cutter->assigned || (cutter->listed && !cutter->tagged) || index == cutter->item.first ||
	    token_of(cutter, token_next(cutter->tokens, index))->c == '.')
		return ITEM_VALUE;
	if (cutter->parenthesised || !cutter->tagged)
		return ITEM_FUNCTION;
	return ITEM_TYPE;
}

static void push(struct cutter *cutter, size_t index)
{
	char c = token_of(cutter, index)->c;

	if (c == '{' && cutter->depth == 0 && cutter->item.body == NONE) {
		cutter->item.body = index;
		cutter->item.shape = shape_at_brace(cutter, index);
		/* Of two heads for one body: what holds for the body. */
		if (cutter->item.shape == ITEM_FUNCTION)
			cutter->item.condition = conditions_text(&cutter->conditions);
	} else if (c == '{' && cutter->depth == 0 && cutter->item.shape == ITEM_TYPE && cutter->parenthesised &&
		   !cutter->assigned) {
		/* struct x { ... } f(void) { ... } */
		cutter->item.body = index;
		cutter->item.shape = ITEM_FUNCTION;
	}
	if (cutter->depth < MAX_NESTING)
		cutter->open[cutter->depth] = c;
	else
		cutter->item.too_deep = true;
	cutter->depth++;
}

static char opener_at(const struct cutter *cutter, size_t depth)
{
	return depth < MAX_NESTING ? cutter->open[depth] : '\0';
}

/* A brace closes what is open within it; a parenthesis never a brace. */
static void pop(struct cutter *cutter, char c)
{
	size_t depth = cutter->depth;
	char opener = c == ')' ? '(' : c == ']' ? '[' : '{';

	if (depth > MAX_NESTING) {
		cutter->depth--;
		return;
	}
	if (opener != '{') {
		if (depth && opener_at(cutter, depth - 1) == opener)
			cutter->depth--;
		return;
	}
	while (depth && opener_at(cutter, depth - 1) != '{')
		depth--;
	if (depth)
		cutter->depth = depth - 1;
}

/* A line that begins with what can only stand at file scope, in a body whose braces do not add up. */
static bool must_be_outside(const struct cutter *cutter, size_t index)
{
	const struct token *token = token_of(cutter, index);
	const struct token *before = cutter->last == NONE ? NULL : token_of(cutter, cutter->last);

	if (token->kind != TOKEN_WORD || !before || (before->c != '}' && before->c != ';' && before->c != ')'))
		return false;
	if (!token_at_line_start(cutter->tokens, index))
		return false;
	if (token->word == WORD_STATIC || token->word == WORD_TYPEDEF || token->word == WORD_EXTERN)
		return before->c != ')';
	return token->word == WORD_NAME && token_of(cutter, index + 1)->c == '(' &&
	       macro_ends_item(cutter->tokens->text + token->at, token->length);
}

/* A line that begins a declaration, while an initialiser without braces should end: a semicolon is missing. */
static bool interrupts_value(const struct cutter *cutter, size_t index)
{
	const struct token *token = token_of(cutter, index);

	return cutter->item.first != NONE && cutter->depth == 0 && cutter->assigned && token->kind == TOKEN_WORD &&
	       (token->word == WORD_STATIC || token->word == WORD_EXTERN || token->word == WORD_TYPEDEF ||
		token->word == WORD_TYPE) &&
	       token_at_line_start(cutter->tokens, index);
}

/* After the `}` of a struct without its semicolon. */
static bool begins_anew(const struct cutter *cutter, size_t index)
{
	const struct token *token = token_of(cutter, index);

	if (token->kind == TOKEN_END)
		return true;
	return token->kind == TOKEN_WORD && token_at_line_start(cutter->tokens, index) &&
	       (token->word == WORD_STATIC || token->word == WORD_STRUCT || token->word == WORD_ENUM ||
		token->word == WORD_TYPEDEF || token->word == WORD_EXTERN || token->word == WORD_TYPE);
}

/* MACRO(...) alone, with or without a semicolon: at its closing parenthesis. */
static bool ends_macro_call(const struct cutter *cutter, size_t index)
{
	size_t first = cutter->item.first, next = token_next(cutter->tokens, index);

	if (token_of(cutter, first)->word == WORD_STATIC)
		first = token_next(cutter->tokens, first);
	const struct token *word = token_of(cutter, first), *after = token_of(cutter, next);

	if (word->kind != TOKEN_WORD || word->word != WORD_NAME || token_of(cutter, first + 1)->c != '(' ||
	    cutter->item.body != NONE || after->c == ';')
		return false;
	if (macro_ends_item(cutter->tokens->text + word->at, word->length))
		return after->c != '=' && after->c != '{';
	/* Other macros: when what follows begins like a line of file scope, or a directive is between. */
	if (token_of(cutter, index + 1)->kind == TOKEN_DIRECTIVE)
		return after->c != '{' && after->c != '=' && after->c != ',';
	return after->kind == TOKEN_END || (after->kind == TOKEN_WORD && token_at_line_start(cutter->tokens, next) &&
					    after->word != WORD_TYPE && macro_like(cutter->tokens, first));
}

/* Ends without a semicolon. */
static bool is_piece(const struct cutter *cutter)
{
	return cutter->item.shape == ITEM_VALUE && !cutter->assigned;
}

static void after_closing(struct cutter *cutter, size_t index, char c)
{
	if (cutter->depth != 0 || cutter->item.first == NONE)
		return;
	if (c == ')') {
		cutter->parenthesised = true;
		if (ends_macro_call(cutter, index))
			end_item(cutter, index + 1);
	} else if (c == '}') {
		if (cutter->item.shape == ITEM_FUNCTION || is_piece(cutter) ||
		    begins_anew(cutter, token_next(cutter->tokens, index)))
			end_item(cutter, index + 1);
	}
}

static void read_punct(struct cutter *cutter, size_t index)
{
	char c = token_of(cutter, index)->c;

	switch (c) {
	case '{':
		if (cutter->depth == 0 && opens_linkage(cutter, index)) {
			cutter->item.first = NONE;
			return;
		}
		push(cutter, index);
		break;
	case '(':
	case '[':
		push(cutter, index);
		break;
	case '}':
	case ')':
	case ']':
		pop(cutter, c);
		after_closing(cutter, index, c);
		break;
	case '=':
		cutter->assigned |= cutter->depth == 0;
		break;
	case ',':
		cutter->listed |= cutter->depth == 0;
		break;
	case ';':
		if (cutter->depth == 0)
			end_item(cutter, index + 1);
		break;
	default:
		break;
	}
}

static void read_token(struct cutter *cutter, size_t index)
{
	const struct token *token = token_of(cutter, index);

	if (interrupts_value(cutter, index))
		end_item(cutter, index);
	if (cutter->item.first != NONE && cutter->depth > 0 && must_be_outside(cutter, index)) {
		cutter->item.unbalanced = true;
		end_item(cutter, index);
	}
	if (cutter->item.first == NONE) {
		if (token->c == ';' || token->c == '}' || token->c == ')' || token->c == ',')
			return;
		begin_item(cutter, index);
	}
	if (token->kind == TOKEN_WORD && cutter->depth == 0)
		cutter->tagged |= token->word == WORD_STRUCT || token->word == WORD_ENUM;
	if (token->kind == TOKEN_PUNCT)
		read_punct(cutter, index);
	cutter->last = index;
}

static void read_directive(struct cutter *cutter, size_t index)
{
	char word[16];
	char last = cutter->last == NONE ? ';' : token_of(cutter, cutter->last)->c;
	struct place place = {
		.between = cutter->item.first == NONE,
		.whole = last == ';' || last == '{' || last == '}' || last == ',' || last == ':' ||
			 (index && token_of(cutter, index - 1)->kind == TOKEN_DIRECTIVE),
		.depth = cutter->depth,
	};

	if (!cutter->conditions.passing_over) {
		directive_word(cutter->tokens, index, word, sizeof(word));
		cutter->reader->directive(cutter->reader->context, index,
					  str_eq(word, "include") ? conditions_text(&cutter->conditions) : NULL);
	}
	conditions_meet(&cutter->conditions, cutter->tokens, index, &place);
}

void items_read(struct tokens *tokens, struct arena *arena, const struct item_reader *reader)
{
	struct cutter cutter = {
		.tokens = tokens, .reader = reader, .conditions = {.arena = arena}, .last = NONE, .item.first = NONE};
	size_t count = tokens->list.count - 1;

	for (size_t i = 0; i < count; i++) {
		struct token *token = &tokens->list.items[i];

		if (token->kind == TOKEN_DIRECTIVE) {
			read_directive(&cutter, i);
		} else if (cutter.conditions.passing_over) {
			if (cutter.item.first != NONE && !token_hidden(token))
				reader->passed_over(reader->context, i);
			token->show = SHOW_GONE;
		} else if (!token_hidden(token)) {
			read_token(&cutter, i);
		}
	}
	cutter.item.unbalanced = cutter.depth > 0;
	end_item(&cutter, count);
	conditions_free(&cutter.conditions);
}
