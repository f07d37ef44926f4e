// SPDX-License-Identifier: GPL-2.0-or-later
/* For a pull request's comment or a job's summary: GitHub's tables. */
#include <string.h>

#include "groups.h"
#include "writers.h"

/* Character references show as text in a table, in HTML and out of it; a line's end would end the row. */
static void add_cell(struct str *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("&<>|*`[]\\_~#", *text))
			str_addf(out, "&#%d;", *text);
		else
			str_addc(out, (unsigned char)*text < 0x20 ? ' ' : *text);
	}
}

/* Names as code; one that holds a backquote or a bar cannot be. */
static void add_name(struct str *out, const char *name)
{
	bool plain = !strpbrk(name, "`|\\\n\r\t");

	if (plain)
		str_addf(out, "`%s`", name);
	else
		add_cell(out, name);
}

static void add_matrix(const struct report *report, struct arena *arena, struct str *out)
{
	size_t count;
	const struct matrix_row *rows = matrix_rows(report, arena, &count);

	str_add(out, "| Dependency |");
	for (size_t c = 0; c < report->columns.count; c++) {
		str_addc(out, ' ');
		add_cell(out, report->columns.items[c]);
		str_add(out, " |");
	}
	str_add(out, "\n|---|");
	for (size_t c = 0; c < report->columns.count; c++)
		str_add(out, "---|");
	str_addc(out, '\n');
	for (size_t i = 0; i < count; i++) {
		str_addf(out, "| %s ", rows[i].kind);
		add_name(out, rows[i].subject);
		str_add(out, " |");
		for (size_t c = 0; c < report->columns.count; c++) {
			str_addc(out, ' ');
			add_cell(out, cell_text(rows[i].cells[c]));
			str_add(out, " |");
		}
		str_addc(out, '\n');
	}
	str_addc(out, '\n');
}

static void add_group(const struct report *report, const struct result_group *group, struct arena *arena,
		      struct str *out)
{
	const struct result *result = &report->results.items[group->first];

	str_addf(out, "| %s | %s ", weight_text(result), result->kind);
	add_name(out, result->subject);
	str_add(out, " | ");
	add_cell(out, result->message);
	if (result->consequence)
		str_addf(out, " → %s", result->consequence);
	for (const char *detail = result->detail; detail && *detail;) {
		char *line = arena_strndup(arena, detail, strcspn(detail, "\n"));

		str_add(out, "<br>");
		add_cell(out, line);
		detail += strlen(line) + (detail[strlen(line)] == '\n');
	}
	if (result->suppressed) {
		str_add(out, " (");
		add_cell(out, result->suppressed);
		str_addc(out, ')');
	}
	str_add(out, " | ");
	add_cell(out, group_images(report, group, arena));
	str_addf(out, " | %s | ", result->rule ? result->rule->id : "");
	if (result->file) {
		add_cell(out, result->file);
		if (result->line)
			str_addf(out, ":%u", result->line);
	}
	str_add(out, " |\n");
}

static void add_summary(const struct report *report, struct str *out)
{
	struct report_counts counts = count_results(report);

	str_add(out, "| incompatible | change | addition | unknown | suppressed | known | holds |\n"
		     "|---:|---:|---:|---:|---:|---:|---:|\n");
	str_addf(out, "| %zu | %zu | %zu | %zu | %zu | %zu | %zu |\n\n", counts.findings[SEVERITY_INCOMPATIBLE],
		 counts.findings[SEVERITY_CHANGE], counts.findings[SEVERITY_ADDITION], counts.unknown,
		 counts.suppressed, counts.known, counts.holds);
}

void report_markdown(const struct report *report, struct str *out)
{
	struct arena arena;
	size_t count;

	arena_init(&arena);
	str_addf(out, "# atlasgen %s: ", report->verb);
	add_cell(out, report->title);
	str_add(out, "\n\n");
	add_summary(report, out);
	if (report->matrix)
		add_matrix(report, &arena, out);
	const struct result_group *groups = group_results(report, &arena, &count);

	if (count)
		str_add(out, "| Weight | What | Finding | Images | Rule | Place |\n|---|---|---|---|---|---|\n");
	for (size_t i = 0; i < count; i++)
		add_group(report, &groups[i], &arena, out);
	if (report->notes.count)
		str_add(out, "\n");
	for (size_t i = 0; i < report->notes.count; i++) {
		str_add(out, "* ");
		add_cell(out, report->notes.items[i]);
		str_addc(out, '\n');
	}
	arena_fini(&arena);
}
