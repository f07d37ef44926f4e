// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/source.h"

static void line_of(struct json_writer *json, uint32_t line)
{
	jw_put_u64(json, "line", line);
}

static void print_include(struct json_writer *json, const struct source_include *include)
{
	jw_put_text(json, "name", include->name);
	line_of(json, include->line);
	jw_put_bool(json, "system", include->system);
	jw_put_bool(json, "computed", include->computed);
	jw_put_text(json, "condition", include->condition);
}

static void print_function(struct json_writer *json, const struct source_function *function)
{
	jw_put_text(json, "name", function->name);
	jw_put_text(json, "signature", function->signature);
	jw_put_text(json, "macro", function->macro);
	jw_put_text(json, "macro_name", function->macro_name);
	jw_put_text(json, "condition", function->condition);
	jw_put_u64(json, "first_line", function->first_line);
	line_of(json, function->line);
	jw_put_u64(json, "end_line", function->end_line);
	jw_put_bool(json, "static", function->is_static);
	jw_put_bool(json, "inline", function->is_inline);
	jw_put_bool(json, "name_known", function->name_known);
}

static void print_type(struct json_writer *json, const struct source_type *type)
{
	static const char *const kinds[] = {"struct", "union", "enum", "typedef"};

	jw_put_text(json, "kind", kinds[type->kind]);
	jw_put_text(json, "name", type->name);
	jw_put_text(json, "condition", type->condition);
	line_of(json, type->line);
	jw_put_u64(json, "end_line", type->end_line);
	jw_put_u64(json, "members", type->members);
}

static void print_syscall(struct json_writer *json, const struct source_syscall *syscall)
{
	jw_put_text(json, "name", syscall->name);
	jw_put_text(json, "macro", syscall->macro);
	jw_put_text(json, "arguments", syscall->arguments);
	jw_put_text(json, "condition", syscall->condition);
	line_of(json, syscall->line);
	jw_put_u64(json, "end_line", syscall->end_line);
}

static void print_initcall(struct json_writer *json, const struct source_initcall *initcall)
{
	jw_put_text(json, "macro", initcall->macro);
	jw_put_text(json, "argument", initcall->argument);
	jw_put_text(json, "function", initcall->function);
	jw_put_text(json, "level", initcall->level);
	jw_put_text(json, "condition", initcall->condition);
	line_of(json, initcall->line);
}

static void print_module_macro(struct json_writer *json, const struct source_module_macro *macro)
{
	jw_put_text(json, "macro", macro->macro);
	jw_put_text(json, "arguments", macro->arguments);
	line_of(json, macro->line);
}

static void print_export(struct json_writer *json, const struct source_export *export)
{
	jw_put_text(json, "name", export->name);
	jw_put_text(json, "macro", export->macro);
	jw_put_text(json, "argument", export->argument);
	jw_put_bool(json, "gpl", export->gpl);
	jw_put_text(json, "namespace", export->space);
	jw_put_text(json, "modules", export->modules);
	jw_put_text(json, "condition", export->condition);
	line_of(json, export->line);
	jw_put_bool(json, "name_known", export->name_known);
}

static void print_operation(struct json_writer *json, const struct source_operation *operation)
{
	jw_put_text(json, "field", operation->field);
	jw_put_text(json, "function", operation->function);
	line_of(json, operation->line);
}

static void print_problem(struct json_writer *json, const struct source_problem *problem)
{
	jw_put_text(json, "text", problem->text);
	line_of(json, problem->line);
	jw_put_u64(json, "end_line", problem->end_line);
}

static void print_use(struct json_writer *json, const struct source_use *use)
{
	jw_put_text(json, "name", use->name);
	line_of(json, use->line);
	jw_put_u64(json, "count", use->count);
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
	jw_put_text(json, "name", table->name);
	jw_put_text(json, "type", table->type);
	jw_put_text(json, "condition", table->condition);
	line_of(json, table->line);
	jw_put_u64(json, "end_line", table->end_line);
	jw_put_bool(json, "static", table->is_static);
	jw_put_bool(json, "const", table->is_const);
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
	jw_put_text(json, "text", snippet->text);
	jw_put_bool(json, "cut", snippet->cut);
	jw_end_object(json);
}

void source_print_json(struct json_writer *json, const struct source_file *file)
{
	jw_begin_object(json);
	jw_put_text(json, "path", file->path);
	jw_put_text(json, "state", source_state_text(file->state));
	jw_put_text(json, "link", file->link);
	jw_put_u64(json, "size", file->size_bytes);
	jw_put_u64(json, "lines", file->line_count);
	jw_put_u64(json, "invalid_utf8", file->invalid_utf8);
	jw_put_u64(json, "macros", file->macro_count);
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
