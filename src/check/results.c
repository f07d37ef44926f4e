// SPDX-License-Identifier: GPL-2.0-or-later
/* From states to results. */
#include <string.h>

#include "check/baseline.h"
#include "check/run.h"

static struct reference from_baseline(const struct run *run, const struct dependency *dependency,
				      const struct image *image)
{
	const struct baseline_image *from;
	const struct state *state = baseline_find(run->baseline, dependency, image, &from);

	if (!state)
		return (struct reference){0};
	const char *where = str_eq(from->name, image->name) ? "the baseline" : from->name;
	bool same = str_eq(from->arch, image->arch);

	return (struct reference){state, where, same ? state : NULL, where, from->name};
}

/* Prototypes and types against the first image that has it, offsets against the first of the same architecture and
 * flavor. */
static struct reference from_images(const struct run *run, size_t dependency, size_t image)
{
	const struct image *here = run->images[image];
	struct reference found = {0};

	for (size_t i = 0; i < run->image_count; i++) {
		const struct state *state = run_state(run, dependency, i);
		const struct image *one = run->images[i];

		if (state->found != FOUND_YES)
			continue;
		if (!found.state) {
			found.state = state;
			found.where = one->name;
		}
		if (!found.placed && str_eq(one->arch, here->arch) && str_eq(one->flavor, here->flavor)) {
			found.placed = state;
			found.placed_where = one->name;
		}
	}
	return found;
}

static struct reference from_image(const struct run *run, size_t dependency, size_t image)
{
	const struct state *state = &run->reference_states[dependency];
	bool same = str_eq(run->reference->arch, run->images[image]->arch);

	return (struct reference){state, run->reference->name, same ? state : NULL, run->reference->name, NULL};
}

static struct reference find_reference(const struct run *run, size_t dependency, size_t image)
{
	if (run->baseline) {
		struct reference found =
			from_baseline(run, &run->dependencies.items.items[dependency], run->images[image]);

		if (found.state)
			return found;
	}
	return run->reference ? from_image(run, dependency, image) : from_images(run, dependency, image);
}

/* What the user's own object was built with; images are not held against each other then. */
static void compare_own(struct look *look, const struct dependency *dependency, struct state *state)
{
	struct state own = {.found = FOUND_YES};
	const struct reference reference = {&own, "the module", &own, "the module", NULL};

	memcpy(own.values, dependency->own.values, sizeof(own.values));
	state_compare(look, dependency, &reference, state);
}

static bool alternative_is_there(const struct run *run, const struct dependency *dependency, size_t image)
{
	for (size_t d = 0; dependency->own.alternative && d < run->dependencies.items.count; d++) {
		const struct dependency *other = &run->dependencies.items.items[d];

		AUTO_FREE char *name = xasprintf("%s %s", dependency_kind_text(other->kind), other->subject);

		if (str_eq(name, dependency->own.alternative))
			return run_state(run, d, image)->found == FOUND_YES;
	}
	return false;
}

/* Why an absence does no harm; NULL: it does. */
static const char *excuse(const struct run *run, struct arena *arena, const struct dependency *dependency,
			  const struct state *state, size_t image)
{
	if (state->found == FOUND_YES)
		return NULL;
	if (dependency->optional)
		return dependency->why;
	if (alternative_is_there(run, dependency, image))
		return arena_printf(arena, "a flavour of the type, and the program asks for %s, which is there",
				    dependency->own.alternative);
	return NULL;
}

static struct result *add(const struct run *run, struct report *report, enum outcome outcome, size_t dependency,
			  size_t image)
{
	const struct dependency *of = &run->dependencies.items.items[dependency];
	struct result *result = report_add(report, outcome);

	result->kind = dependency_kind_text(of->kind);
	result->subject = arena_strdup(&report->arena, of->subject);
	result->image = report->columns.items[image];
	result->file = of->file ? arena_strdup(&report->arena, of->file) : NULL;
	result->line = of->line;
	result->message = "";
	return result;
}

static void add_unknowns(const struct run *run, struct report *report, size_t dependency, size_t image,
			 const struct state *state)
{
	AUTO_STR struct str text = {0};

	for (const struct str_list *one = state->unknowns; one; one = one->next)
		str_addf(&text, "%s%s", text.length ? "; " : "", one->text);
	add(run, report, OUTCOME_UNKNOWN, dependency, image)->message =
		arena_strdup(&report->arena, text.length ? text.data : "not known");
}

static void add_issues(const struct run *run, struct report *report, size_t dependency, size_t image,
		       const struct state *state, const struct reference *reference)
{
	for (const struct issue *issue = state->issues; issue; issue = issue->next) {
		struct result *result = add(run, report, OUTCOME_FINDING, dependency, image);

		result->rule = check_rule(issue->rule);
		result->consequence = check_rule_consequence(issue->rule);
		result->cell = check_rule_cell(issue->rule);
		result->message = arena_strdup(&report->arena, issue->message);
		if (run->baseline)
			result->known = baseline_knows(run->baseline, result, reference->image);
	}
}

static void add_results(const struct run *run, struct report *report, size_t dependency, size_t image,
			const struct reference *reference)
{
	const struct state *state = run_state(run, dependency, image);
	const char *harmless = excuse(run, &report->arena, &run->dependencies.items.items[dependency], state, image);

	if (harmless) {
		struct result *result = add(run, report, OUTCOME_HOLDS, dependency, image);

		result->cell = "guarded";
		result->message =
			arena_printf(&report->arena, "%s; %s", state->missing ? state->missing : "absent", harmless);
		return;
	}
	add_issues(run, report, dependency, image, state, reference);
	if (state->unknowns || state->found == FOUND_UNKNOWN)
		add_unknowns(run, report, dependency, image, state);
	else if (!state->issues)
		add(run, report, OUTCOME_HOLDS, dependency, image)->message =
			state->remark ? arena_strdup(&report->arena, state->remark) : "";
}

static void add_baseline_note(const struct run *run, struct report *report)
{
	size_t missing = 0;

	for (size_t d = 0; run->baseline && d < run->dependencies.items.count; d++) {
		const struct baseline_image *from;

		missing += !baseline_find(run->baseline, &run->dependencies.items.items[d], run->images[0], &from);
	}
	if (missing)
		vec_add(&report->notes,
			arena_printf(&report->arena,
				     "not in the baseline, so compared between the images: %zu of the dependencies",
				     missing));
}

/* States are compared before any is changed by the comparison. */
void run_report(struct run *run, struct report *report)
{
	struct look look = {.store = run->store, .arena = &run->arena, .layouts = run->options->layouts};
	struct reference *references = arena_alloc(&run->arena, run->image_count * sizeof(*references));

	add_baseline_note(run, report);
	for (size_t d = 0; d < run->dependencies.items.count; d++) {
		const struct dependency *dependency = &run->dependencies.items.items[d];

		for (size_t i = 0; i < run->image_count; i++)
			references[i] = find_reference(run, d, i);
		for (size_t i = 0; i < run->image_count; i++) {
			struct state *state = run_state(run, d, i);

			look.image = run->images[i];
			if (dependency->own.built_with)
				compare_own(&look, dependency, state);
			else if (references[i].state)
				state_compare(&look, dependency, &references[i], state);
		}
		for (size_t i = 0; i < run->image_count; i++)
			add_results(run, report, d, i, &references[i]);
	}
}
