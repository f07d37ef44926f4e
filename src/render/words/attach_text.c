// SPDX-License-Identifier: GPL-2.0-or-later
#include "attach_text.h"

#include "atlas/str.h"
#include "text.h"

const char *export_text(struct arena *arena, const struct function *function)
{
	const struct function_export *exported = &function->exported;
	AUTO_STR struct str text = {0};

	if (exported->state == EXPORT_UNKNOWN)
		return "unknown: the export tables were not read";
	if (exported->state == EXPORT_NO)
		return "no";
	str_add(&text, exported->state == EXPORT_GPL ? "EXPORT_SYMBOL_GPL" : "EXPORT_SYMBOL");
	if (exported->namespace)
		str_addf(&text, ", namespace %s", text_visible(arena, exported->namespace));
	if (exported->crc)
		str_addf(&text, ", CRC 0x%08x", exported->crc);
	else
		str_add(&text, ", CRC none");
	if (function->object)
		str_addf(&text, ", by %s", text_visible(arena, function->object));
	return arena_strdup(arena, text.data);
}

static const char *symbol_line(const struct symbol *symbol)
{
	return symbol->attach ? symbol->attach->line : "unknown: the kernel's tables were not read";
}

static bool all_alike(const struct function *function)
{
	for (uint32_t i = 1; i < function->symbol_count; i++)
		if (!str_eq(symbol_line(&function->symbols[i]), symbol_line(&function->symbols[0])))
			return false;
	return true;
}

const char *attach_text(struct arena *arena, const struct function *function)
{
	AUTO_STR struct str text = {0};

	if (function->symbol_count == 0)
		return function->class.inlining == INLINE_FULL ? "no: inlined everywhere, it has no code of its own"
							       : "unknown: it has no symbol";
	if (all_alike(function))
		return symbol_line(&function->symbols[0]);
	for (uint32_t i = 0; i < function->symbol_count; i++) {
		const struct symbol *symbol = &function->symbols[i];

		str_addf(&text, "%s%s at %s: %s", i ? " | " : "", text_visible(arena, symbol->name),
			 text_hex(arena, symbol->address), symbol_line(symbol));
	}
	return arena_strdup(arena, text.data);
}
