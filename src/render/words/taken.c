// SPDX-License-Identifier: GPL-2.0-or-later
#include "taken.h"

#include <string.h>

#include "atlas/image.h"
#include "atlas/str.h"
#include "objects.h"
#include "text.h"

static void add_offset(struct str *text, const struct taken *taken)
{
	str_add(text, "+0x");
	str_add_hex(text, taken->offset);
}

static void add_data(struct str *text, const struct taken *taken)
{
	if (taken->path)
		str_addf(text, "%s: ", taken->path);
	str_add(text, taken->data ? taken->data : "?");
	if (!taken->field)
		add_offset(text, taken);
	else if (*taken->field == '[')
		str_add(text, taken->field);
	else
		str_addf(text, " (%s)", taken->field);
}

/* A part of a function (.cold) is told by its own name, which the offset counts from. */
static void add_code(struct arena *arena, struct str *text, const struct taken *taken)
{
	if (taken->path)
		str_addf(text, "%s:", taken->path);
	if (taken->data)
		str_add(text, taken->data);
	else
		str_add(text, taken->holder ? text_function(arena, taken->holder) : "?");
	add_offset(text, taken);
}

static bool has_namesake(const struct function *function, const struct symbol *symbol)
{
	uint32_t same = 0;

	for (uint32_t i = 0; i < function->symbol_count; i++)
		same += str_eq(function->symbols[i].name, symbol->name);
	return same > 1;
}

/* Which of the function's symbols it is, where that is not plain. */
static void add_symbol(struct arena *arena, struct str *text, const struct function *function,
		       const struct symbol *symbol)
{
	bool namesake = symbol && has_namesake(function, symbol);

	if (!symbol || (!namesake && str_eq(symbol->name, function->name)))
		return;
	str_addf(text, ": %s", symbol->name);
	if (namesake)
		str_addf(text, " at %s", object_address(arena, symbol->section, symbol->address));
}

static const char *line_text(struct arena *arena, const struct function *function, const struct taken *taken)
{
	AUTO_STR struct str text = {0};

	if (taken->kind == TAKEN_CODE)
		add_code(arena, &text, taken);
	else
		add_data(&text, taken);
	if (taken->object && !str_eq(taken->object, "vmlinux"))
		str_addf(&text, " [%s]", taken->object);
	add_symbol(arena, &text, function, taken->symbol);
	return text_visible(arena, arena_strndup(arena, text.data, text.length));
}

static bool is_known_outside(const struct function *function)
{
	for (uint32_t i = 0; i < function->instance_count; i++)
		if (function->instances[i].flags & (INSTANCE_EXTERNAL | INSTANCE_NO_DIE))
			return true;
	return function->instance_count == 0;
}

/* What was not looked into, so that a short list is not taken for the whole. */
static void add_unread(struct str *text, const struct function *function)
{
	if (function->taken_search == TAKEN_SEARCHED_DATA)
		str_add(text, "; code not read");
	if (!function->image->modules_read && !object_is_module(function) && is_known_outside(function))
		str_add(text, "; modules not read");
}

static const char *summary_text(struct arena *arena, const struct function *function)
{
	AUTO_STR struct str text = {0};
	uint32_t data = 0;

	for (uint32_t i = 0; i < function->taken_count; i++)
		data += function->taken[i].kind == TAKEN_DATA;
	uint32_t code = function->taken_count - data;

	if (function->taken_search == TAKEN_UNSEARCHED && function->taken_count == 0)
		return "not read";
	if (data)
		str_addf(&text, "%u place%s in data", data, data == 1 ? "" : "s");
	if (code)
		str_addf(&text, data ? ", %u in code" : "%u place%s in code", code, code == 1 ? "" : "s");
	if (!data && !code)
		str_add(&text, function->taken_search == TAKEN_SEARCHED_ALL ? "none found" : "none found in data");
	if (function->taken_search == TAKEN_UNSEARCHED)
		str_add(&text, "; there may be more");
	add_unread(&text, function);
	return arena_strndup(arena, text.data, text.length);
}

struct taken_lines taken_lines_new(struct arena *arena, const struct function *function)
{
	struct taken_lines result = {
		.lines = arena_alloc(arena, (function->taken_count + 1) * sizeof(*result.lines)),
		.summary = summary_text(arena, function),
	};
	size_t equal = 1;

	for (uint32_t i = 0; i < function->taken_count; i++) {
		const char *line = line_text(arena, function, &function->taken[i]);
		const char *next =
			i + 1 < function->taken_count ? line_text(arena, function, &function->taken[i + 1]) : NULL;

		if (next && strcmp(line, next) == 0) {
			equal++;
			continue;
		}
		result.lines[result.count++] = equal > 1 ? arena_printf(arena, "%s (%zu places)", line, equal) : line;
		equal = 1;
	}
	return result;
}
