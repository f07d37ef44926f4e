// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * SARIF 2.1.0 (OASIS Standard, 27 March 2020).  A place is the user's own file:
 * what changed stands in the kernel, but who must act reads here.  What holds is
 * not listed; what is unknown is of kind "open" (3.27.9), which has no level.
 */
#include <string.h>

#include "atlas/json_writer.h"
#include "groups.h"
#include "writers.h"

#define SCHEMA	     "https://json.schemastore.org/sarif-2.1.0.json"
#define UNKNOWN_RULE "unknown"

static void add_message(struct json_writer *json, const char *key, const char *text)
{
	jw_key(json, key);
	jw_begin_object(json);
	jw_put_text(json, "text", text);
	jw_end_object(json);
}

static const char *level(enum severity severity)
{
	static const char *const levels[SEVERITY_COUNT] = {"note", "warning", "error"};

	return levels[severity];
}

static void add_rule(struct json_writer *json, const char *id, const char *title, const char *help, const char *kind)
{
	jw_begin_object(json);
	jw_put_text(json, "id", id);
	add_message(json, "shortDescription", title);
	add_message(json, "fullDescription", help);
	add_message(json, "help", help);
	jw_key(json, "defaultConfiguration");
	jw_begin_object(json);
	jw_put_text(json, "level", kind);
	jw_end_object(json);
	jw_end_object(json);
}

static void add_tool(struct json_writer *json, const struct rule *const *rules, size_t count)
{
	jw_key(json, "tool");
	jw_begin_object(json);
	jw_key(json, "driver");
	jw_begin_object(json);
	jw_put_text(json, "name", "atlasgen");
	jw_put_text(json, "version", ATLASGEN_VERSION);
	jw_key(json, "rules");
	jw_begin_array(json);
	for (size_t i = 0; i < count; i++)
		add_rule(json, rules[i]->id, rules[i]->title, rules[i]->help, level(rules[i]->severity));
	add_rule(json, UNKNOWN_RULE, "Not known", "The atlas does not hold what is needed to tell.", "none");
	jw_end_array(json);
	jw_end_object(json);
	jw_end_object(json);
}

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~/", c);
}

/* A path as a URI reference: relative ones stay relative, to the root of what was checked out. */
static void add_uri(struct json_writer *json, const char *path)
{
	AUTO_STR struct str uri = {0};

	str_add(&uri, *path == '/' ? "file://" : "");
	if (strncmp(path, "./", 2) == 0)
		path += 2;
	for (; *path; path++) {
		if (is_plain(*path))
			str_addc(&uri, *path);
		else
			str_addf(&uri, "%%%02X", (unsigned char)*path);
	}
	jw_put_text(json, "uri", uri.data);
}

static void add_place(struct json_writer *json, const struct result *result)
{
	jw_key(json, "physicalLocation");
	jw_begin_object(json);
	jw_key(json, "artifactLocation");
	jw_begin_object(json);
	add_uri(json, result->file);
	jw_end_object(json);
	if (result->line) {
		jw_key(json, "region");
		jw_begin_object(json);
		jw_put_u64(json, "startLine", result->line);
		jw_end_object(json);
	}
	jw_end_object(json);
}

static void add_location(struct json_writer *json, const struct result *result)
{
	jw_key(json, "locations");
	jw_begin_array(json);
	jw_begin_object(json);
	if (result->file)
		add_place(json, result);
	jw_key(json, "logicalLocations");
	jw_begin_array(json);
	jw_begin_object(json);
	jw_put_text(json, "name", result->subject);
	jw_put_text(json, "kind", result->kind);
	jw_end_object(json);
	jw_end_array(json);
	jw_end_object(json);
	jw_end_array(json);
}

static void add_weight(struct json_writer *json, const struct result *result)
{
	if (result->suppressed) {
		jw_key(json, "suppressions");
		jw_begin_array(json);
		jw_begin_object(json);
		jw_put_text(json, "kind", "external");
		jw_put_text(json, "justification", result->suppressed);
		jw_end_object(json);
		jw_end_array(json);
	}
	if (result->known)
		jw_put_text(json, "baselineState", "unchanged");
}

static char *message_of(const struct result *result, struct arena *arena)
{
	return arena_printf(arena, "%s %s%s%s: %s%s%s%s%s", result->kind, result->subject, result->image ? " on " : "",
			    result->image ? result->image : "", result->message, result->consequence ? " -> " : "",
			    result->consequence ? result->consequence : "", result->detail ? "\n" : "",
			    result->detail ? result->detail : "");
}

static void add_result(struct json_writer *json, const struct result *result, struct arena *arena,
		       const struct rule *const *rules, size_t rule_count)
{
	bool unknown = result->outcome == OUTCOME_UNKNOWN;

	jw_begin_object(json);
	jw_put_text(json, "ruleId", unknown ? UNKNOWN_RULE : result->rule->id);
	jw_put_u64(json, "ruleIndex", unknown ? rule_count : rule_index(rules, rule_count, result->rule));
	jw_put_text(json, "kind", unknown ? "open" : "fail");
	jw_put_text(json, "level", unknown ? "none" : level(result->rule->severity));
	add_message(json, "message", message_of(result, arena));
	add_location(json, result);
	jw_key(json, "partialFingerprints");
	jw_begin_object(json);
	jw_put_text(json, "atlasgen/v1", result_key(result, arena));
	jw_end_object(json);
	add_weight(json, result);
	jw_end_object(json);
}

void report_sarif(const struct report *report, struct str *out)
{
	struct json_writer json;
	struct arena arena;
	size_t rule_count;

	arena_init(&arena);
	const struct rule **rules = used_rules(report, &arena, &rule_count);

	jw_to_str(&json, out);
	jw_begin_object(&json);
	jw_put_text(&json, "$schema", SCHEMA);
	jw_put_text(&json, "version", "2.1.0");
	jw_key(&json, "runs");
	jw_begin_array(&json);
	jw_begin_object(&json);
	add_tool(&json, rules, rule_count);
	jw_key(&json, "results");
	jw_begin_array(&json);
	for (size_t i = 0; i < report->results.count; i++)
		if (report->results.items[i].outcome != OUTCOME_HOLDS)
			add_result(&json, &report->results.items[i], &arena, rules, rule_count);
	jw_end_array(&json);
	jw_end_object(&json);
	jw_end_array(&json);
	jw_end_object(&json);
	jw_newline(&json);
	arena_fini(&arena);
}
