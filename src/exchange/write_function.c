// SPDX-License-Identifier: GPL-2.0-or-later
/* Lines of kind "function". */
#include <string.h>

#include "atlas/attach.h"
#include "atlas/exchange.h"
#include "binding.h"
#include "write_callers.h"
#include "write_taken.h"
#include "write_values.h"

static void write_prototype(struct json_writer *json, const struct prototype *prototype)
{
	jw_key(json, "prototype");
	jw_begin_object(json);
	jw_put_text(json, "returns", prototype->returns);
	jw_key(json, "params");
	jw_begin_array(json);
	for (uint32_t i = 0; i < prototype->count; i++) {
		jw_begin_object(json);
		jw_put_text(json, "name", prototype->params[i].name);
		jw_put_text(json, "decl", prototype->params[i].decl);
		jw_end_object(json);
	}
	jw_end_array(json);
	jw_end_object(json);
}

static bool same_prototype(const struct prototype *a, const struct prototype *b)
{
	if (a == b)
		return true;
	if (!a || !b || a->count != b->count || strcmp(a->returns, b->returns) != 0)
		return false;
	for (uint32_t i = 0; i < a->count; i++)
		if (strcmp(a->params[i].name, b->params[i].name) != 0 ||
		    strcmp(a->params[i].decl, b->params[i].decl) != 0)
			return false;
	return true;
}

/* A reader takes it that a definition without a prototype of its own has the function's. */
static void write_own_prototype(struct json_writer *json, const struct prototype *of_function,
				const struct instance *instance)
{
	if (same_prototype(of_function, instance->prototype))
		return;
	if (instance->prototype) {
		write_prototype(json, instance->prototype);
	} else if (instance->file) {
		jw_key(json, "prototype");
		jw_null(json);
	}
}

static void write_declaration(struct json_writer *json, const struct instance *instance)
{
	struct str text = {0};

	if (instance->decl_line == 0) {
		jw_put_text(json, "decl", instance->decl_file);
		return;
	}
	if (instance->decl_file)
		str_add(&text, instance->decl_file);
	str_addc(&text, ':');
	str_add_u64(&text, instance->decl_line);
	jw_put_text(json, "decl", text.data);
	str_free(&text);
}

/* vmlinux: 0 is unknown.  A module: 0 is where a section begins, and unknown is null. */
static void write_entry(struct json_writer *json, const struct instance *instance)
{
	bool known = instance->flags & INSTANCE_HAS_ADDRESS;

	if (!known && instance->object && strcmp(instance->object, "vmlinux") != 0)
		jw_put_text(json, "address", NULL);
	else
		jw_put_hex(json, "address", known ? instance->address : 0);
}

/* DW_AT_inline as two words: what the compiler did, and what the source said. */
static void write_flags(struct json_writer *json, const struct instance *instance, bool is_asm)
{
	if (instance->flags & INSTANCE_NO_DIE) {
		jw_put_bool(json, "no_die", true);
		return;
	}
	jw_put_bool(json, "external", instance->flags & INSTANCE_EXTERNAL);
	jw_put_bool(json, "inlined", instance->dw_inline & 1);
	jw_put_if(json, "declared_inline", instance->dw_inline & 2);
	if (is_asm != ((instance->flags & INSTANCE_ASM) != 0))
		jw_put_bool(json, "asm", !is_asm);
	jw_put_if(json, "overridden", instance->flags & INSTANCE_OVERRIDDEN);
}

/* What the line says of the whole name, which its instances need not repeat. */
struct line {
	enum language language;
	const struct prototype *prototype;
};

/* `imported`: the function, if this instance is to have the calls from other objects. */
static void write_instance(struct json_writer *json, const struct line *line, const struct instance *instance,
			   const struct function *imported)
{
	jw_begin_object(json);
	jw_put_text(json, "file", instance->file);
	write_entry(json, instance);
	write_declaration(json, instance);
	write_module(json, instance->object);
	jw_put_known(json, "section", instance->section);
	write_flags(json, instance, line->language == LANGUAGE_ASM);
	jw_put_known(json, "copy_of", instance->copy_of);
	jw_put_known(json, "linkage", instance->linkage);
	write_own_prototype(json, line->prototype, instance);
	write_callers(json, instance, imported);
	jw_end_object(json);
}

static void write_binding(struct json_writer *json, uint8_t binding)
{
	const char *text = binding_text(binding);
	struct str number = {0};

	if (!text)
		str_add_u64(&number, binding);
	jw_put_text(json, "binding", text ? text : number.data);
	str_free(&number);
}

static void write_symbol(struct json_writer *json, const struct symbol *symbol)
{
	jw_begin_object(json);
	jw_put_text(json, "name", symbol->name);
	jw_put_hex(json, "address", symbol->address);
	jw_put_u64(json, "size", symbol->size_bytes);
	write_binding(json, symbol->binding);
	write_module(json, symbol->object);
	jw_put_known(json, "section", symbol->section);
	write_words(json, "attach", symbol->attach ? symbol->attach->evidence : 0, attach_evidence_word);
	jw_end_object(json);
}

static void write_language(struct json_writer *json, enum language language)
{
	switch (language) {
	case LANGUAGE_C:
		break;
	case LANGUAGE_ASM:
		jw_put_bool(json, "asm", true);
		break;
	case LANGUAGE_RUST:
		jw_put_text(json, "language", "rust");
		break;
	case LANGUAGE_OTHER:
		jw_put_text(json, "language", "other");
		break;
	}
}

/* The instance that calls from other objects reach: the first external one. */
static const struct instance *imported_instance(const struct function *function)
{
	const struct instance *first = NULL;

	for (uint32_t i = 0; i < function->instance_count; i++) {
		const struct instance *instance = &function->instances[i];

		if (instance->flags & INSTANCE_MENTIONED)
			continue;
		if (instance->flags & INSTANCE_EXTERNAL)
			return instance;
		if (!first)
			first = instance;
	}
	return first;
}

static bool has_import_calls(const struct function *function)
{
	for (uint32_t i = 0; i < function->import_call_count; i++)
		if (!function->import_calls[i].as)
			return true;
	return false;
}

/* A function known by its symbol only: the calls stand on what the first of the modules declares. */
static void write_import(struct json_writer *json, const struct line *line, const struct function *function)
{
	const struct instance declared = {
		.object = function->import_calls[0].object,
		.flags = (uint8_t)(INSTANCE_EXTERNAL | (line->language == LANGUAGE_ASM ? INSTANCE_ASM : 0)),
	};

	write_instance(json, line, &declared, function);
}

static void write_instances(struct json_writer *json, const struct line *line, const struct function *function)
{
	const struct instance *imported = has_import_calls(function) ? imported_instance(function) : NULL;

	for (uint32_t i = 0; i < function->instance_count; i++) {
		const struct instance *instance = &function->instances[i];

		if (!(instance->flags & INSTANCE_MENTIONED))
			write_instance(json, line, instance, instance == imported ? function : NULL);
	}
	if (has_import_calls(function) && !imported)
		write_import(json, line, function);
}

void exchange_write_functions(struct json_writer *json, const struct function *const *functions, size_t count)
{
	const struct function *first = functions[0];
	const struct line line = {(enum language)first->language, first->prototype};

	jw_begin_object(json);
	jw_put_text(json, "kind", "function");
	jw_put_text(json, "name", first->name);
	jw_put_known(json, "readable", first->readable);
	write_language(json, line.language);
	if (line.prototype)
		write_prototype(json, line.prototype);
	jw_key(json, "instances");
	jw_begin_array(json);
	for (size_t i = 0; i < count; i++)
		write_instances(json, &line, functions[i]);
	jw_end_array(json);
	jw_key(json, "symbols");
	jw_begin_array(json);
	for (size_t i = 0; i < count; i++)
		for (uint32_t s = 0; s < functions[i]->symbol_count; s++)
			write_symbol(json, &functions[i]->symbols[s]);
	jw_end_array(json);
	write_places_taken(json, functions, count);
	jw_end_object(json);
	jw_newline(json);
}
