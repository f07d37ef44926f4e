// SPDX-License-Identifier: GPL-2.0-or-later
/* What a baseline says of a dependency on an image. */
#include <string.h>

#include "atlas/search.h"
#include "atlas/str.h"
#include "check/baseline.h"

static bool has_image(const struct baseline_row *row, const char *name)
{
	for (const char **image = row->images; *image; image++)
		if (str_eq(*image, name))
			return true;
	return false;
}

static int name_order(const char *kind_a, const char *subject_a, const char *kind_b, const char *subject_b)
{
	int order = strcmp(kind_a, kind_b);

	return order ? order : strcmp(subject_a, subject_b);
}

static size_t first_row(const struct baseline *baseline, const char *kind, const char *subject)
{
	return lower_bound(at, baseline->rows.count,
			   name_order(baseline->rows.items[at].kind, baseline->rows.items[at].subject, kind, subject) <
				   0);
}

static size_t first_finding(const struct baseline *baseline, const char *kind, const char *subject)
{
	return lower_bound(
		at, baseline->findings.count,
		name_order(baseline->findings.items[at].kind, baseline->findings.items[at].subject, kind, subject) < 0);
}

static const struct state *state_on(const struct baseline *baseline, const struct dependency *dependency,
				    const char *image)
{
	const char *kind = dependency_kind_text(dependency->kind), *subject = dependency->subject;

	for (size_t i = first_row(baseline, kind, subject); i < baseline->rows.count; i++) {
		const struct baseline_row *row = &baseline->rows.items[i];

		if (name_order(row->kind, row->subject, kind, subject) != 0)
			break;
		if (has_image(row, image))
			return &row->state;
	}
	return NULL;
}

const struct state *baseline_find(const struct baseline *baseline, const struct dependency *dependency,
				  const struct image *image, const struct baseline_image **from)
{
	const struct state *best = NULL;

	for (size_t i = 0; i < baseline->images.count; i++) {
		const struct baseline_image *one = &baseline->images.items[i];
		bool own = str_eq(one->name, image->name);
		const struct state *state = state_on(baseline, dependency, one->name);

		if (state && own) {
			*from = one;
			return state;
		}
		if (!state || state->found != FOUND_YES)
			continue;
		if (!best || str_eq(one->arch, image->arch) || !str_eq((*from)->arch, image->arch)) {
			best = state;
			*from = one;
		}
	}
	return best;
}

/* Issues that are a state and not a change: their words may count copies and calls, which is no news. */
static bool is_state(const char *rule)
{
	static const enum check_rule rules[] = {
		RULE_ABSENCE,
		RULE_FULL_INLINE,
		RULE_SELECTIVE_INLINE,
		RULE_TRANSFORMATION,
		RULE_PARTIAL_TRANSFORMATION,
		RULE_DUPLICATION,
		RULE_COLLISION,
		RULE_NO_ATTACH,
		RULE_NOT_EXPORTED,
	};

	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		if (str_eq(check_rule(rules[i])->id, rule))
			return true;
	return false;
}

bool baseline_knows(const struct baseline *baseline, const struct result *result, const char *from)
{
	for (size_t i = first_finding(baseline, result->kind, result->subject); i < baseline->findings.count; i++) {
		const struct baseline_finding *finding = &baseline->findings.items[i];

		if (name_order(finding->kind, finding->subject, result->kind, result->subject) != 0)
			break;
		if (str_eq(finding->rule, result->rule->id) &&
		    (str_eq(finding->image, result->image) || str_eq(finding->image, from)) &&
		    (is_state(finding->rule) || str_eq(finding->message, result->message)))
			return true;
	}
	return false;
}
