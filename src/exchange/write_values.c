// SPDX-License-Identifier: GPL-2.0-or-later
#include "write_values.h"

#include <string.h>

void write_text(struct json_writer *json, const char *key, const char *text)
{
	jw_key(json, key);
	jw_string(json, text);
}

void write_known_text(struct json_writer *json, const char *key, const char *text)
{
	if (text)
		write_text(json, key, text);
}

void write_bool(struct json_writer *json, const char *key, bool value)
{
	jw_key(json, key);
	jw_bool(json, value);
}

void write_if(struct json_writer *json, const char *key, bool value)
{
	if (value)
		write_bool(json, key, true);
}

void write_number(struct json_writer *json, const char *key, uint64_t number)
{
	jw_key(json, key);
	jw_u64(json, number);
}

void write_hex(struct json_writer *json, const char *key, uint64_t number)
{
	jw_key(json, key);
	jw_hex(json, number);
}

void write_module(struct json_writer *json, const char *object)
{
	if (object && strcmp(object, "vmlinux") != 0)
		write_text(json, "module", object);
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
