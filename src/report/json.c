// SPDX-License-Identifier: GPL-2.0-or-later
/* For scripts: docs/reports.md describes it.  "format" changes when a field changes its meaning or goes. */
#include "atlas/json_writer.h"
#include "groups.h"
#include "writers.h"

#define FORMAT_VERSION 1

static void add_text(struct json_writer *json, const char *key, const char *text)
{
	if (!text)
		return;
	jw_key(json, key);
	jw_string(json, text);
}

static void add_result(struct json_writer *json, const struct result *result, struct arena *arena)
{
	static const char *const outcomes[OUTCOME_COUNT] = {"holds", "finding", "unknown"};

	jw_begin_object(json);
	add_text(json, "outcome", outcomes[result->outcome]);
	add_text(json, "rule", result->rule ? result->rule->id : NULL);
	add_text(json, "severity", result->rule ? severity_name(result->rule->severity) : NULL);
	add_text(json, "kind", result->kind);
	add_text(json, "subject", result->subject);
	add_text(json, "image", result->image);
	add_text(json, "message", result->message);
	add_text(json, "detail", result->detail);
	add_text(json, "consequence", result->consequence);
	add_text(json, "file", result->file);
	if (result->line) {
		jw_key(json, "line");
		jw_u64(json, result->line);
	}
	add_text(json, "suppressed", result->suppressed);
	if (result->known) {
		jw_key(json, "known");
		jw_bool(json, true);
	}
	if (result->outcome == OUTCOME_FINDING)
		add_text(json, "key", result_key(result, arena));
	jw_end_object(json);
}

static void add_count(struct json_writer *json, const char *key, size_t count)
{
	jw_key(json, key);
	jw_u64(json, count);
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
	jw_key(&json, "format");
	jw_u64(&json, FORMAT_VERSION);
	add_text(&json, "tool", "atlasgen");
	add_text(&json, "version", ATLASGEN_VERSION);
	add_text(&json, "verb", report->verb);
	add_text(&json, "title", report->title);
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
