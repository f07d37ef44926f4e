// SPDX-License-Identifier: GPL-2.0-or-later
/* One line of kind "function". */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/attach.h"
#include "binding.h"
#include "reader.h"
#include "value.h"

static str_id text_id(struct reader *reader, const char *text)
{
	return intern(&reader->facts->strings, text);
}

static struct error *read_param(struct reader *reader, const json_t *item)
{
	const char *name, *decl;

	if (!json_is_object(item))
		return error_new(ERROR_INPUT, "\"params\" must hold objects, not %s", value_type_text(item));
	TRY(value_name(item, "name", &name));
	TRY(value_name(item, "decl", &decl));
	*vec_push(&reader->facts->params) = (struct fact_param){text_id(reader, name), text_id(reader, decl)};
	return NULL;
}

/* Leaves `ret` alone if `owner` has no prototype. */
static struct error *read_prototype(struct reader *reader, const json_t *owner, uint32_t *ret)
{
	struct facts *facts = reader->facts;
	const json_t *prototype = NULL, *params = NULL;
	const char *returns;

	TRY(value_object(owner, "prototype", &prototype));
	if (!prototype)
		return NULL;
	TRY(value_name(prototype, "returns", &returns));
	TRY(value_list(prototype, "params", &params));
	size_t first = facts->params.count;

	for (size_t i = 0; i < json_array_size(params); i++)
		TRY(read_param(reader, json_array_get(params, i)));
	*ret = (uint32_t)facts->prototypes.count;
	*vec_push(&facts->prototypes) = (struct fact_prototype){
		.returns = text_id(reader, returns),
		.first_param = (uint32_t)first,
		.params = (uint32_t)(facts->params.count - first),
	};
	return NULL;
}

static struct error *read_object(struct reader *reader, const json_t *owner, uint32_t *ret)
{
	const char *module = NULL;

	TRY(value_text(owner, "module", &module));
	*ret = reader_object(reader, module);
	return NULL;
}

/* "PATH:LINE" or "PATH".  What is no plain line number stays part of the path, so that it comes back as it was. */
static void set_declaration(struct reader *reader, struct fact_instance *instance, const char *decl)
{
	const char *colon = strrchr(decl, ':');
	size_t digits = colon ? strspn(colon + 1, "0123456789") : 0;
	size_t length = strlen(decl);

	if (digits && colon[1] != '0' && colon[1 + digits] == '\0' && digits < 10) {
		instance->decl_line = (uint32_t)strtoul(colon + 1, NULL, 10);
		length = (size_t)(colon - decl);
	}
	instance->decl_file = intern_n(&reader->facts->strings, decl, length);
}

static struct error *read_places(struct reader *reader, const json_t *item, struct fact_instance *instance)
{
	const char *file = NULL, *decl = NULL, *copy_of = NULL, *linkage = NULL;

	TRY(value_text(item, "file", &file));
	TRY(value_text(item, "decl", &decl));
	TRY(value_text(item, "copy_of", &copy_of));
	TRY(value_text(item, "linkage", &linkage));
	TRY(read_object(reader, item, &instance->object));
	instance->file = text_id(reader, file);
	instance->copy_of = text_id(reader, copy_of);
	instance->linkage = text_id(reader, linkage);
	if (decl)
		set_declaration(reader, instance, decl);
	if (file)
		instance->flags |= INSTANCE_DEFINED;
	return NULL;
}

static struct error *read_flag(const json_t *item, const char *key, enum instance_flag flag, uint8_t *flags)
{
	bool on = *flags & flag;

	TRY(value_bool(item, key, &on));
	*flags = (uint8_t)(on ? *flags | flag : *flags & ~flag);
	return NULL;
}

static struct error *read_flags(const json_t *item, struct fact_instance *instance)
{
	bool inlined = false, declared = false;

	TRY(read_flag(item, "external", INSTANCE_EXTERNAL, &instance->flags));
	TRY(read_flag(item, "no_die", INSTANCE_NO_DIE, &instance->flags));
	TRY(read_flag(item, "overridden", INSTANCE_OVERRIDDEN, &instance->flags));
	TRY(read_flag(item, "asm", INSTANCE_ASM, &instance->flags));
	TRY(value_bool(item, "inlined", &inlined));
	TRY(value_bool(item, "declared_inline", &declared));
	instance->dw_inline = (uint8_t)(inlined | declared << 1);
	return NULL;
}

/* In vmlinux nothing stands at 0, so there it says that the address is unknown; in a module it is an offset. */
static struct error *read_address(struct reader *reader, const json_t *item, struct fact_instance *instance)
{
	const char *text = NULL;

	TRY(value_address(item, "address", &instance->address));
	TRY(value_text(item, "address", &text));
	if (instance->address || (text && instance->object != reader_object(reader, VMLINUX)))
		instance->flags |= INSTANCE_HAS_ADDRESS;
	return reader_address(reader, item, instance->object, &instance->address);
}

/* An instance without a prototype of its own has the function's; null says that it is unknown. */
static struct error *read_own_prototype(struct reader *reader, const json_t *item, uint32_t of_function,
					struct fact_instance *instance)
{
	if (!json_object_get(item, "prototype") && instance->flags & INSTANCE_DEFINED)
		instance->prototype = of_function;
	return read_prototype(reader, item, &instance->prototype);
}

static struct error *read_instance(struct reader *reader, const json_t *item, const struct fact_function *function)
{
	struct facts *facts = reader->facts;
	struct fact_instance instance = {
		.function = (uint32_t)(facts->functions.count - 1),
		.prototype = NO_INDEX,
		.symbol = NO_INDEX,
		.first_edge = (uint32_t)facts->edges.count,
		.flags = function->language == LANGUAGE_ASM ? INSTANCE_ASM : 0,
	};

	if (!json_is_object(item))
		return error_new(ERROR_INPUT, "it must be an object, not %s", value_type_text(item));
	TRY(read_places(reader, item, &instance));
	TRY(read_flags(item, &instance));
	TRY(read_address(reader, item, &instance));
	TRY(read_own_prototype(reader, item, function->prototype, &instance));
	vec_add(&facts->instances, instance);
	return read_callers(reader, item);
}

static struct error *read_instances(struct reader *reader, const json_t *line, struct fact_function *function)
{
	const json_t *list = NULL;

	TRY(value_list(line, "instances", &list));
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		struct error *err = read_instance(reader, item, function);

		if (err)
			return error_prefix(err, "instance %zu", i + 1);
	}
	function->instances = (uint32_t)json_array_size(list);
	return NULL;
}

static struct error *read_symbol(struct reader *reader, const json_t *item)
{
	struct facts *facts = reader->facts;
	struct fact_symbol symbol = {.function = (uint32_t)(facts->functions.count - 1), .type = STT_FUNC};
	const char *name, *binding, *address;

	if (!json_is_object(item))
		return error_new(ERROR_INPUT, "it must be an object, not %s", value_type_text(item));
	TRY(value_name(item, "name", &name));
	TRY(value_name(item, "address", &address));
	TRY(value_address(item, "address", &symbol.address));
	TRY(value_number(item, "size", INT64_MAX, &symbol.size));
	TRY(value_name(item, "binding", &binding));
	if (!binding_of_text(binding, &symbol.binding))
		return error_new(ERROR_INPUT, "\"binding\" must be LOCAL, GLOBAL, WEAK or a number, not \"%.40s\"",
				 binding);
	TRY(read_object(reader, item, &symbol.object));
	TRY(reader_address(reader, item, symbol.object, &symbol.address));
	TRY(read_words(item, "attach", attach_evidence_word, &symbol.attach));
	symbol.name = text_id(reader, name);
	vec_add(&facts->symbols, symbol);
	return NULL;
}

static struct error *read_symbols(struct reader *reader, const json_t *line, struct fact_function *function)
{
	const json_t *list = NULL;

	TRY(value_list(line, "symbols", &list));
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		struct error *err = read_symbol(reader, item);

		if (err)
			return error_prefix(err, "symbol %zu", i + 1);
	}
	function->symbols = (uint32_t)json_array_size(list);
	return NULL;
}

/* The symbol at the instance's address, the one that bears the function's name if there are several. */
static uint32_t find_symbol(const struct facts *facts, const struct fact_function *function,
			    const struct fact_instance *instance)
{
	uint32_t found = NO_INDEX;

	for (uint32_t i = 0; i < function->symbols; i++) {
		uint32_t row = function->first_symbol + i;
		const struct fact_symbol *symbol = &facts->symbols.items[row];

		if (symbol->address != instance->address || symbol->object != instance->object)
			continue;
		if (symbol->name == function->name)
			return row;
		if (found == NO_INDEX)
			found = row;
	}
	return found;
}

static void tie_symbols(struct facts *facts, const struct fact_function *function)
{
	for (uint32_t i = 0; i < function->instances; i++) {
		struct fact_instance *instance = &facts->instances.items[function->first_instance + i];

		if (instance->flags & INSTANCE_HAS_ADDRESS)
			instance->symbol = find_symbol(facts, function, instance);
	}
}

static struct error *read_language(const json_t *line, uint8_t *ret)
{
	static const struct {
		const char *text;
		enum language language;
	} names[] = {{"c", LANGUAGE_C}, {"asm", LANGUAGE_ASM}, {"rust", LANGUAGE_RUST}};
	const char *text = NULL;
	bool assembler = false;

	TRY(value_bool(line, "asm", &assembler));
	TRY(value_text(line, "language", &text));
	*ret = assembler ? LANGUAGE_ASM : text ? LANGUAGE_OTHER : LANGUAGE_C;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(text, names[i].text))
			*ret = (uint8_t)names[i].language;
	return NULL;
}

static struct error *read_members(struct reader *reader, const json_t *line, struct fact_function *function)
{
	const char *readable = NULL;

	TRY(value_text(line, "readable", &readable));
	function->readable = text_id(reader, readable);
	TRY(read_language(line, &function->language));
	TRY(read_prototype(reader, line, &function->prototype));
	TRY(read_instances(reader, line, function));
	TRY(read_symbols(reader, line, function));
	tie_symbols(reader->facts, function);
	return read_taken(reader, line);
}

struct error *read_function(struct reader *reader, const json_t *line)
{
	const char *name;

	TRY(value_name(line, "name", &name));
	str_id id = text_id(reader, name);

	if (reader_function(reader, id) != NO_INDEX)
		return error_new(ERROR_INPUT, "function '%.200s' stands in the stream twice", name);
	return error_prefix(read_members(reader, line, reader_add_function(reader, id)), "function '%.200s'", name);
}
