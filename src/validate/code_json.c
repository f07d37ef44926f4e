// SPDX-License-Identifier: GPL-2.0-or-later
/* The report of `validate --code` for a script. */
#include "atlas/validate.h"

#define FORMAT_VERSION 1

static void number(struct json_writer *json, const char *key, uint64_t value)
{
	jw_key(json, key);
	jw_u64(json, value);
}

static void text(struct json_writer *json, const char *key, const char *value)
{
	jw_key(json, key);
	jw_string(json, value);
}

static void site(struct json_writer *json, const struct site_finding *finding)
{
	jw_begin_object(json);
	jw_key(json, "address");
	jw_hex(json, finding->address);
	text(json, "outcome", site_outcome_key(finding->outcome));
	text(json, "caller", finding->caller->name);
	text(json, "caller_file", finding->caller->file);
	text(json, "callee", finding->callee->name);
	text(json, "callee_file", finding->callee->file);
	text(json, "what", finding->what);
	jw_end_object(json);
}

static void sites(const struct code_report *report, struct json_writer *json)
{
	jw_key(json, "sites");
	jw_begin_object(json);
	number(json, "direct", report->direct_sites);
	number(json, "tail", report->tail_sites);
	number(json, "confirmed", code_report_confirmed(report));
	number(json, "contradicted", report->sites[SITE_CONTRADICTED]);
	number(json, "unchecked", code_report_unchecked(report));
	number(json, "code", report->code_sites);
	jw_key(json, "by_outcome");
	jw_begin_object(json);
	for (int i = 0; i < SITE_OUTCOME_COUNT; i++)
		number(json, site_outcome_key((enum site_outcome)i), report->sites[i]);
	jw_end_object(json);
	jw_key(json, "findings");
	jw_begin_array(json);
	for (size_t i = 0; i < report->site_findings.count; i++)
		site(json, &report->site_findings.items[i]);
	jw_end_array(json);
	jw_end_object(json);
}

static void branch(struct json_writer *json, const struct branch_finding *finding)
{
	jw_begin_object(json);
	jw_key(json, "address");
	jw_hex(json, finding->address);
	text(json, "reason", branch_reason_key(finding->reason));
	text(json, "kind", branch_kind_text((enum branch_kind)finding->kind));
	text(json, "from", finding->from);
	text(json, "to", finding->to);
	text(json, "section", finding->section);
	jw_end_object(json);
}

static void branches(const struct code_report *report, struct json_writer *json)
{
	jw_key(json, "branches");
	jw_begin_object(json);
	number(json, "all", report->branches);
	number(json, "to_entries", report->entries);
	number(json, "with_edge", report->with_edge);
	number(json, "without_edge", code_report_without_edge(report));
	jw_key(json, "by_reason");
	jw_begin_object(json);
	for (int i = 0; i < BRANCH_REASON_COUNT; i++)
		number(json, branch_reason_key((enum branch_reason)i), report->without[i]);
	jw_end_object(json);
	jw_key(json, "findings");
	jw_begin_array(json);
	for (size_t i = 0; i < report->branch_findings.count; i++)
		branch(json, &report->branch_findings.items[i]);
	jw_end_array(json);
	jw_end_object(json);
}

static void object(const struct code_report *report, struct json_writer *json)
{
	text(json, "object", report->object);
	text(json, "path", report->path);
	if (report->unchecked) {
		text(json, "not_checked", report->unchecked);
		return;
	}
	text(json, "build_id", report->build_id);
	number(json, "instructions", report->instructions);
	number(json, "undecoded_bytes", report->undecoded_bytes);
	sites(report, json);
	branches(report, json);
}

void code_report_json(const struct code_report *report, const struct code_report *modules, size_t count,
		      struct json_writer *json)
{
	jw_begin_object(json);
	text(json, "format", "atlas-validate-code");
	number(json, "format_version", FORMAT_VERSION);
	text(json, "image", report->image);
	object(report, json);
	if (modules) {
		jw_key(json, "modules");
		jw_begin_array(json);
		for (size_t i = 0; i < count; i++) {
			jw_begin_object(json);
			object(&modules[i], json);
			jw_end_object(json);
		}
		jw_end_array(json);
	}
	jw_end_object(json);
	jw_newline(json);
}
