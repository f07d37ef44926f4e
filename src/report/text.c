// SPDX-License-Identifier: GPL-2.0-or-later
/* For a terminal: the matrix, then a line for each thing found, then the count. */
#include <string.h>

#include "base/utf8.h"
#include "groups.h"
#include "writers.h"

/* Control bytes in a name could speak to the terminal. */
static void add_printable(struct str *out, const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (*p < 0x20 || *p == 0x7f)
			str_addf(out, "\\x%02x", *p);
		else
			str_addc(out, (char)*p);
	}
}

static void add_padded(struct str *out, const char *text, size_t width)
{
	size_t before = out->length;

	add_printable(out, text);
	for (size_t columns = utf8_columns(out->data + before); columns < width; columns++)
		str_addc(out, ' ');
}

static void trim(struct str *out)
{
	while (out->length && out->data[out->length - 1] == ' ')
		out->data[--out->length] = '\0';
	str_addc(out, '\n');
}

static size_t max_size(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* Images are long and there may be many: columns carry numbers, which a list before the matrix explains. */
static void add_matrix(const struct report *report, struct arena *arena, struct str *out)
{
	size_t count, columns = report->columns.count, first = 0;
	const struct matrix_row *rows = matrix_rows(report, arena, &count);
	size_t *widths = arena_zalloc(arena, (columns + 1) * sizeof(*widths));

	for (size_t c = 0; c < columns; c++) {
		str_addf(out, "%3zu  ", c + 1);
		add_printable(out, report->columns.items[c]);
		str_addc(out, '\n');
		widths[c] = 3;
	}
	str_addc(out, '\n');
	for (size_t i = 0; i < count; i++) {
		first = max_size(first, utf8_columns(rows[i].kind) + 1 + utf8_columns(rows[i].subject));
		for (size_t c = 0; c < columns; c++)
			widths[c] = max_size(widths[c], utf8_columns(cell_text(rows[i].cells[c])));
	}
	add_padded(out, "", first + 2);
	for (size_t c = 0; c < columns; c++)
		add_padded(out, arena_printf(arena, "%zu", c + 1), widths[c] + 2);
	trim(out);
	for (size_t i = 0; i < count; i++) {
		add_padded(out, arena_printf(arena, "%s %s", rows[i].kind, rows[i].subject), first + 2);
		for (size_t c = 0; c < columns; c++)
			add_padded(out, cell_text(rows[i].cells[c]), widths[c] + 2);
		trim(out);
	}
	if (count)
		str_addc(out, '\n');
}

static void add_detail(struct str *out, const char *detail)
{
	while (detail && *detail) {
		size_t length = strcspn(detail, "\n");

		str_add(out, "    ");
		str_addn(out, detail, length);
		str_addc(out, '\n');
		detail += length + (detail[length] == '\n');
	}
}

static void add_group(const struct report *report, const struct result_group *group, struct arena *arena,
		      struct str *out)
{
	const struct result *result = &report->results.items[group->first];
	const char *images = report->matrix ? group_numbers(report, group, arena) : group_images(report, group, arena);

	if (result->file)
		add_printable(out, result->file);
	if (result->file && result->line)
		str_addf(out, ":%u", result->line);
	str_addf(out, "%s%s: %s ", result->file ? ": " : "", weight_text(result), result->kind);
	add_printable(out, result->subject);
	str_addf(out, "%s%s: ", *images ? " " : "", images);
	add_printable(out, result->message);
	if (result->consequence)
		str_addf(out, " -> %s", result->consequence);
	if (result->rule)
		str_addf(out, " [%s]", result->rule->id);
	if (result->suppressed) {
		str_add(out, " (");
		add_printable(out, result->suppressed);
		str_addc(out, ')');
	}
	str_addc(out, '\n');
	add_detail(out, result->detail);
}

static void add_count(struct str *out, size_t count, const char *text, const char **gap)
{
	if (!count)
		return;
	str_addf(out, "%s%zu %s", *gap, count, text);
	*gap = ", ";
}

static void add_counts(const struct report *report, struct str *out)
{
	struct report_counts counts = count_results(report);
	size_t before = out->length;
	const char *gap = "";

	add_count(out, counts.findings[SEVERITY_INCOMPATIBLE], "incompatible", &gap);
	add_count(out, counts.findings[SEVERITY_CHANGE], "changed", &gap);
	add_count(out, counts.findings[SEVERITY_ADDITION], "added", &gap);
	add_count(out, counts.unknown, "unknown", &gap);
	add_count(out, counts.suppressed, "suppressed", &gap);
	add_count(out, counts.known, "known from the baseline", &gap);
	add_count(out, counts.holds, "hold", &gap);
	str_add(out, out->length == before ? "Nothing to report\n" : "\n");
}

void report_text(const struct report *report, struct str *out)
{
	struct arena arena;
	size_t count;

	arena_init(&arena);
	add_printable(out, report->title);
	str_add(out, "\n\n");
	if (report->matrix)
		add_matrix(report, &arena, out);
	const struct result_group *groups = group_results(report, &arena, &count);

	for (size_t i = 0; i < count; i++)
		add_group(report, &groups[i], &arena, out);
	if (count)
		str_addc(out, '\n');
	for (size_t i = 0; i < report->notes.count; i++) {
		str_add(out, "note: ");
		add_printable(out, report->notes.items[i]);
		str_addc(out, '\n');
	}
	add_counts(report, out);
	arena_fini(&arena);
}
