// SPDX-License-Identifier: GPL-2.0-or-later
/* Findings and what is unknown, as results of the report. */
#include <ctype.h>
#include <string.h>

#include "diff/internal.h"

struct result *tell(struct diff *diff, enum diff_rule rule, const char *kind, const char *subject, const char *message)
{
	if (!diff->wanted[rule])
		return NULL;
	struct result *result = report_add(&diff->report, OUTCOME_FINDING);

	result->rule = rule_of(rule);
	result->kind = kind;
	result->subject = subject;
	result->message = message;
	result->consequence = rule_consequence(rule);
	return result;
}

/* "Function removed" within a line; names such as CRC and kprobe keep their letters. */
static char *lower_title(struct arena *arena, const char *title)
{
	char *text = arena_strdup(arena, title);

	if (islower((unsigned char)text[1]))
		text[0] = (char)tolower((unsigned char)text[0]);
	return text;
}

const char *change_message(struct diff *diff, enum diff_rule rule, const char *before, const char *after)
{
	const char *title = lower_title(diff->arena, rule_of(rule)->title);

	if (before && after)
		return arena_printf(diff->arena, "%s: was %s, now %s", title, before, after);
	if (before || after)
		return arena_printf(diff->arena, "%s: %s", title, before ? before : after);
	return title;
}

static void tell_one_unknown(struct diff *diff, const char *kind, const char *subject, const char *reason,
			     bool expected)
{
	if (expected) {
		vec_add(&diff->report.notes,
			arena_printf(diff->arena, "%s %s: not compared: %s", kind, subject, reason));
		return;
	}
	struct result *result = report_add(&diff->report, OUTCOME_UNKNOWN);

	result->kind = kind;
	result->subject = subject;
	result->message = reason;
}

void tell_unknown(struct diff *diff, const char *kind, const char *subject, const char *reason, bool expected)
{
	if (diff->options->unknown) {
		tell_one_unknown(diff, kind, subject, reason, expected);
		return;
	}
	for (size_t i = 0; i < diff->unknowns.count; i++) {
		struct diff_unknown *unknown = &diff->unknowns.items[i];

		if (strcmp(unknown->kind, kind) == 0 && strcmp(unknown->reason, reason) == 0) {
			unknown->count++;
			return;
		}
	}
	vec_add(&diff->unknowns, ((struct diff_unknown){kind, reason, subject, 1, expected}));
}

/* "BIT_initDStream and 12 others" */
static const char *folded_subject(struct diff *diff, const struct diff_unknown *unknown)
{
	if (unknown->count == 1)
		return unknown->first;
	return arena_printf(diff->arena, "%s and %zu other%s", unknown->first, unknown->count - 1,
			    unknown->count == 2 ? "" : "s");
}

void tell_unknowns(struct diff *diff)
{
	for (size_t i = 0; i < diff->unknowns.count; i++) {
		const struct diff_unknown *unknown = &diff->unknowns.items[i];

		tell_one_unknown(diff, unknown->kind, folded_subject(diff, unknown), unknown->reason,
				 unknown->expected);
	}
}
