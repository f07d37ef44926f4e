// SPDX-License-Identifier: GPL-2.0-or-later
/* Every recorded call against the branch that is there. */
#include "validate/code.h"
#include "atlas/str.h"
#include "atlas/validate.h"

#define OUTCOME_KEY(id, key, text)  [id] = (key),
#define OUTCOME_TEXT(id, key, text) [id] = (text),

const char *site_outcome_key(enum site_outcome outcome)
{
	static const char *const keys[] = {SITE_OUTCOMES(OUTCOME_KEY)};

	return keys[outcome];
}

const char *site_outcome_text(enum site_outcome outcome)
{
	static const char *const texts[] = {SITE_OUTCOMES(OUTCOME_TEXT)};

	return texts[outcome];
}

/* "jump to foo+0x10" */
static const char *describe(struct code_check *check, const struct text_branch *branch)
{
	struct arena *arena = &check->report->arena;
	uint64_t target = branch->branch.target;
	const struct code_symbol *symbol;

	if (!branch_is_direct(&branch->branch))
		return branch_kind_text((enum branch_kind)branch->branch.kind);
	if (branch->import)
		return arena_printf(arena, "%s to %s", branch_kind_text((enum branch_kind)branch->branch.kind),
				    branch->import);
	symbol = text_entry(&check->text, target);
	if (symbol)
		return arena_printf(arena, "%s to %s", branch_kind_text((enum branch_kind)branch->branch.kind),
				    symbol->name);
	symbol = text_symbol_around(&check->text, target);
	if (symbol)
		return arena_printf(arena, "%s to %s+0x%llx", branch_kind_text((enum branch_kind)branch->branch.kind),
				    symbol->name, (unsigned long long)(target - symbol->address));
	return arena_printf(arena, "%s to 0x%llx", branch_kind_text((enum branch_kind)branch->branch.kind),
			    (unsigned long long)target);
}

/* `around`: the symbol the branch lies in.  A weak definition that lost to a strong one keeps its code, but no symbol.
 */
static bool stands_in(const struct code_check *check, const struct call_end *caller, const struct text_branch *branch,
		      const struct code_symbol *around)
{
	if (around)
		return is_code_of(&check->text, &check->ends, caller, around);
	const struct call_end *nearest = end_map_before(&check->ends, branch->address);

	return nearest && caller->flags & INSTANCE_HAS_ADDRESS && caller->address == nearest->address;
}

static enum site_outcome check_branch_of(struct code_check *check, const struct recorded_call *call,
					 const struct text_branch *branch, const char **what)
{
	const struct code_symbol *around = text_symbol_around(&check->text, branch->address);

	check->recorded[branch - check->text.branches.items] = true;
	if (around)
		check->speaks[around - check->text.symbols.items] = true;
	if (!stands_in(check, &check->calls->ends[call->caller], branch, around)) {
		*what = arena_printf(&check->report->arena, "stands in %s", around ? around->name : "other code");
		return SITE_CONTRADICTED;
	}
	if (!branch_is_direct(&branch->branch))
		return SITE_INDIRECT;
	const struct call_end *callee = &check->calls->ends[call->callee];
	enum site_outcome outcome = branch->import
					    ? reach_import(callee, branch->import)
					    : reach(&check->text, &check->ends, callee, around ? around->name : NULL,
						    branch->branch.target & check->text.mask);

	if (outcome > SITE_LAST_CONFIRMED)
		*what = describe(check, branch);
	return outcome;
}

static enum site_outcome check_site(struct code_check *check, const struct recorded_call *call, const char **what)
{
	const struct text_branch *branch;

	*what = NULL;
	if (!call->address)
		return SITE_NO_ADDRESS;
	/* A call that never returns may end its section, and the return address lies past it. */
	if (!text_holds(&check->text, (call->address & check->text.mask) - 1) &&
	    !text_holds(&check->text, call->address & check->text.mask))
		return SITE_OUTSIDE;
	branch = text_branch_of(&check->text, call->address);
	if (branch)
		return check_branch_of(check, call, branch, what);
	*what = "no branch there";
	return SITE_CONTRADICTED;
}

static int by_site_address(const void *a, const void *b)
{
	const struct site_finding *x = a, *y = b;

	if (x->outcome != y->outcome)
		return x->outcome < y->outcome ? -1 : 1;
	return (x->address > y->address) - (x->address < y->address);
}

static const struct call_end *keep_end(struct code_check *check, uint32_t end)
{
	struct call_end *kept = arena_alloc(&check->report->arena, sizeof(*kept));

	*kept = check->calls->ends[end];
	return kept;
}

static void check_sites(struct code_check *check)
{
	struct code_report *report = check->report;

	for (size_t i = 0; i < check->calls->call_count; i++) {
		const struct recorded_call *call = &check->calls->calls[i];
		const char *what;
		enum site_outcome outcome = check_site(check, call, &what);

		/* What was found in the code is there: only that it is not would be news. */
		if (call->kind == EDGE_CODE && outcome <= SITE_LAST_CONFIRMED) {
			report->code_sites++;
			continue;
		}
		report->sites[outcome]++;
		report->direct_sites += call->kind == EDGE_DIRECT;
		report->tail_sites += call->kind == EDGE_TAIL;
		if (outcome > SITE_LAST_CONFIRMED)
			vec_add(&report->site_findings, ((struct site_finding){
								.address = call->address,
								.caller = keep_end(check, call->caller),
								.callee = keep_end(check, call->callee),
								.what = what,
								.outcome = outcome,
							}));
	}
	if (report->site_findings.count)
		qsort(report->site_findings.items, report->site_findings.count, sizeof(*report->site_findings.items),
		      by_site_address);
}

static struct error *check_build(struct elf_image *image, const struct recorded_calls *calls)
{
	const char *found;

	TRY(elf_image_build_id(image, &found));
	if (calls->build_id && !str_eq(calls->build_id, found))
		return error_new(ERROR_INPUT,
				 "%s: build id %s, but the atlas was read from %s: give that build with --file",
				 image->path, found ? found : "(none)", calls->build_id);
	return NULL;
}

static struct error *check_image(struct elf_image *image, const struct recorded_calls *calls,
				 struct code_report *report)
{
	struct code_check check = {.calls = calls, .report = report};
	const char *build_id;

	TRY(check_build(image, calls));
	TRY(elf_image_build_id(image, &build_id));
	report->build_id = build_id ? arena_strdup(&report->arena, build_id) : NULL;
	TRY(text_open(image, TEXT_BRANCHES, &check.text));
	end_map_init(&check.ends, calls, check.text.mask);
	report->instructions = check.text.instructions;
	report->undecoded_bytes = check.text.undecoded_bytes;
	report->branches = check.text.branches.count;
	check.recorded = xcalloc(check.text.branches.count, sizeof(*check.recorded));
	check.speaks = xcalloc(check.text.symbols.count, sizeof(*check.speaks));
	check_sites(&check);
	check_branches(&check);
	free(check.recorded);
	free(check.speaks);
	end_map_fini(&check.ends);
	text_close(&check.text);
	return NULL;
}

static void begin_report(const struct code_question *question, struct code_report *report)
{
	*report = (struct code_report){0};
	arena_init(&report->arena);
	report->image = arena_strdup(&report->arena, question->image);
	report->object = arena_strdup(&report->arena, question->object);
	report->path = question->path ? arena_strdup(&report->arena, question->path) : NULL;
}

void code_report_unread(const struct code_question *question, const char *why, struct code_report *report)
{
	begin_report(question, report);
	report->unchecked = arena_strdup(&report->arena, why);
}

struct error *validate_code(const struct code_question *question, struct code_report *report)
{
	struct elf_image image;

	TRY(question->bytes ? elf_image_open_memory(question->path, question->bytes, question->size_bytes, &image)
			    : elf_image_open(question->path, &image));
	begin_report(question, report);
	struct error *err = check_image(&image, question->calls, report);

	elf_image_close(&image);
	if (err)
		code_report_fini(report);
	return err;
}

void code_report_fini(struct code_report *report)
{
	vec_free(&report->site_findings);
	vec_free(&report->branch_findings);
	arena_fini(&report->arena);
}

static uint64_t sum(const uint64_t *counts, int first, int end)
{
	uint64_t total = 0;

	for (int i = first; i < end; i++)
		total += counts[i];
	return total;
}

uint64_t code_report_confirmed(const struct code_report *report)
{
	return sum(report->sites, 0, SITE_LAST_CONFIRMED + 1);
}

uint64_t code_report_unchecked(const struct code_report *report)
{
	return sum(report->sites, SITE_FIRST_UNCHECKED, SITE_OUTCOME_COUNT);
}

uint64_t code_report_without_edge(const struct code_report *report)
{
	return sum(report->without, 0, BRANCH_REASON_COUNT);
}
