// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Annotations of GitHub Actions: workflow commands, a line each.  GitHub shows ten
 * of each level a step, so what is said of several images is one of them.
 */
#include <string.h>

#include "groups.h"
#include "writers.h"

/* Properties need ':' and ',' out of the way as well; a percent sign begins every escape. */
static void add_escaped(struct str *out, const char *text, const char *bytes)
{
	for (; *text; text++) {
		if (strchr(bytes, *text))
			str_addf(out, "%%%02X", (unsigned char)*text);
		else
			str_addc(out, *text);
	}
}

#define IN_TEXT	    "%\r\n"
#define IN_PROPERTY "%\r\n:,"

static const char *command(const struct result *result)
{
	if (result->outcome == OUTCOME_UNKNOWN)
		return "warning";
	return result->rule->severity == SEVERITY_INCOMPATIBLE ? "error"
	       : result->rule->severity == SEVERITY_CHANGE     ? "warning"
							       : "notice";
}

static void add_group(const struct report *report, const struct result_group *group, struct arena *arena,
		      struct str *out)
{
	const struct result *result = &report->results.items[group->first];
	const char *images = group_images(report, group, arena);
	const char *file = result->file && strncmp(result->file, "./", 2) == 0 ? result->file + 2 : result->file;

	str_addf(out, "::%s ", command(result));
	if (file) {
		str_add(out, "file=");
		add_escaped(out, file, IN_PROPERTY);
		str_addc(out, ',');
	}
	if (file && result->line)
		str_addf(out, "line=%u,", result->line);
	str_add(out, "title=");
	add_escaped(out, result->rule ? result->rule->title : "Not known", IN_PROPERTY);
	str_addf(out, "::%s ", result->kind);
	add_escaped(out, result->subject, IN_TEXT);
	str_addf(out, "%s%s: ", *images ? " " : "", images);
	add_escaped(out, result->message, IN_TEXT);
	if (result->consequence)
		str_addf(out, " -> %s", result->consequence);
	if (result->detail) {
		str_add(out, "%0A");
		add_escaped(out, result->detail, IN_TEXT);
	}
	str_addc(out, '\n');
}

void report_github(const struct report *report, struct str *out)
{
	struct arena arena;
	size_t count;

	arena_init(&arena);
	const struct result_group *groups = group_results(report, &arena, &count);

	for (size_t i = 0; i < count; i++) {
		const struct result *result = &report->results.items[groups[i].first];

		if (!result->suppressed && !result->known)
			add_group(report, &groups[i], &arena, out);
	}
	arena_fini(&arena);
}
