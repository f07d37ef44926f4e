// SPDX-License-Identifier: GPL-2.0-or-later
/* The report of `validate --code` for a reader. */
#include <inttypes.h>
#include <string.h>

#include "atlas/validate.h"

/* Without --all, this many of each list. */
#define FIRST_FEW 10

static void count_line(FILE *out, uint64_t count, const char *text)
{
	if (count)
		fprintf(out, "  %10" PRIu64 "  %s\n", count, text);
}

/* Rounded down, so that 100.00 % means all. */
static void share(FILE *out, uint64_t part, uint64_t whole)
{
	uint64_t parts = whole ? part * 10000 / whole : 0;

	fprintf(out, "%" PRIu64 ".%02u %%", parts / 100, (unsigned)(parts % 100));
}

static void sites_text(const struct code_report *report, FILE *out)
{
	uint64_t confirmed = code_report_confirmed(report), contradicted = report->sites[SITE_CONTRADICTED];
	uint64_t unchecked = code_report_unchecked(report), total = confirmed + contradicted + unchecked;

	fprintf(out, "Recorded calls: %" PRIu64 " (%" PRIu64 " calls, %" PRIu64 " tail jumps)\n", total,
		report->direct_sites, report->tail_sites);
	fprintf(out, "  confirmed: %" PRIu64 " (", confirmed);
	share(out, confirmed, confirmed + contradicted);
	fputs(" of those checked)\n", out);
	for (int i = 0; i <= SITE_LAST_CONFIRMED; i++)
		count_line(out, report->sites[i], site_outcome_text((enum site_outcome)i));
	fprintf(out, "  contradicted: %" PRIu64 "\n", contradicted);
	fprintf(out, "  not checked: %" PRIu64 "\n", unchecked);
	for (int i = SITE_FIRST_UNCHECKED; i < SITE_OUTCOME_COUNT; i++)
		count_line(out, report->sites[i], site_outcome_text((enum site_outcome)i));
	fprintf(out, "Calls that only the machine code knows: %" PRIu64 " in the atlas, found again\n",
		report->code_sites);
}

static void branches_text(const struct code_report *report, FILE *out)
{
	fprintf(out, "\nBranches to a function's entry: %" PRIu64 " of %" PRIu64 " branches\n", report->entries,
		report->branches);
	fprintf(out, "  with an edge: %" PRIu64 "\n", report->with_edge);
	fprintf(out, "  without an edge: %" PRIu64 "\n", code_report_without_edge(report));
	for (int i = 0; i < BRANCH_REASON_COUNT; i++)
		count_line(out, report->without[i], branch_reason_text((enum branch_reason)i));
}

static void more(FILE *out, uint64_t shown, uint64_t total)
{
	if (shown < total)
		fprintf(out, "  ... and %" PRIu64 " more (--all)\n", total - shown);
}

static void site_line(const struct site_finding *finding, FILE *out)
{
	const struct call_end *caller = finding->caller, *callee = finding->callee;

	fprintf(out, "  0x%" PRIx64 "  %s%s%s -> %s%s%s", finding->address, caller->file ? caller->file : "",
		caller->file ? ":" : "", caller->name, callee->file ? callee->file : "", callee->file ? ":" : "",
		callee->name);
	fprintf(out, "%s%s\n", finding->what ? ": " : "", finding->what ? finding->what : "");
}

/* All findings of one outcome stand together. */
static void site_list(const struct code_report *report, enum site_outcome outcome, bool all, FILE *out)
{
	uint64_t shown = 0;

	if (!report->sites[outcome])
		return;
	fprintf(out, "\n%s: %s\n", outcome == SITE_CONTRADICTED ? "Contradicted" : "Not checked",
		site_outcome_text(outcome));
	for (size_t i = 0; i < report->site_findings.count && (all || shown < FIRST_FEW); i++) {
		if (report->site_findings.items[i].outcome != outcome)
			continue;
		site_line(&report->site_findings.items[i], out);
		shown++;
	}
	more(out, shown, report->sites[outcome]);
}

static void branch_list(const struct code_report *report, enum branch_reason reason, bool all, FILE *out)
{
	uint64_t shown = 0;

	if (!report->without[reason])
		return;
	fprintf(out, "\nWithout an edge: %s\n", branch_reason_text(reason));
	for (size_t i = 0; i < report->branch_findings.count && (all || shown < FIRST_FEW); i++) {
		const struct branch_finding *finding = &report->branch_findings.items[i];

		if (finding->reason != reason)
			continue;
		fprintf(out, "  0x%" PRIx64 "  %s -> %s (%s, %s)\n", finding->address,
			finding->from ? finding->from : "(no symbol)", finding->to,
			branch_kind_text((enum branch_kind)finding->kind), finding->section);
		shown++;
	}
	more(out, shown, report->without[reason]);
}

/* What is no call of anybody's, and there by the ten thousand, is listed only on demand. */
static bool is_listed(enum branch_reason reason, bool all)
{
	return all || (reason != REASON_PART && reason != REASON_TRACE && reason != REASON_THUNK &&
		       reason != REASON_STUB && reason != REASON_ALTERNATIVE);
}

static void findings_text(const struct code_report *report, bool all, FILE *out)
{
	for (int i = SITE_CONTRADICTED; i < SITE_OUTCOME_COUNT; i++)
		site_list(report, (enum site_outcome)i, all, out);
}

void code_report_text(const struct code_report *report, bool all, FILE *out)
{
	fprintf(out, "%s", report->image);
	if (strcmp(report->object, "vmlinux") != 0)
		fprintf(out, " [%s]", report->object);
	fprintf(out, " against %s\n", report->path);
	fprintf(out, "build id %s; %" PRIu64 " instructions, %" PRIu64 " bytes between them not read as code\n\n",
		report->build_id ? report->build_id : "unknown", report->instructions, report->undecoded_bytes);
	sites_text(report, out);
	branches_text(report, out);
	findings_text(report, all, out);
	for (int i = 0; i < BRANCH_REASON_COUNT; i++)
		if (is_listed((enum branch_reason)i, all))
			branch_list(report, (enum branch_reason)i, all, out);
}

static void add(struct code_report *total, const struct code_report *report)
{
	for (int i = 0; i < SITE_OUTCOME_COUNT; i++)
		total->sites[i] += report->sites[i];
	for (int i = 0; i < BRANCH_REASON_COUNT; i++)
		total->without[i] += report->without[i];
	total->direct_sites += report->direct_sites;
	total->tail_sites += report->tail_sites;
	total->code_sites += report->code_sites;
	total->instructions += report->instructions;
	total->undecoded_bytes += report->undecoded_bytes;
	total->branches += report->branches;
	total->entries += report->entries;
	total->with_edge += report->with_edge;
}

static bool is_right(const struct code_report *report)
{
	return !report->unchecked && !report->sites[SITE_CONTRADICTED] && !code_report_unchecked(report);
}

static void module_line(const struct code_report *report, FILE *out)
{
	if (report->unchecked) {
		fprintf(out, "  %-24s not checked: %s\n", report->object, report->unchecked);
		return;
	}
	fprintf(out,
		"  %-24s %6" PRIu64 " confirmed %4" PRIu64 " contradicted %4" PRIu64 " not checked %4" PRIu64
		" of the code %5" PRIu64 " without an edge\n",
		report->object, code_report_confirmed(report), report->sites[SITE_CONTRADICTED],
		code_report_unchecked(report), report->code_sites, code_report_without_edge(report));
}

void code_modules_text(const struct code_report *modules, size_t count, bool all, FILE *out)
{
	struct code_report total = {0};
	size_t checked = 0;

	for (size_t i = 0; i < count; i++) {
		add(&total, &modules[i]);
		checked += !modules[i].unchecked;
	}
	fprintf(out, "\nModules: %zu checked, %zu not checked\n", checked, count - checked);
	if (checked) {
		fprintf(out, "%" PRIu64 " instructions, %" PRIu64 " bytes between them not read as code\n\n",
			total.instructions, total.undecoded_bytes);
		sites_text(&total, out);
		branches_text(&total, out);
		fputc('\n', out);
	}
	for (size_t i = 0; i < count; i++)
		if (all || !is_right(&modules[i])) {
			module_line(&modules[i], out);
			findings_text(&modules[i], all, out);
		}
}
