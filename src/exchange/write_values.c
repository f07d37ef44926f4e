// SPDX-License-Identifier: GPL-2.0-or-later
#include "write_values.h"

#include <string.h>

void write_module(struct json_writer *json, const char *object)
{
	if (object && strcmp(object, "vmlinux") != 0)
		jw_put_text(json, "module", object);
}

void write_words(struct json_writer *json, const char *key, uint16_t bits, const char *(*word)(unsigned bit))
{
	if (!bits)
		return;
	jw_key(json, key);
	jw_begin_array(json);
	for (unsigned bit = 0; bit < 16; bit++)
		if (bits >> bit & 1 && word(bit))
			jw_string(json, word(bit));
	jw_end_array(json);
}
