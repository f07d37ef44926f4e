// SPDX-License-Identifier: GPL-2.0-or-later
/* The report of `validate --code` for a script. */
#include "atlas/validate.h"

#define FORMAT_VERSION 1

static void site(struct json_writer *json, const struct site_finding *finding)
{
	jw_begin_object(json);
	jw_put_hex(json, "address", finding->address);
	jw_put_text(json, "outcome", site_outcome_key(finding->outcome));
	jw_put_text(json, "caller", finding->caller->name);
	jw_put_text(json, "caller_file", finding->caller->file);
	jw_put_text(json, "callee", finding->callee->name);
	jw_put_text(json, "callee_file", finding->callee->file);
	jw_put_text(json, "what", finding->what);
	jw_end_object(json);
}

static void sites(const struct code_report *report, struct json_writer *json)
{
	jw_key(json, "sites");
	jw_begin_object(json);
	jw_put_u64(json, "direct", report->direct_sites);
	jw_put_u64(json, "tail", report->tail_sites);
	jw_put_u64(json, "confirmed", code_report_confirmed(report));
	jw_put_u64(json, "contradicted", report->sites[SITE_CONTRADICTED]);
	jw_put_u64(json, "unchecked", code_report_unchecked(report));
	jw_put_u64(json, "code", report->code_sites);
	jw_key(json, "by_outcome");
	jw_begin_object(json);
	for (int i = 0; i < SITE_OUTCOME_COUNT; i++)
		jw_put_u64(json, site_outcome_key((enum site_outcome)i), report->sites[i]);
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
	jw_put_hex(json, "address", finding->address);
	jw_put_text(json, "reason", branch_reason_key(finding->reason));
	jw_put_text(json, "kind", branch_kind_text((enum branch_kind)finding->kind));
	jw_put_text(json, "from", finding->from);
	jw_put_text(json, "to", finding->to);
	jw_put_text(json, "section", finding->section);
	jw_end_object(json);
}

static void branches(const struct code_report *report, struct json_writer *json)
{
	jw_key(json, "branches");
	jw_begin_object(json);
	jw_put_u64(json, "all", report->branches);
	jw_put_u64(json, "to_entries", report->entries);
	jw_put_u64(json, "with_edge", report->with_edge);
	jw_put_u64(json, "without_edge", code_report_without_edge(report));
	jw_key(json, "by_reason");
	jw_begin_object(json);
	for (int i = 0; i < BRANCH_REASON_COUNT; i++)
		jw_put_u64(json, branch_reason_key((enum branch_reason)i), report->without[i]);
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
	jw_put_text(json, "object", report->object);
	jw_put_text(json, "path", report->path);
	if (report->unchecked) {
		jw_put_text(json, "not_checked", report->unchecked);
		return;
	}
	jw_put_text(json, "build_id", report->build_id);
	jw_put_u64(json, "instructions", report->instructions);
	jw_put_u64(json, "undecoded_bytes", report->undecoded_bytes);
	sites(report, json);
	branches(report, json);
}

void code_report_json(const struct code_report *report, const struct code_report *modules, size_t count,
		      struct json_writer *json)
{
	jw_begin_object(json);
	jw_put_text(json, "format", "atlas-validate-code");
	jw_put_u64(json, "format_version", FORMAT_VERSION);
	jw_put_text(json, "image", report->image);
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
