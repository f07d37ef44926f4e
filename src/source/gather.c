// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/gather.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "source/conditions.h"

/* What a reader can take in; the rest is counted in the last. */
#define MAX_PROBLEMS 100
/* Of an annotation with its arguments. */
#define MAX_MARK_TOKENS 256

static void uses_init(struct uses *uses)
{
	memset(uses, 0, sizeof(*uses));
	intern_init(&uses->names);
}

static void uses_fini(struct uses *uses)
{
	intern_fini(&uses->names);
	vec_free(&uses->counts);
}

void uses_add(struct uses *uses, const char *name, size_t length, uint32_t line)
{
	str_id id = intern_n(&uses->names, name, length);

	if (id > uses->counts.count)
		vec_add(&uses->counts, ((struct use_count){.line = line}));
	struct use_count *count = &uses->counts.items[id - 1];

	count->count++;
	if (line < count->line)
		count->line = line;
}

static int by_name(const void *a, const void *b)
{
	const struct source_use *x = a, *y = b;

	return strcmp(x->name, y->name);
}

const struct source_use *uses_take(const struct uses *uses, struct arena *arena, size_t *count)
{
	struct source_use *list = arena_alloc(arena, (uses->counts.count + 1) * sizeof(*list));

	*count = uses->counts.count;
	for (size_t i = 0; i < *count; i++)
		list[i] = (struct source_use){.name = arena_strdup(arena, intern_text(&uses->names, (str_id)i + 1)),
					      .line = uses->counts.items[i].line,
					      .count = uses->counts.items[i].count};
	qsort(list, *count, sizeof(*list), by_name);
	return list;
}

void gather_init(struct gather *gather, struct arena *arena, struct syntax *syntax)
{
	*gather = (struct gather){.arena = arena, .syntax = syntax};
	uses_init(&gather->calls);
	uses_init(&gather->type_uses);
	uses_init(&gather->annotations);
}

void gather_fini(struct gather *gather)
{
	tokens_free(&gather->tokens);
	str_free(&gather->shown);
	vec_free(&gather->includes);
	vec_free(&gather->functions);
	vec_free(&gather->types);
	vec_free(&gather->syscalls);
	vec_free(&gather->initcalls);
	vec_free(&gather->module_macros);
	vec_free(&gather->exports);
	vec_free(&gather->tables);
	vec_free(&gather->problems);
	uses_fini(&gather->calls);
	uses_fini(&gather->type_uses);
	uses_fini(&gather->annotations);
}

void gather_problem(struct gather *gather, enum source_problem_kind kind, uint32_t line, uint32_t end_line,
		    const char *fmt, ...)
{
	char text[512];
	va_list args;

	if (gather->problems.count == MAX_PROBLEMS) {
		struct source_problem *last = &gather->problems.items[MAX_PROBLEMS - 1];

		last->text = "and more, up to here";
		last->end_line = end_line;
		return;
	}
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	vec_add(&gather->problems, ((struct source_problem){kind, arena_strdup(gather->arena, text), line, end_line}));
}

const char *gather_text(const struct gather *gather, size_t first, size_t end)
{
	const struct token *list = gather->tokens.list.items;

	if (first >= end)
		return "";
	size_t from = list[first].at, to = list[end - 1].at + list[end - 1].length;

	return text_on_one_line(gather->arena, gather->tokens.text + from, to - from);
}

const char *gather_word(const struct gather *gather, size_t index)
{
	const struct token *token = &gather->tokens.list.items[index];

	return arena_strndup(gather->arena, gather->tokens.text + token->at, token->length);
}

uint32_t gather_line_at(const struct gather *gather, size_t at)
{
	const struct token *list = gather->tokens.list.items;
	size_t low = 0, high = gather->tokens.list.count;

	while (high - low > 1) {
		size_t middle = (low + high) / 2;

		if (list[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return list[low].line;
}

static void record_mark(struct gather *gather, const struct token *token)
{
	uses_add(&gather->annotations, gather->tokens.text + token->at, token->length, token->line);
}

void gather_annotations(struct gather *gather)
{
	struct token *list = gather->tokens.list.items;
	size_t count = gather->tokens.list.count - 1;

	for (size_t i = 0; i < count; i++) {
		if (list[i].kind != TOKEN_WORD || list[i].word < WORD_MARK)
			continue;
		record_mark(gather, &list[i]);
		size_t close = i, reach = i + MAX_MARK_TOKENS < count ? i + MAX_MARK_TOKENS : count;

		if (list[i].word == WORD_MARK_CALL && list[i + 1].c == '(')
			close = token_close(&gather->tokens, i + 1, reach);
		if (close == reach)
			close = i;
		for (; i < close; i++)
			list[i].show = SHOW_BLANK;
		list[close].show = SHOW_BLANK;
	}
}

/* #include <x>, "x" or X */
static void add_include(struct gather *gather, const struct token *token, size_t rest, const char *condition)
{
	const char *text =
		text_on_one_line(gather->arena, gather->tokens.text + token->at + rest, token->length - rest);
	struct source_include include = {.line = token->line, .condition = condition};
	char closing = text[0] == '<' ? '>' : '"';
	const char *end = text[0] ? strchr(text + 1, closing) : NULL;

	include.system = text[0] == '<';
	include.computed = text[0] != '<' && text[0] != '"';
	if (text[0] && (include.computed || end)) {
		include.name =
			include.computed ? text : arena_strndup(gather->arena, text + 1, (size_t)(end - text - 1));
		vec_add(&gather->includes, include);
	}
}

static const char *unquoted(struct arena *arena, const char *text)
{
	size_t length = strlen(text);

	if (length >= 2 && text[0] == '"' && text[length - 1] == '"')
		return arena_strndup(arena, text + 1, length - 2);
	return text;
}

void gather_directive(struct gather *gather, size_t index, const char *condition)
{
	static const char name[] = " DEFAULT_SYMBOL_NAMESPACE ";
	const struct token *token = &gather->tokens.list.items[index];
	char word[16];
	size_t rest = directive_word(&gather->tokens, index, word, sizeof(word));

	if (str_eq(word, "include")) {
		add_include(gather, token, rest, condition);
	} else if (str_eq(word, "define")) {
		gather->macro_count++;
		if (memmem(gather->tokens.text + token->at, token->length, name, sizeof(name) - 1)) {
			const char *text = text_on_one_line(gather->arena, gather->tokens.text + token->at + rest,
							    token->length - rest);

			if (str_starts(text, name + 1))
				gather->default_space = unquoted(gather->arena, text + sizeof(name) - 2);
		}
	}
}
