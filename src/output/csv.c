// SPDX-License-Identifier: GPL-2.0-or-later
/* Comma-separated values, RFC 4180. */
#include <string.h>

#include "output/writers.h"

static void add_field(struct str *out, const char *text)
{
	if (!strpbrk(text, ",\"\r\n")) {
		str_add(out, text);
		return;
	}
	str_addc(out, '"');
	for (const char *p = text; *p; p++) {
		if (*p == '"')
			str_addc(out, '"');
		str_addc(out, *p);
	}
	str_addc(out, '"');
}

static void csv_row(struct output *out, const char *const *values, const bool *numeric)
{
	(void)numeric;
	for (int i = 0; i < out->columns; i++) {
		if (i)
			str_addc(&out->text, ',');
		if (values[i])
			add_field(&out->text, values[i]);
	}
	/* One empty field alone would be an empty line, which readers skip. */
	if (out->columns == 1 && (!values[0] || !*values[0]))
		str_add(&out->text, "\"\"");
	str_add(&out->text, "\r\n");
}

static void csv_header(struct output *out, const char *const *names)
{
	csv_row(out, names, NULL);
}

static void csv_end(struct output *out)
{
	(void)out;
}

const struct output_writer csv_writer = {csv_header, csv_row, csv_end};
