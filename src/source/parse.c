// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/parse.h"

#include <string.h>

#include "source/gather.h"
#include "source/macros.h"
#include "source/settle.h"
#include "source/syntax.h"
#include "source/text.h"
#include "source/words.h"

/* The longest header of a kernel is generated and has 20 MB; tokens of more do not fit in memory a few at a time. */
#define MAX_BYTES (32u << 20)
/* Zero bytes are looked for there, as git(1) does. */
#define BINARY_BYTES 8000

bool parse_is_c(const char *path)
{
	return str_ends(path, ".c") || str_ends(path, ".h");
}

const char *parse_extension(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');

	return dot && dot != name ? dot : "";
}

void parse_init(void)
{
	words_init();
	macros_init();
}

static void add_shown(struct str *shown, const char *text, const struct token *token)
{
	const char *as = token->show == SHOW_WHILE ? "while" : token->show == SHOW_IF ? "if" : "int x";

	if (token->show == SHOW_IT) {
		str_addn(shown, text + token->at, token->length);
	} else if (token->show == SHOW_NAME) {
		for (uint32_t i = 0; i < token->length; i++)
			str_addc(shown, 'T');
	} else {
		str_add(shown, as);
		for (uint32_t i = (uint32_t)strlen(as); i < token->length; i++)
			str_addc(shown, ' ');
	}
}

/* Text of tokens [first, end) as the parser shall see it: each where it was, the rest blanks. */
static void show_tokens(struct gather *gather, size_t first, size_t end)
{
	static const char blanks[] = "                                                                ";
	const struct token *list = gather->tokens.list.items;
	size_t base = list[first].at;

	str_clear(&gather->shown);
	for (size_t i = first; i < end; i++) {
		if (token_hidden(&list[i]))
			continue;
		for (size_t gap = list[i].at - base - gather->shown.length; gap;) {
			size_t part = gap < sizeof(blanks) - 1 ? gap : sizeof(blanks) - 1;

			str_addn(&gather->shown, blanks, part);
			gap -= part;
		}
		add_shown(&gather->shown, gather->tokens.text, &list[i]);
	}
	str_addn(&gather->shown, "", 0);
}

static void add_struct_uses(struct gather *gather, size_t first, size_t end)
{
	const struct token *list = gather->tokens.list.items;

	for (size_t i = first; i + 1 < end; i++) {
		if (list[i].kind != TOKEN_WORD || list[i].word != WORD_STRUCT || token_hidden(&list[i]))
			continue;
		size_t name = token_next(&gather->tokens, i);

		if (name >= end || list[name].kind != TOKEN_WORD || list[name].word != WORD_NAME)
			continue;
		AUTO_STR struct str text = {0};

		str_addn(&text, gather->tokens.text + list[i].at, list[i].length);
		str_addc(&text, ' ');
		str_addn(&text, gather->tokens.text + list[name].at, list[name].length);
		uses_add(&gather->type_uses, text.data, text.length, list[name].line);
	}
}

static void read_definition(struct gather *gather, size_t first, size_t end, const char *what, bool tables)
{
	show_tokens(gather, first, end);
	if (gather->shown.length)
		syntax_definition(gather, gather->shown.data, gather->shown.length, gather->tokens.list.items[first].at,
				  what, tables);
}

/* Some headers under scripts/ and tools/ are for C++ compilers. */
static bool is_foreign(const struct gather *gather, const struct item *item)
{
	static const char *const words[] = {"class", "namespace", "template", "using"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (token_text_is(&gather->tokens, item->first, words[i]))
			return true;
	return false;
}

static void read_function(struct gather *gather, const struct item *whole)
{
	const struct token *list = gather->tokens.list.items;
	size_t before = gather->functions.count;
	struct item own = *whole;
	const struct item *item = &own;
	const char *what = "a function";

	if (is_foreign(gather, item)) {
		gather_problem(gather, PROBLEM_SYNTAX, list[item->first].line, list[item->end - 1].line,
			       "C++, which is not read");
		return;
	}
	own.first = gather_head(gather, whole);
	if (!gather_macro_function(gather, item)) {
		show_tokens(gather, item->first, item->body);
		gather_function(gather, item);
	}
	if (gather->functions.count > before)
		what = gather->functions.items[before].name;
	if (item->too_deep)
		return;
	prepare_body(gather, item->body, item->end);
	read_definition(gather, item->body, item->end, what, false);
}

/* = { .field = value }: what has no designators is no table, nor is a piece of an initialiser. */
static bool has_designators(const struct gather *gather, const struct item *item)
{
	const struct token *list = gather->tokens.list.items;

	if (item->body == item->first || list[item->body - 1].c == ')')
		return false;
	for (size_t i = item->body; i + 2 < item->end; i++)
		if (list[i].c == '.' && list[i + 1].kind == TOKEN_WORD && list[i + 1].word == WORD_NAME &&
		    (list[i + 2].c == '=' || list[i + 2].c == '.'))
			return true;
	return false;
}

static void tell_of_item(struct gather *gather, const struct item *item)
{
	const struct token *list = gather->tokens.list.items;
	uint32_t line = list[item->first].line, end_line = list[item->end - 1].line;

	if (item->too_deep)
		gather_problem(gather, PROBLEM_NESTING, line, end_line,
			       "more than %d braces and parentheses in one another; not read", MAX_NESTING);
	else if (item->unbalanced)
		gather_problem(gather, PROBLEM_SYNTAX, line, end_line, "braces or parentheses that do not add up");
}

static void read_item(void *context, const struct item *item)
{
	struct gather *gather = context;
	const struct token *list = gather->tokens.list.items;

	gather->item_condition = item->condition;
	tell_of_item(gather, item);
	add_struct_uses(gather, item->first, item->end);
	if (item->shape == ITEM_FUNCTION) {
		read_function(gather, item);
	} else if (item->too_deep) {
		return;
	} else if (item->shape == ITEM_TYPE || (item->shape == ITEM_OTHER && list[item->first].word == WORD_TYPEDEF &&
						list[item->first].kind == TOKEN_WORD)) {
		prepare_type(gather, item->first, item->end);
		read_definition(gather, item->first, item->end, "a definition", true);
	} else if (item->shape == ITEM_VALUE) {
		gather_macro_call(gather, item);
		if (has_designators(gather, item))
			read_definition(gather, item->first, item->end, "an initialiser", true);
	} else {
		gather_macro_call(gather, item);
	}
}

static void read_directive(void *context, size_t index, const char *condition)
{
	gather_directive(context, index, condition);
}

/* Branches the parser does not see still call what they call. */
static void read_passed_over(void *context, size_t index)
{
	struct gather *gather = context;
	const struct token *token = &gather->tokens.list.items[index];

	if (token->kind == TOKEN_WORD && token->word == WORD_NAME && token[1].c == '(' &&
	    (index == 0 || token[-1].kind == TOKEN_PUNCT))
		uses_add(&gather->calls, gather->tokens.text + token->at, token->length, token->line);
}

static void take(struct gather *gather, struct source_file *file)
{
	struct arena *arena = gather->arena;

#define TAKE(list, counter)                                                      \
	do {                                                                     \
		size_t bytes = gather->list.count * sizeof(*gather->list.items); \
		void *copy = arena_alloc(arena, bytes + 1);                      \
                                                                                 \
		if (bytes)                                                       \
			memcpy(copy, gather->list.items, bytes);                 \
		file->list = copy;                                               \
		file->counter = gather->list.count;                              \
	} while (0)
	TAKE(includes, include_count);
	TAKE(functions, function_count);
	TAKE(types, type_count);
	TAKE(syscalls, syscall_count);
	TAKE(initcalls, initcall_count);
	TAKE(module_macros, module_macro_count);
	TAKE(exports, export_count);
	TAKE(tables, table_count);
	TAKE(problems, problem_count);
#undef TAKE
	file->calls = uses_take(&gather->calls, arena, &file->call_count);
	file->type_uses = uses_take(&gather->type_uses, arena, &file->type_use_count);
	file->annotations = uses_take(&gather->annotations, arena, &file->annotation_count);
	file->macro_count = gather->macro_count;
}

static void parse_text(struct syntax *syntax, const char *text, struct arena *arena, struct source_file *file)
{
	static const struct item_reader reader = {
		.item = read_item, .directive = read_directive, .passed_over = read_passed_over};
	struct item_reader mine = reader;
	struct gather gather;
	uint32_t line = 0;

	gather_init(&gather, arena, syntax);
	mine.context = &gather;
	file->invalid_utf8 = text_invalid_utf8(text, file->size_bytes, &line);
	if (file->invalid_utf8) {
		gather_problem(&gather, PROBLEM_ENCODING, line, line, "%u byte%s that %s no UTF-8, the first here",
			       file->invalid_utf8, file->invalid_utf8 == 1 ? "" : "s",
			       file->invalid_utf8 == 1 ? "is" : "are");
		text = text_made_utf8(arena, text, file->size_bytes);
	}
	tokens_read(&gather.tokens, text, file->size_bytes);
	if (gather.tokens.unclosed)
		gather_problem(&gather, PROBLEM_SYNTAX, gather.tokens.unclosed, file->line_count,
			       "a comment that is not closed");
	gather_annotations(&gather);
	items_read(&gather.tokens, arena, &mine);
	settle_tables(&gather);
	file->snippet = settle_snippet(&gather);
	take(&gather, file);
	gather_fini(&gather);
}

/* Assembly is no C, but includes and exports are written the same. */
static void parse_assembly(const char *text, struct arena *arena, struct source_file *file)
{
	struct gather gather;

	gather_init(&gather, arena, NULL);
	tokens_read(&gather.tokens, text_made_utf8(arena, text, file->size_bytes), file->size_bytes);
	for (size_t i = 0; i + 1 < gather.tokens.list.count; i++) {
		const struct token *token = &gather.tokens.list.items[i];

		if (token->kind == TOKEN_DIRECTIVE)
			gather_directive(&gather, i, NULL);
		else if (token->kind == TOKEN_WORD && token[1].c == '(' && token_at_line_start(&gather.tokens, i) &&
			 macro_find(gather.tokens.text + token->at, token->length)->what == MACRO_EXPORT)
			gather_macro_call(&gather, &(struct item){.first = i,
								  .end = token_close(&gather.tokens, i + 1,
										     gather.tokens.list.count - 1)});
	}
	file->snippet = settle_snippet(&gather);
	take(&gather, file);
	gather_fini(&gather);
}

void parse_file(struct syntax *syntax, const char *path, const char *text, size_t size_bytes, bool wanted,
		struct arena *arena, struct source_file *file)
{
	*file = (struct source_file){
		.path = path,
		.extension = parse_extension(path),
		.state = SOURCE_LISTED,
		.size_bytes = size_bytes,
		.is_c = parse_is_c(path),
	};
	if (memchr(text, '\0', file->is_c || size_bytes < BINARY_BYTES ? size_bytes : BINARY_BYTES)) {
		file->state = SOURCE_BINARY;
		return;
	}
	file->line_count = text_count_lines(text, size_bytes);
	bool assembly = str_ends(path, ".S");

	if (!assembly && (!file->is_c || !wanted))
		return;
	if (size_bytes > MAX_BYTES) {
		file->state = SOURCE_TOO_LARGE;
		return;
	}
	file->state = SOURCE_PARSED;
	if (assembly)
		parse_assembly(text, arena, file);
	else
		parse_text(syntax, text, arena, file);
}
