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
