// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/presence.h"

#include <fnmatch.h>
#include <string.h>

#include "atlas/str.h"

#define ENUM_TEXT(id, text) [id] = (text),

const char *presence_text(enum presence presence)
{
	static const char *const texts[] = {PRESENCES(ENUM_TEXT)};

	return texts[presence];
}

static bool is_vmlinux(const char *object)
{
	return !object || strcmp(object, "vmlinux") == 0;
}

bool function_in_vmlinux(const struct function *function)
{
	for (uint32_t i = 0; i < function->instance_count; i++)
		if (!(function->instances[i].flags & INSTANCE_MENTIONED) && is_vmlinux(function->instances[i].object))
			return true;
	for (uint32_t i = 0; i < function->symbol_count; i++)
		if (is_vmlinux(function->symbols[i].object))
			return true;
	return false;
}

bool instance_counts(const struct function *function, const struct instance *instance)
{
	if (instance->flags & (INSTANCE_MENTIONED | INSTANCE_NO_DIE))
		return false;
	return is_vmlinux(instance->object) || !function_in_vmlinux(function);
}

bool symbol_counts(const struct function *function, const struct symbol *symbol)
{
	return is_vmlinux(symbol->object) || !function_in_vmlinux(function);
}

bool function_was_read(const struct function *function)
{
	if (!function || function->flags & FUNCTION_MENTIONED)
		return false;
	if (function->import_call_count)
		return true;
	for (uint32_t i = 0; i < function->instance_count; i++)
		if (!(function->instances[i].flags & INSTANCE_MENTIONED))
			return true;
	return function->symbol_count > 0;
}

bool function_is_assembler(const struct function *function)
{
	/* Several may have the name (memcpy of the EFI stub): the prototype is that of one of them. */
	for (uint32_t i = 0; function->prototype && i < function->instance_count; i++)
		if (function->instances[i].prototype == function->prototype &&
		    function->instances[i].flags & INSTANCE_DEFINED)
			return function->instances[i].flags & INSTANCE_ASM;
	for (uint32_t i = 0; i < function->instance_count; i++)
		if (function->instances[i].flags & INSTANCE_DEFINED)
			return function->instances[i].flags & INSTANCE_ASM;
	return function->language == LANGUAGE_ASM;
}

enum inlining function_inlining(const struct function *function)
{
	return class_inlining(&function->class, function->image ? function->image->evidence : EVIDENCE_IMPORTED);
}

const struct symbol *function_plain_symbol(const struct function *function)
{
	for (uint32_t i = 0; i < function->symbol_count; i++)
		if (symbol_counts(function, &function->symbols[i]) &&
		    strcmp(function->symbols[i].name, function->name) == 0)
			return &function->symbols[i];
	return NULL;
}

static bool is_declared_only(const struct function *function)
{
	for (uint32_t i = 0; i < function->instance_count; i++)
		if (function->instances[i].file || function->instances[i].flags & INSTANCE_DEFINED ||
		    function->instances[i].inlined_count)
			return false;
	return function->symbol_count == 0;
}

/*
 * The next string of a JSON array into `text`; NULL at its end.  A glob needs no
 * escapes but those of quote and backslash; a string with others matches nothing.
 */
static const char *next_string(const char *json, struct str *text)
{
	json = strchr(json, '"');
	if (!json)
		return NULL;
	str_clear(text);
	str_add(text, "");
	for (json++; *json && *json != '"'; json++) {
		if (*json == '\\' && json[1])
			json++;
		str_addc(text, *json);
	}
	return *json ? json + 1 : NULL;
}

static bool in_scope(const char *scope, const char *name)
{
	AUTO_STR struct str glob = {0};

	while ((scope = next_string(scope, &glob)))
		if (fnmatch(glob.data, name, 0) == 0)
			return true;
	return false;
}

enum presence presence_of(const struct image *image, const struct function *function, const char *name)
{
	if (function_was_read(function))
		return is_declared_only(function) ? PRESENT_DECLARED : PRESENT;
	if (image->scope && !in_scope(image->scope, name))
		return NOT_READ;
	if (image->evidence == EVIDENCE_IMPORTED)
		return NOT_IMPORTED;
	if (image->evidence == EVIDENCE_SYMBOLS)
		return NOT_AMONG_SYMBOLS;
	return image->modules_read ? ABSENT : NOT_IN_VMLINUX;
}
