// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/source.h"

static void line_of(struct json_writer *json, uint32_t line)
{
	jw_key(json, "line"), jw_u64(json, line);
}

static void text_of(struct json_writer *json, const char *key, const char *text)
{
	jw_key(json, key);
	if (text)
		jw_string(json, text);
	else
		jw_null(json);
}

static void flag_of(struct json_writer *json, const char *key, bool value)
{
	jw_key(json, key), jw_bool(json, value);
}

static void print_include(struct json_writer *json, const struct source_include *include)
{
	text_of(json, "name", include->name);
	line_of(json, include->line);
	flag_of(json, "system", include->system);
	flag_of(json, "computed", include->computed);
	text_of(json, "condition", include->condition);
}

static void print_function(struct json_writer *json, const struct source_function *function)
{
	text_of(json, "name", function->name);
	text_of(json, "signature", function->signature);
	text_of(json, "macro", function->macro);
	text_of(json, "macro_name", function->macro_name);
	text_of(json, "condition", function->condition);
	jw_key(json, "first_line"), jw_u64(json, function->first_line);
	line_of(json, function->line);
	jw_key(json, "end_line"), jw_u64(json, function->end_line);
	flag_of(json, "static", function->is_static);
	flag_of(json, "inline", function->is_inline);
	flag_of(json, "name_known", function->name_known);
}

static void print_type(struct json_writer *json, const struct source_type *type)
{
	static const char *const kinds[] = {"struct", "union", "enum", "typedef"};

	text_of(json, "kind", kinds[type->kind]);
	text_of(json, "name", type->name);
	text_of(json, "condition", type->condition);
	line_of(json, type->line);
	jw_key(json, "end_line"), jw_u64(json, type->end_line);
	jw_key(json, "members"), jw_u64(json, type->members);
}

static void print_syscall(struct json_writer *json, const struct source_syscall *syscall)
{
	text_of(json, "name", syscall->name);
	text_of(json, "macro", syscall->macro);
	text_of(json, "arguments", syscall->arguments);
	text_of(json, "condition", syscall->condition);
	line_of(json, syscall->line);
	jw_key(json, "end_line"), jw_u64(json, syscall->end_line);
}

static void print_initcall(struct json_writer *json, const struct source_initcall *initcall)
{
	text_of(json, "macro", initcall->macro);
	text_of(json, "argument", initcall->argument);
	text_of(json, "function", initcall->function);
	text_of(json, "level", initcall->level);
	text_of(json, "condition", initcall->condition);
	line_of(json, initcall->line);
}

static void print_module_macro(struct json_writer *json, const struct source_module_macro *macro)
{
	text_of(json, "macro", macro->macro);
	text_of(json, "arguments", macro->arguments);
	line_of(json, macro->line);
}

static void print_export(struct json_writer *json, const struct source_export *export)
{
	text_of(json, "name", export->name);
	text_of(json, "macro", export->macro);
	text_of(json, "argument", export->argument);
	flag_of(json, "gpl", export->gpl);
	text_of(json, "namespace", export->space);
	text_of(json, "modules", export->modules);
	text_of(json, "condition", export->condition);
	line_of(json, export->line);
	flag_of(json, "name_known", export->name_known);
}

static void print_operation(struct json_writer *json, const struct source_operation *operation)
{
	text_of(json, "field", operation->field);
	text_of(json, "function", operation->function);
	line_of(json, operation->line);
}

static void print_problem(struct json_writer *json, const struct source_problem *problem)
{
	text_of(json, "text", problem->text);
	line_of(json, problem->line);
	jw_key(json, "end_line"), jw_u64(json, problem->end_line);
}

static void print_use(struct json_writer *json, const struct source_use *use)
{
	text_of(json, "name", use->name);
	line_of(json, use->line);
	jw_key(json, "count"), jw_u64(json, use->count);
}

#define PRINT_LIST(json, key, list, count, print)         \
	do {                                              \
		jw_key(json, key), jw_begin_array(json);  \
		for (size_t i_ = 0; i_ < (count); i_++) { \
			jw_begin_object(json);            \
			print(json, &(list)[i_]);         \
			jw_end_object(json);              \
		}                                         \
		jw_end_array(json);                       \
	} while (0)

static void print_table(struct json_writer *json, const struct source_table *table)
{
	text_of(json, "name", table->name);
	text_of(json, "type", table->type);
	text_of(json, "condition", table->condition);
	line_of(json, table->line);
	jw_key(json, "end_line"), jw_u64(json, table->end_line);
	flag_of(json, "static", table->is_static);
	flag_of(json, "const", table->is_const);
	PRINT_LIST(json, "operations", table->operations, table->operation_count, print_operation);
}

static void print_snippet(struct json_writer *json, const struct source_snippet *snippet)
{
	jw_key(json, "snippet");
	if (snippet->kind == SNIPPET_NONE) {
		jw_null(json);
		return;
	}
	jw_begin_object(json);
	line_of(json, snippet->line);
	text_of(json, "text", snippet->text);
	flag_of(json, "cut", snippet->cut);
	jw_end_object(json);
}

void source_print_json(struct json_writer *json, const struct source_file *file)
{
	jw_begin_object(json);
	text_of(json, "path", file->path);
	text_of(json, "state", source_state_text(file->state));
	text_of(json, "link", file->link);
	jw_key(json, "size"), jw_u64(json, file->size_bytes);
	jw_key(json, "lines"), jw_u64(json, file->line_count);
	jw_key(json, "invalid_utf8"), jw_u64(json, file->invalid_utf8);
	jw_key(json, "macros"), jw_u64(json, file->macro_count);
	PRINT_LIST(json, "includes", file->includes, file->include_count, print_include);
	PRINT_LIST(json, "functions", file->functions, file->function_count, print_function);
	PRINT_LIST(json, "types", file->types, file->type_count, print_type);
	PRINT_LIST(json, "syscalls", file->syscalls, file->syscall_count, print_syscall);
	PRINT_LIST(json, "initcalls", file->initcalls, file->initcall_count, print_initcall);
	PRINT_LIST(json, "module_macros", file->module_macros, file->module_macro_count, print_module_macro);
	PRINT_LIST(json, "exports", file->exports, file->export_count, print_export);
	PRINT_LIST(json, "tables", file->tables, file->table_count, print_table);
	PRINT_LIST(json, "calls", file->calls, file->call_count, print_use);
	PRINT_LIST(json, "type_uses", file->type_uses, file->type_use_count, print_use);
	PRINT_LIST(json, "annotations", file->annotations, file->annotation_count, print_use);
	PRINT_LIST(json, "problems", file->problems, file->problem_count, print_problem);
	print_snippet(json, &file->snippet);
	jw_end_object(json);
	jw_newline(json);
}
