// SPDX-License-Identifier: GPL-2.0-or-later
/* For scripts: docs/reports.md describes it.  "format" changes when a field changes its meaning or goes. */
#include "atlas/json_writer.h"
#include "groups.h"
#include "writers.h"

#define FORMAT_VERSION 1

static void add_result(struct json_writer *json, const struct result *result, struct arena *arena)
{
	static const char *const outcomes[OUTCOME_COUNT] = {"holds", "finding", "unknown"};

	jw_begin_object(json);
	jw_put_known(json, "outcome", outcomes[result->outcome]);
	jw_put_known(json, "rule", result->rule ? result->rule->id : NULL);
	jw_put_known(json, "severity", result->rule ? severity_name(result->rule->severity) : NULL);
	jw_put_known(json, "kind", result->kind);
	jw_put_known(json, "subject", result->subject);
	jw_put_known(json, "image", result->image);
	jw_put_known(json, "message", result->message);
	jw_put_known(json, "detail", result->detail);
	jw_put_known(json, "consequence", result->consequence);
	jw_put_known(json, "file", result->file);
	if (result->line)
		jw_put_u64(json, "line", result->line);
	jw_put_known(json, "suppressed", result->suppressed);
	if (result->known)
		jw_put_bool(json, "known", true);
	if (result->outcome == OUTCOME_FINDING)
		jw_put_known(json, "key", result_key(result, arena));
	jw_end_object(json);
}

static void add_count(struct json_writer *json, const char *key, size_t count)
{
	jw_put_u64(json, key, count);
}

static void add_counts(struct json_writer *json, const struct report *report)
{
	struct report_counts counts = count_results(report);

	jw_key(json, "counts");
	jw_begin_object(json);
	for (int i = SEVERITY_COUNT - 1; i >= 0; i--)
		add_count(json, severity_name((enum severity)i), counts.findings[i]);
	add_count(json, "unknown", counts.unknown);
	add_count(json, "suppressed", counts.suppressed);
	add_count(json, "known", counts.known);
	add_count(json, "holds", counts.holds);
	jw_end_object(json);
}

static void add_texts(struct json_writer *json, const char *key, const char *const *texts, size_t count)
{
	jw_key(json, key);
	jw_begin_array(json);
	for (size_t i = 0; i < count; i++)
		jw_string(json, texts[i]);
	jw_end_array(json);
}

void report_json(const struct report *report, struct str *out)
{
	struct json_writer json;
	struct arena arena;

	arena_init(&arena);
	jw_to_str(&json, out);
	jw_begin_object(&json);
	jw_put_u64(&json, "format", FORMAT_VERSION);
	jw_put_known(&json, "tool", "atlasgen");
	jw_put_known(&json, "version", ATLASGEN_VERSION);
	jw_put_known(&json, "verb", report->verb);
	jw_put_known(&json, "title", report->title);
	add_texts(&json, "images", report->columns.items, report->columns.count);
	add_counts(&json, report);
	add_texts(&json, "notes", report->notes.items, report->notes.count);
	jw_key(&json, "results");
	jw_begin_array(&json);
	for (size_t i = 0; i < report->results.count; i++)
		add_result(&json, &report->results.items[i], &arena);
	jw_end_array(&json);
	jw_end_object(&json);
	jw_newline(&json);
	arena_fini(&arena);
}
