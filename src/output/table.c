// SPDX-License-Identifier: GPL-2.0-or-later
/* An aligned table for a terminal. */
#include "base/utf8.h"
#include "output/writers.h"

#define GAP "  "

/* Control bytes could speak to the terminal. */
static const char *printable(struct arena *arena, const char *text)
{
	const unsigned char *p = (const unsigned char *)text;

	while (*p >= 0x20 && *p != 0x7f)
		p++;
	if (!*p)
		return arena_strdup(arena, text);
	AUTO_STR struct str shown = {0};

	for (p = (const unsigned char *)text; *p; p++) {
		if (*p < 0x20 || *p == 0x7f)
			str_addf(&shown, "\\x%02x", *p);
		else
			str_addc(&shown, (char)*p);
	}
	return arena_strndup(arena, shown.data, shown.length);
}

static void keep_cells(struct output *out, const char *const *values, const bool *numeric)
{
	for (int i = 0; i < out->columns; i++)
		vec_add(&out->cells,
			((struct cell){printable(&out->arena, values[i] ? values[i] : ""), numeric && numeric[i]}));
}

static void pad(struct str *text, size_t columns)
{
	while (columns-- > 0)
		str_addc(text, ' ');
}

static void print_cell(struct output *out, int column, const char *text)
{
	size_t columns = utf8_columns(text), width = out->widths[column];
	size_t missing = width > columns ? width - columns : 0;

	if (out->right[column])
		pad(&out->text, missing);
	str_add(&out->text, text);
	if (!out->right[column] && column + 1 < out->columns)
		pad(&out->text, missing);
	str_add(&out->text, column + 1 < out->columns ? GAP : "\n");
}

static void print_rule(struct output *out)
{
	for (int i = 0; i < out->columns; i++) {
		for (size_t n = 0; n < out->widths[i]; n++)
			str_addc(&out->text, '-');
		str_add(&out->text, i + 1 < out->columns ? GAP : "\n");
	}
}

static void decide_widths(struct output *out)
{
	size_t columns = (size_t)out->columns; /* no cells if 0 */

	out->widths = xcalloc(columns + 1, sizeof(*out->widths));
	out->right = xcalloc(columns + 1, sizeof(*out->right));
	for (size_t i = 0, column = 0; i < out->cells.count; i++, column = column + 1 < columns ? column + 1 : 0) {
		size_t width = utf8_columns(out->cells.items[i].text);

		if (width > out->widths[column])
			out->widths[column] = width;
		if (out->cells.items[i].numeric)
			out->right[column] = true;
	}
}

static void print_waiting(struct output *out)
{
	if (!out->widths)
		decide_widths(out);
	for (size_t at = 0; at < out->cells.count; at += (size_t)out->columns) {
		if (at == (size_t)out->columns)
			print_rule(out);
		for (int i = 0; i < out->columns; i++)
			print_cell(out, i, out->cells.items[at + (size_t)i].text);
	}
	if (out->cells.count == (size_t)out->columns)
		print_rule(out);
	vec_free(&out->cells);
	arena_reset(&out->arena);
}

static void table_header(struct output *out, const char *const *names)
{
	keep_cells(out, names, NULL);
}

static void table_row(struct output *out, const char *const *values, const bool *numeric)
{
	if (!out->widths) {
		keep_cells(out, values, numeric);
		if (out->cells.count > TABLE_SAMPLE_ROWS * (size_t)out->columns)
			print_waiting(out);
		return;
	}
	for (int i = 0; i < out->columns; i++)
		print_cell(out, i, printable(&out->arena, values[i] ? values[i] : ""));
	arena_reset(&out->arena);
}

static void table_end(struct output *out)
{
	if (!out->widths)
		print_waiting(out);
}

const struct output_writer table_writer = {table_header, table_row, table_end};
