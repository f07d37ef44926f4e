// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/codec.h"

#include <string.h>

static uint64_t read_u64(struct codec *codec)
{
	uint64_t value = 0;

	for (unsigned shift = 0; shift < 64 && codec->at < codec->end; shift += 7) {
		unsigned char byte = *codec->at++;

		value |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return value;
	}
	codec->bad = true;
	return 0;
}

static void write_u64(struct codec *codec, uint64_t value)
{
	for (; value >= 0x80; value >>= 7)
		str_addc(codec->out, (char)(0x80 | (value & 0x7f)));
	str_addc(codec->out, (char)value);
}

void code_u64(struct codec *codec, uint64_t *value)
{
	if (codec->out)
		write_u64(codec, *value);
	else
		*value = read_u64(codec);
}

static void code_u32(struct codec *codec, uint32_t *value)
{
	if (codec->out)
		write_u64(codec, *value);
	else
		*value = (uint32_t)read_u64(codec);
}

static void code_bool(struct codec *codec, bool *value)
{
	if (codec->out)
		write_u64(codec, *value);
	else
		*value = read_u64(codec) != 0;
}

/* A number that must be below `limit`. */
static unsigned code_enum(struct codec *codec, unsigned value, unsigned limit)
{
	uint64_t coded = value;

	code_u64(codec, &coded);
	if (coded < limit)
		return (unsigned)coded;
	codec->bad = true;
	return 0;
}

/* The length and one, 0 for NULL. */
void code_text(struct codec *codec, const char **text)
{
	if (codec->out) {
		size_t length = *text ? strlen(*text) : 0;

		write_u64(codec, *text ? length + 1 : 0);
		str_addn(codec->out, *text ? *text : "", length);
		return;
	}
	uint64_t length = read_u64(codec);

	*text = NULL;
	if (length == 0)
		return;
	if (length - 1 > (uint64_t)(codec->end - codec->at)) {
		codec->bad = true;
		codec->at = codec->end;
		return;
	}
	*text = arena_strndup(codec->arena, (const char *)codec->at, length - 1);
	codec->at += length - 1;
}

/* A text that is never NULL. */
static void code_name(struct codec *codec, const char **text)
{
	if (codec->out && !*text)
		*text = "";
	code_text(codec, text);
	if (!*text) {
		codec->bad = true;
		*text = "";
	}
}

static void code_include(struct codec *codec, struct source_include *include)
{
	code_name(codec, &include->name);
	code_u32(codec, &include->line);
	code_bool(codec, &include->system);
	code_bool(codec, &include->computed);
	code_text(codec, &include->condition);
}

static void code_function(struct codec *codec, struct source_function *function)
{
	code_name(codec, &function->name);
	code_name(codec, &function->signature);
	code_text(codec, &function->macro);
	code_text(codec, &function->macro_name);
	code_text(codec, &function->condition);
	code_u32(codec, &function->first_line);
	code_u32(codec, &function->line);
	code_u32(codec, &function->end_line);
	code_bool(codec, &function->is_static);
	code_bool(codec, &function->is_inline);
	code_bool(codec, &function->name_known);
}

static void code_type(struct codec *codec, struct source_type *type)
{
	type->kind = (enum source_type_kind)code_enum(codec, type->kind, SOURCE_TYPEDEF + 1);
	code_name(codec, &type->name);
	code_text(codec, &type->condition);
	code_u32(codec, &type->line);
	code_u32(codec, &type->end_line);
	code_u32(codec, &type->members);
}

static void code_syscall(struct codec *codec, struct source_syscall *syscall)
{
	code_name(codec, &syscall->name);
	code_name(codec, &syscall->macro);
	code_name(codec, &syscall->arguments);
	code_text(codec, &syscall->condition);
	code_u32(codec, &syscall->line);
	code_u32(codec, &syscall->end_line);
}

static void code_initcall(struct codec *codec, struct source_initcall *initcall)
{
	code_name(codec, &initcall->macro);
	code_name(codec, &initcall->argument);
	code_text(codec, &initcall->function);
	code_text(codec, &initcall->level);
	code_text(codec, &initcall->condition);
	code_u32(codec, &initcall->line);
}

static void code_module_macro(struct codec *codec, struct source_module_macro *macro)
{
	code_name(codec, &macro->macro);
	code_name(codec, &macro->arguments);
	code_u32(codec, &macro->line);
}

static void code_export(struct codec *codec, struct source_export *export)
{
	code_name(codec, &export->name);
	code_name(codec, &export->macro);
	code_name(codec, &export->argument);
	code_text(codec, &export->space);
	code_text(codec, &export->modules);
	code_text(codec, &export->condition);
	code_u32(codec, &export->line);
	code_bool(codec, &export->gpl);
	code_bool(codec, &export->name_known);
}

static void code_operation(struct codec *codec, struct source_operation *operation)
{
	code_name(codec, &operation->field);
	code_name(codec, &operation->function);
	code_u32(codec, &operation->line);
}

static void code_problem(struct codec *codec, struct source_problem *problem)
{
	problem->kind = (enum source_problem_kind)code_enum(codec, problem->kind, PROBLEM_READ + 1);
	code_name(codec, &problem->text);
	code_u32(codec, &problem->line);
	code_u32(codec, &problem->end_line);
}

static void code_use(struct codec *codec, struct source_use *use)
{
	code_name(codec, &use->name);
	code_u32(codec, &use->line);
	code_u32(codec, &use->count);
}

/* How many items follow; each takes a byte at least, so no count can ask for more memory than its bytes are worth. */
static size_t code_count(struct codec *codec, size_t count)
{
	uint64_t coded = count;

	code_u64(codec, &coded);
	if (codec->out || coded <= (uint64_t)(codec->end - codec->at))
		return (size_t)coded;
	codec->bad = true;
	return 0;
}

/* Items are only written to when they are read: then they are the codec's own. */
#define CODE_LIST(codec, list, count, code_item)                                                    \
	do {                                                                                        \
		size_t items_ = code_count(codec, count);                                           \
		__typeof__(*(list)) *own_ = (void *)(uintptr_t)(list);                              \
		if (!(codec)->out)                                                                  \
			(list) = own_ = arena_zalloc((codec)->arena, (items_ + 1) * sizeof(*own_)); \
		(count) = items_;                                                                   \
		for (size_t i_ = 0; i_ < items_; i_++)                                              \
			code_item(codec, (void *)(uintptr_t)&own_[i_]);                             \
	} while (0)

static void code_table(struct codec *codec, struct source_table *table)
{
	code_name(codec, &table->name);
	code_name(codec, &table->type);
	code_text(codec, &table->condition);
	code_u32(codec, &table->line);
	code_u32(codec, &table->end_line);
	code_bool(codec, &table->is_static);
	code_bool(codec, &table->is_const);
	CODE_LIST(codec, table->operations, table->operation_count, code_operation);
}

static void code_snippet(struct codec *codec, struct source_snippet *snippet)
{
	snippet->kind = (enum source_snippet_kind)code_enum(codec, snippet->kind, SNIPPET_TYPE + 1);
	code_text(codec, &snippet->text);
	code_u32(codec, &snippet->line);
	code_u32(codec, &snippet->lines);
	code_bool(codec, &snippet->cut);
}

void code_file(struct codec *codec, struct source_file *file)
{
	code_text(codec, &file->link);
	file->state = (enum source_state)code_enum(codec, file->state, SOURCE_LINK + 1);
	code_u64(codec, &file->size_bytes);
	code_u32(codec, &file->line_count);
	code_u32(codec, &file->invalid_utf8);
	code_u32(codec, &file->macro_count);
	code_bool(codec, &file->is_c);
	CODE_LIST(codec, file->includes, file->include_count, code_include);
	CODE_LIST(codec, file->functions, file->function_count, code_function);
	CODE_LIST(codec, file->types, file->type_count, code_type);
	CODE_LIST(codec, file->syscalls, file->syscall_count, code_syscall);
	CODE_LIST(codec, file->initcalls, file->initcall_count, code_initcall);
	CODE_LIST(codec, file->module_macros, file->module_macro_count, code_module_macro);
	CODE_LIST(codec, file->exports, file->export_count, code_export);
	CODE_LIST(codec, file->tables, file->table_count, code_table);
	CODE_LIST(codec, file->problems, file->problem_count, code_problem);
	CODE_LIST(codec, file->calls, file->call_count, code_use);
	CODE_LIST(codec, file->type_uses, file->type_use_count, code_use);
	CODE_LIST(codec, file->annotations, file->annotation_count, code_use);
	code_snippet(codec, &file->snippet);
}
