// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/settle.h"

#include "source/text.h"

/* Lines of a snippet. */
#define MAX_LINES 24

static bool is_type_of_operations(const char *type)
{
	static const char *const ends[] = {"_ops", "_operations", "_driver", "_class", "_chip", "_type", "operations"};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (str_ends(type, ends[i]))
			return true;
	return str_eq(type, "ops");
}

static void intern_functions(const struct gather *gather, struct intern *names)
{
	intern_init(names);
	for (size_t i = 0; i < gather->functions.count; i++)
		intern(names, gather->functions.items[i].name);
}

static bool is_table(const struct source_table *table, const struct intern *functions)
{
	if (is_type_of_operations(table->type))
		return true;
	for (size_t i = 0; i < table->operation_count; i++)
		if (intern_find(functions, table->operations[i].function))
			return true;
	return false;
}

/* Of other types only fields with functions of this file are operations: the rest may be any object. */
static void keep_functions(struct source_table *table, const struct intern *functions)
{
	struct source_operation *operations = (struct source_operation *)(uintptr_t)table->operations;
	size_t kept = 0;

	for (size_t i = 0; i < table->operation_count; i++)
		if (intern_find(functions, operations[i].function))
			operations[kept++] = operations[i];
	table->operation_count = kept;
}

void settle_tables(struct gather *gather)
{
	struct intern functions;
	size_t kept = 0;

	if (gather->tables.count == 0)
		return;
	intern_functions(gather, &functions);
	for (size_t i = 0; i < gather->tables.count; i++) {
		struct source_table table = gather->tables.items[i];

		if (!is_table(&table, &functions))
			continue;
		if (!is_type_of_operations(table.type))
			keep_functions(&table, &functions);
		gather->tables.items[kept++] = table;
	}
	gather->tables.count = kept;
	intern_fini(&functions);
}

struct span {
	enum source_snippet_kind kind;
	uint32_t line, end_line;
};

/* A function right above what names it belongs to it, if there is room. */
static uint32_t with_function(const struct gather *gather, const char *name, uint32_t line)
{
	for (size_t i = 0; i < gather->functions.count; i++) {
		const struct source_function *function = &gather->functions.items[i];

		if (str_eq(function->name, name) && function->end_line < line && function->end_line + 3 >= line &&
		    line - function->first_line < MAX_LINES)
			return function->first_line;
	}
	return line;
}

static bool initcall_span(const struct gather *gather, struct span *span)
{
	for (size_t i = 0; i < gather->initcalls.count; i++) {
		const struct source_initcall *call = &gather->initcalls.items[i];

		if (str_eq(call->level, "exit"))
			continue;
		*span = (struct span){SNIPPET_INITCALL, with_function(gather, call->argument, call->line), call->line};
		return true;
	}
	return false;
}

static const struct source_function *function_to_show(const struct gather *gather)
{
	for (size_t i = 0; i < gather->functions.count; i++)
		if (!gather->functions.items[i].is_static)
			return &gather->functions.items[i];
	return gather->functions.count ? &gather->functions.items[0] : NULL;
}

static const struct source_type *type_to_show(const struct gather *gather)
{
	for (size_t i = 0; i < gather->types.count; i++)
		if (gather->types.items[i].kind == SOURCE_STRUCT)
			return &gather->types.items[i];
	return gather->types.count ? &gather->types.items[0] : NULL;
}

static struct span choose(const struct gather *gather)
{
	struct span span = {0};

	if (initcall_span(gather, &span))
		return span;
	if (gather->exports.count) {
		const struct source_export *export = &gather->exports.items[0];

		return (struct span){SNIPPET_EXPORT, with_function(gather, export->argument, export->line),
				     export->line};
	}
	if (gather->tables.count)
		return (struct span){SNIPPET_TABLE, gather->tables.items[0].line, gather->tables.items[0].end_line};
	if (gather->syscalls.count)
		return (struct span){SNIPPET_SYSCALL, gather->syscalls.items[0].line,
				     gather->syscalls.items[0].end_line};
	const struct source_function *function = function_to_show(gather);

	if (function)
		return (struct span){SNIPPET_FUNCTION, function->first_line, function->end_line};
	const struct source_type *type = type_to_show(gather);

	return type ? (struct span){SNIPPET_TYPE, type->line, type->end_line} : span;
}

struct source_snippet settle_snippet(const struct gather *gather)
{
	struct span span = choose(gather);
	struct source_snippet snippet = {.kind = span.kind, .line = span.line};

	if (span.kind == SNIPPET_NONE)
		return snippet;
	snippet.lines = span.end_line - span.line + 1;
	snippet.cut = snippet.lines > MAX_LINES;
	if (snippet.cut)
		snippet.lines = MAX_LINES;
	snippet.text =
		text_lines(gather->arena, gather->tokens.text, gather->tokens.size_bytes, span.line, snippet.lines);
	return snippet;
}
