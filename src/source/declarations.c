// SPDX-License-Identifier: GPL-2.0-or-later
/* Functions, and what macros of file scope declare. */
#include <ctype.h>
#include <string.h>

#include "source/conditions.h"
#include "source/gather.h"
#include "source/macros.h"
#include "source/syntax.h"

#define MAX_ARGUMENTS 8

/* MACRO(a, b): which tokens are which argument. */
struct call {
	size_t word, open, close;
	struct {
		size_t first, end;
	} arguments[MAX_ARGUMENTS];
	size_t count;
};

static void read_call(const struct gather *gather, size_t word, size_t end, struct call *call)
{
	const struct token *list = gather->tokens.list.items;
	size_t depth = 0;

	*call = (struct call){.word = word, .open = token_next(&gather->tokens, word)};
	call->close = token_close(&gather->tokens, call->open, end);
	size_t first = call->open + 1;

	for (size_t i = first; i <= call->close && call->count < MAX_ARGUMENTS; i++) {
		char c = list[i].c;

		if (i == call->close || (c == ',' && depth == 0)) {
			if (i > first)
				call->arguments[call->count].first = first, call->arguments[call->count++].end = i;
			first = i + 1;
		}
		depth += c == '(' || c == '{' || c == '[';
		depth -= (c == ')' || c == '}' || c == ']') && depth;
	}
}

static const char *argument(const struct gather *gather, const struct call *call, size_t number)
{
	if (number == 0 || number > call->count)
		return NULL;
	return gather_text(gather, call->arguments[number - 1].first, call->arguments[number - 1].end);
}

static const char *unquoted_argument(const struct gather *gather, const struct call *call, size_t number)
{
	const char *text = argument(gather, call, number);
	size_t length = text ? strlen(text) : 0;

	if (length >= 2 && text[0] == '"' && text[length - 1] == '"')
		return arena_strndup(gather->arena, text + 1, length - 2);
	return text;
}

/* One of a macro's names with the arguments put in; NULL if it is not known. */
static const char *made_name(const struct gather *gather, const struct call *call, const char *names, size_t length)
{
	AUTO_STR struct str name = {0};

	if (length == 0 || names[0] == '-')
		return NULL;
	for (size_t i = 0; i < length; i++) {
		const char *text = NULL;

		if (names[i] == '%' && i + 1 < length)
			text = argument(gather, call, (size_t)(names[++i] - '0'));
		else
			str_addc(&name, names[i]);
		if (text)
			str_add(&name, text);
	}
	return name.length ? arena_strndup(gather->arena, name.data, name.length) : NULL;
}

/* The value of `key` in a macro's `more`; NULL without it. */
static const char *more_value(const struct gather *gather, const struct call *call, const char *more, const char *key)
{
	const char *at = strstr(more, key);

	if (!at)
		return NULL;
	at += strlen(key);
	return isdigit((unsigned char)at[0]) && !at[1] ? unquoted_argument(gather, call, (size_t)(at[0] - '0')) : at;
}

static void add_export(struct gather *gather, const struct item *item, const struct call *call,
		       const struct macro *macro)
{
	struct source_export export = {
		.macro = gather_word(gather, call->word),
		.argument = argument(gather, call, 1),
		.condition = item->condition,
		.line = gather->tokens.list.items[call->word].line,
		.gpl = strstr(macro->more, "gpl") != NULL,
		.name_known = !strstr(macro->more, "unknown"),
	};

	if (!export.argument)
		return;
	export.space = more_value(gather, call, macro->more, "space=");
	export.modules = more_value(gather, call, macro->more, "modules=");
	if (!export.space && !export.modules)
		export.space = gather->default_space;
	for (const char *names = macro->names; *names;) {
		size_t length = strcspn(names, " ");

		export.name = made_name(gather, call, names, length);
		vec_add(&gather->exports, export);
		names += length + (names[length] == ' ');
	}
}

static void add_initcall(struct gather *gather, const struct item *item, const struct call *call,
			 const struct macro *macro)
{
	const char *text = argument(gather, call, 1);

	vec_add(&gather->initcalls,
		((struct source_initcall){
			.macro = gather_word(gather, call->word),
			.argument = text ? text : "",
			.function = made_name(gather, call, macro->names, strcspn(macro->names, " ")),
			.level = macro->more[0] ? macro->more : NULL,
			.condition = item->condition,
			.line = gather->tokens.list.items[call->word].line,
		}));
}

static void record_call(struct gather *gather, size_t index)
{
	const struct token *token = &gather->tokens.list.items[index];

	uses_add(&gather->calls, gather->tokens.text + token->at, token->length, token->line);
}

/* The macro's word, if the item is [static] MACRO(...) ...; else SIZE_MAX. */
static size_t macro_word(const struct gather *gather, const struct item *item)
{
	const struct token *list = gather->tokens.list.items;
	size_t i = item->first;

	while (i < item->end && list[i].kind == TOKEN_WORD &&
	       (list[i].word == WORD_STATIC || list[i].word == WORD_INLINE || list[i].word == WORD_EXTERN ||
		list[i].word == WORD_QUALIFIER || token_hidden(&list[i])))
		i = token_next(&gather->tokens, i);
	if (i >= item->end || list[i].kind != TOKEN_WORD || list[i].word != WORD_NAME)
		return SIZE_MAX;
	return list[token_next(&gather->tokens, i)].c == '(' ? i : SIZE_MAX;
}

void gather_macro_call(struct gather *gather, const struct item *item)
{
	size_t word = macro_word(gather, item);
	struct call call;

	if (word == SIZE_MAX)
		return;
	const struct token *token = &gather->tokens.list.items[word];
	const struct macro *macro = macro_find(gather->tokens.text + token->at, token->length);

	if (macro->what != MACRO_EXPORT && macro->what != MACRO_INITCALL && macro->what != MACRO_MODULE) {
		record_call(gather, word);
		return;
	}
	read_call(gather, word, item->end, &call);
	if (macro->what == MACRO_EXPORT)
		add_export(gather, item, &call, macro);
	else if (macro->what == MACRO_INITCALL)
		add_initcall(gather, item, &call, macro);
	else
		vec_add(&gather->module_macros,
			((struct source_module_macro){gather_word(gather, word),
						      gather_text(gather, call.open + 1, call.close), token->line}));
}

/* Where the text of a declaration begins: with the annotations before it. */
static size_t with_marks(const struct gather *gather, size_t first)
{
	const struct token *list = gather->tokens.list.items;

	while (first > 0 && list[first - 1].kind == TOKEN_WORD && list[first - 1].word >= WORD_MARK &&
	       list[first - 1].show == SHOW_BLANK)
		first--;
	return first;
}

static bool has_word(const struct gather *gather, size_t first, size_t end, enum word a, enum word b)
{
	for (size_t i = first; i < end; i++) {
		const struct token *token = &gather->tokens.list.items[i];

		if (token->c == '(')
			return false;
		if (token->kind == TOKEN_WORD && (token->word == a || token->word == b))
			return true;
	}
	return false;
}

/* With its annotations, without what an #if leaves out. */
static const char *head_text(struct gather *gather, size_t first, size_t body)
{
	const struct token *list = gather->tokens.list.items;
	AUTO_STR struct str text = {0};
	size_t end = list[first].at;

	for (size_t i = first; i < body; i++) {
		if (list[i].show == SHOW_GONE)
			continue;
		if (list[i].at > end && text.length)
			str_addc(&text, ' ');
		str_addn(&text, gather->tokens.text + list[i].at, list[i].length);
		end = list[i].at + list[i].length;
	}
	return arena_strndup(gather->arena, text.data ? text.data : "", text.length);
}

static struct source_function function_of(struct gather *gather, const struct item *item, size_t name)
{
	const struct token *list = gather->tokens.list.items;
	size_t first = with_marks(gather, item->first);

	return (struct source_function){
		.signature = head_text(gather, first, item->body),
		.condition = item->condition,
		.first_line = list[first].line,
		.line = list[name].line,
		.end_line = list[item->end - 1].line,
		.is_static = has_word(gather, first, item->body, WORD_STATIC, WORD_MARK_STATIC),
		.is_inline = has_word(gather, first, item->body, WORD_INLINE, WORD_MARK_INLINE),
		.name_known = true,
	};
}

static void add_syscall(struct gather *gather, const struct item *item, const struct call *call)
{
	vec_add(&gather->syscalls,
		((struct source_syscall){
			.name = argument(gather, call, 1),
			.macro = gather_word(gather, call->word),
			.arguments = gather_text(gather, call->count > 1 ? call->arguments[1].first : 0,
						 call->count > 1 ? call->close : 0),
			.condition = item->condition,
			.line = gather->tokens.list.items[call->word].line,
			.end_line = gather->tokens.list.items[item->end - 1].line,
		}));
}

/* foo(x) { ... } without a type: an old way of int, if it is written like a function. */
static bool is_plain_head(const struct gather *gather, size_t word, const struct call *call)
{
	return call->count == 0 && !macro_like(&gather->tokens, word);
}

size_t gather_head(struct gather *gather, const struct item *item)
{
	const struct token *list = gather->tokens.list.items;
	size_t first = item->first, word = SIZE_MAX;

	for (size_t i = item->first; i < item->body; i = token_next(&gather->tokens, i)) {
		if (list[i].c != '(') {
			word = i;
			continue;
		}
		i = token_close(&gather->tokens, i, item->body);
		size_t next = i < item->body ? token_next(&gather->tokens, i) : item->body;

		if (next < item->body && list[next].kind == TOKEN_WORD && token_at_line_start(&gather->tokens, next)) {
			if (word != SIZE_MAX && list[word].kind == TOKEN_WORD && list[word].word == WORD_NAME)
				record_call(gather, word);
			first = next;
		}
	}
	return first;
}

bool gather_macro_function(struct gather *gather, const struct item *item)
{
	size_t word = macro_word(gather, item);
	struct call call;

	if (word == SIZE_MAX || word > item->body)
		return false;
	const struct token *token = &gather->tokens.list.items[word];
	const struct macro *macro = macro_find(gather->tokens.text + token->at, token->length);

	read_call(gather, word, item->body, &call);
	/* FNAME(walk)(args) is the parser's. */
	if (call.close >= item->body || token_next(&gather->tokens, call.close) != item->body ||
	    is_plain_head(gather, word, &call))
		return false;
	struct source_function function = function_of(gather, item, word);

	function.macro = gather_word(gather, word);
	function.macro_name = argument(gather, &call, 1);
	function.name = NULL;
	if (macro->what == MACRO_SYSCALL || macro->what == MACRO_FUNCTION) {
		function.name = made_name(gather, &call, macro->names, strcspn(macro->names, " "));
		function.is_static |= strstr(macro->more, "static") != NULL;
	}
	function.name_known = function.name != NULL;
	if (!function.name)
		function.name = function.macro_name ? function.macro_name : function.macro;
	vec_add(&gather->functions, function);
	if (macro->what == MACRO_SYSCALL && call.count)
		add_syscall(gather, item, &call);
	return true;
}

/*
 * The word before the parentheses of the parameters, where the parser is not
 * sure: the last, but for macros behind them, "int f(void) EXCLUDES(lock)".
 */
static size_t name_by_tokens(const struct gather *gather, const struct item *item)
{
	const struct token *list = gather->tokens.list.items;
	size_t before = SIZE_MAX, name = SIZE_MAX, last = SIZE_MAX;

	for (size_t i = item->first; i < item->body; i++) {
		if (token_hidden(&list[i]))
			continue;
		if (list[i].c == '(') {
			if (before != SIZE_MAX && list[before].kind == TOKEN_WORD && list[before].word == WORD_NAME)
				last = before;
			if (last == before && last != SIZE_MAX && !macro_like(&gather->tokens, last))
				name = last;
			i = token_close(&gather->tokens, i, item->body);
		}
		before = i;
	}
	return name == SIZE_MAX ? last : name;
}

static size_t token_at(const struct gather *gather, const struct item *item, size_t at)
{
	const struct token *list = gather->tokens.list.items;

	for (size_t i = item->first; i < item->body; i++)
		if (list[i].at == at)
			return i;
	return SIZE_MAX;
}

/* PROG(NAME)(args): the macro's word; to the parser, that is a type and a name in parentheses. */
static size_t maker_of(const struct gather *gather, const struct item *item, size_t name)
{
	const struct token *list = gather->tokens.list.items;

	if (name < item->first + 2 || list[name - 1].c != '(' || list[name - 2].kind != TOKEN_WORD ||
	    list[name - 2].word != WORD_NAME || !macro_like(&gather->tokens, name - 2))
		return SIZE_MAX;
	return name - 2;
}

void gather_function(struct gather *gather, const struct item *item)
{
	struct syntax_head head;

	str_addn(&gather->shown, " {}", 3);
	syntax_head(gather->syntax, gather->shown.data, gather->shown.length, gather->tokens.list.items[item->first].at,
		    &head);
	size_t name = head.name_at == SIZE_MAX ? SIZE_MAX : token_at(gather, item, head.name_at);
	bool sure = name != SIZE_MAX && !head.errors && gather->tokens.list.items[name].word == WORD_NAME;
	size_t other = sure ? SIZE_MAX : name_by_tokens(gather, item);

	if (other != SIZE_MAX)
		name = other;
	if (name == SIZE_MAX) {
		gather_problem(gather, PROBLEM_SYNTAX, gather->tokens.list.items[item->first].line,
			       gather->tokens.list.items[item->end - 1].line,
			       "a block at file scope whose name cannot be told");
		return;
	}
	struct source_function function = function_of(gather, item, name);
	size_t maker = maker_of(gather, item, name);

	function.name = gather_word(gather, name);
	if (maker != SIZE_MAX) {
		function.macro = gather_word(gather, maker);
		function.macro_name = function.name;
		function.name_known = false;
	}
	if (head.made && sure) {
		function.macro = function.name;
		function.macro_name =
			arena_strndup(gather->arena, gather->tokens.text + head.argument_at, head.argument_length);
		function.name = function.macro_name;
		function.name_known = false;
	}
	vec_add(&gather->functions, function);
}
