// SPDX-License-Identifier: GPL-2.0-or-later
/* Facts as lines. */
#include <stdlib.h>
#include <string.h>

#include "atlas/attach.h"
#include "atlas/exchange.h"
#include "binding.h"
#include "write.h"

#define VMLINUX "vmlinux"

static void write_text(struct json_writer *json, const char *key, const char *text)
{
	jw_key(json, key);
	jw_string(json, text);
}

static void write_known_text(struct json_writer *json, const char *key, const char *text)
{
	if (text)
		write_text(json, key, text);
}

static void write_bool(struct json_writer *json, const char *key, bool value)
{
	jw_key(json, key);
	jw_bool(json, value);
}

static void write_if(struct json_writer *json, const char *key, bool value)
{
	if (value)
		write_bool(json, key, true);
}

static void write_address(struct json_writer *json, uint64_t address)
{
	jw_key(json, "address");
	jw_hex(json, address);
}

void write_module(struct json_writer *json, const char *object)
{
	if (object && strcmp(object, VMLINUX) != 0)
		write_text(json, "module", object);
}

static void write_searched(struct json_writer *json, const char *key, const struct searched_object *objects,
			   size_t count, bool code)
{
	if (count == 0)
		return;
	jw_key(json, key);
	jw_begin_array(json);
	for (size_t i = 0; i < count; i++)
		if (objects[i].code || !code)
			jw_string(json, objects[i].name);
	jw_end_array(json);
}

void exchange_write_image(struct json_writer *json, const struct image_name *image)
{
	exchange_write_header(json, image, NULL, 0);
}

void exchange_write_header(struct json_writer *json, const struct image_name *image,
			   const struct searched_object *searched, size_t searched_count)
{
	jw_begin_object(json);
	write_text(json, "kind", "image");
	write_text(json, "format", "atlas-facts");
	jw_key(json, "format_version");
	jw_u64(json, 1);
	write_text(json, "version", image->version);
	write_known_text(json, "revision", image->revision);
	write_text(json, "flavor", image->flavor);
	write_text(json, "arch", image->arch);
	write_known_text(json, "build_id", image->build_id);
	write_known_text(json, "label", image->label);
	write_known_text(json, "release", image->release);
	write_known_text(json, "banner", image->banner);
	write_known_text(json, "producer", image->producer);
	write_text(json, "evidence", evidence_text(image->evidence));
	write_searched(json, "taken_data", searched, searched_count, false);
	write_searched(json, "taken_code", searched, searched_count, true);
	if (image->scope) {
		jw_key(json, "scope");
		jw_raw(json, image->scope);
	}
	jw_end_object(json);
	jw_newline(json);
}

static void write_prototype(struct json_writer *json, const struct prototype *prototype)
{
	jw_key(json, "prototype");
	jw_begin_object(json);
	write_text(json, "returns", prototype->returns);
	jw_key(json, "params");
	jw_begin_array(json);
	for (uint32_t i = 0; i < prototype->count; i++) {
		jw_begin_object(json);
		write_text(json, "name", prototype->params[i].name);
		write_text(json, "decl", prototype->params[i].decl);
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

/* A plain string says all there is to say, and a reader splits it as it was meant. */
static bool is_plain(const struct site *site)
{
	return site->path && !strchr(site->name, ':') && site->through_count == 0 && !site->address && !site->line &&
	       site->flags == 0 && (site->kind == EDGE_DIRECT || site->kind == EDGE_INLINED) &&
	       (!site->object || strcmp(site->object, VMLINUX) == 0);
}

static void write_caller(struct json_writer *json, const struct site *site)
{
	const char *path = site->path ? site->path : "";
	size_t path_length = strlen(path), name_length = strlen(site->name);
	size_t length = path_length + 1 + name_length;
	char small[512], *text = length <= sizeof(small) ? small : xmalloc(length);

	memcpy(text, path, path_length);
	text[path_length] = ':';
	memcpy(text + path_length + 1, site->name, name_length);
	jw_string_n(json, text, length);
	if (text != small)
		free(text);
}

void write_caller_keys(struct json_writer *json, const struct site *site)
{
	jw_key(json, "caller");
	write_caller(json, site);
	if (!site->path || strchr(site->name, ':')) {
		write_text(json, "path", site->path);
		write_text(json, "name", site->name);
	}
}

static void write_through(struct json_writer *json, const struct site *site)
{
	if (site->through_count == 0)
		return;
	jw_key(json, "through");
	jw_begin_array(json);
	for (uint32_t i = 0; i < site->through_count; i++)
		jw_string(json, site->through[i]);
	jw_end_array(json);
}

static void write_site_object(struct json_writer *json, const struct site *site, const char *symbol)
{
	jw_begin_object(json);
	write_caller_keys(json, site);
	write_if(json, "tail", site->kind == EDGE_TAIL);
	if (site->flags & EDGE_COPY)
		write_text(json, "via", "copy");
	else if (site->kind == EDGE_CODE)
		write_text(json, "via", "code");
	write_if(json, "code", site->kind == EDGE_CODE && site->flags & EDGE_COPY);
	write_if(json, "self", site->flags & EDGE_SELF);
	if (site->line) {
		jw_key(json, "line");
		jw_u64(json, site->line);
	}
	write_module(json, site->object);
	write_known_text(json, "section", site->section);
	write_through(json, site);
	write_known_text(json, "symbol", symbol);
	if (site->address || site->section)
		write_address(json, site->address);
	jw_end_object(json);
}

/* `symbol`: the linkage name of the callee, where it has another. */
static void write_sites(struct json_writer *json, const struct site *sites, uint32_t count, const char *symbol)
{
	for (uint32_t i = 0; i < count; i++) {
		/* Under another name it stands there. */
		if (sites[i].as)
			continue;
		if (!symbol && is_plain(&sites[i]))
			write_caller(json, &sites[i]);
		else
			write_site_object(json, &sites[i], symbol);
	}
}

/* Calls from other objects follow the object's own. */
static void write_callers(struct json_writer *json, const struct instance *instance, const struct function *imported)
{
	jw_key(json, "inline_callers");
	jw_begin_array(json);
	write_sites(json, instance->inlined, instance->inlined_count, instance->linkage);
	jw_end_array(json);
	jw_key(json, "direct_callers");
	jw_begin_array(json);
	write_sites(json, instance->calls, instance->call_count, instance->linkage);
	if (imported)
		write_sites(json, imported->import_calls, imported->import_call_count, instance->linkage);
	jw_end_array(json);
}

static void write_declaration(struct json_writer *json, const struct instance *instance)
{
	struct str text = {0};

	if (instance->decl_line == 0) {
		write_text(json, "decl", instance->decl_file);
		return;
	}
	if (instance->decl_file)
		str_add(&text, instance->decl_file);
	str_addc(&text, ':');
	str_add_u64(&text, instance->decl_line);
	write_text(json, "decl", text.data);
	str_free(&text);
}

/* vmlinux: 0 is unknown.  A module: 0 is where a section begins, and unknown is null. */
static void write_entry(struct json_writer *json, const struct instance *instance)
{
	bool known = instance->flags & INSTANCE_HAS_ADDRESS;

	if (!known && instance->object && strcmp(instance->object, VMLINUX) != 0)
		write_text(json, "address", NULL);
	else
		write_address(json, known ? instance->address : 0);
}

/* DW_AT_inline as two words: what the compiler did, and what the source said. */
static void write_flags(struct json_writer *json, const struct instance *instance, bool is_asm)
{
	if (instance->flags & INSTANCE_NO_DIE) {
		write_bool(json, "no_die", true);
		return;
	}
	write_bool(json, "external", instance->flags & INSTANCE_EXTERNAL);
	write_bool(json, "inlined", instance->dw_inline & 1);
	write_if(json, "declared_inline", instance->dw_inline & 2);
	if (is_asm != ((instance->flags & INSTANCE_ASM) != 0))
		write_bool(json, "asm", !is_asm);
	write_if(json, "overridden", instance->flags & INSTANCE_OVERRIDDEN);
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
	write_text(json, "file", instance->file);
	write_entry(json, instance);
	write_declaration(json, instance);
	write_module(json, instance->object);
	write_known_text(json, "section", instance->section);
	write_flags(json, instance, line->language == LANGUAGE_ASM);
	write_known_text(json, "copy_of", instance->copy_of);
	write_known_text(json, "linkage", instance->linkage);
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
	write_text(json, "binding", text ? text : number.data);
	str_free(&number);
}

static void write_symbol(struct json_writer *json, const struct symbol *symbol)
{
	jw_begin_object(json);
	write_text(json, "name", symbol->name);
	write_address(json, symbol->address);
	jw_key(json, "size");
	jw_u64(json, symbol->size_bytes);
	write_binding(json, symbol->binding);
	write_module(json, symbol->object);
	write_known_text(json, "section", symbol->section);
	write_words(json, "attach", symbol->attach ? symbol->attach->evidence : 0, attach_evidence_word);
	jw_end_object(json);
}

static void write_language(struct json_writer *json, enum language language)
{
	switch (language) {
	case LANGUAGE_C:
		break;
	case LANGUAGE_ASM:
		write_bool(json, "asm", true);
		break;
	case LANGUAGE_RUST:
		write_text(json, "language", "rust");
		break;
	case LANGUAGE_OTHER:
		write_text(json, "language", "other");
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
	write_text(json, "kind", "function");
	write_text(json, "name", first->name);
	write_known_text(json, "readable", first->readable);
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

void exchange_write_function(struct json_writer *json, const struct function *function)
{
	exchange_write_functions(json, &function, 1);
}
