// SPDX-License-Identifier: GPL-2.0-or-later
/* An array of objects. */
#include <ctype.h>

#include "output/writers.h"

static void json_header(struct output *out, const char *const *names)
{
	out->names = arena_alloc(&out->arena, (size_t)out->columns * sizeof(*out->names));
	for (int i = 0; i < out->columns; i++)
		out->names[i] = arena_strdup(&out->arena, names[i]);
	jw_to_str(&out->json, &out->text);
	jw_begin_array(&out->json);
}

/* SQLite's infinities are no numbers in JSON. */
static bool is_json_number(const char *text)
{
	return isdigit((unsigned char)text[*text == '-']);
}

static void json_row(struct output *out, const char *const *values, const bool *numeric)
{
	jw_begin_object(&out->json);
	for (int i = 0; i < out->columns; i++) {
		jw_key(&out->json, out->names[i]);
		if (values[i] && numeric && numeric[i] && is_json_number(values[i]))
			jw_raw(&out->json, values[i]);
		else
			jw_string(&out->json, values[i]);
	}
	jw_end_object(&out->json);
}

static void json_end(struct output *out)
{
	jw_end_array(&out->json);
	jw_newline(&out->json);
}

const struct output_writer json_writer = {json_header, json_row, json_end};
