// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/report.h"

#include <string.h>

static const char *const severity_names[SEVERITY_COUNT] = {
	[SEVERITY_ADDITION] = "addition",
	[SEVERITY_CHANGE] = "change",
	[SEVERITY_INCOMPATIBLE] = "incompatible",
};

const char *severity_name(enum severity severity)
{
	return severity_names[severity];
}

struct error *severity_parse(const char *word, enum severity *severity)
{
	if (strcmp(word, "none") == 0) {
		*severity = SEVERITY_NEVER;
		return NULL;
	}
	for (int i = 0; i < SEVERITY_COUNT; i++) {
		if (strcmp(word, severity_names[i]) == 0) {
			*severity = (enum severity)i;
			return NULL;
		}
	}
	return error_new(ERROR_USAGE, "--fail-on %s: none, addition, change or incompatible is needed", word);
}

void report_init(struct report *report, const char *verb, const char *title)
{
	memset(report, 0, sizeof(*report));
	arena_init(&report->arena);
	report->verb = arena_strdup(&report->arena, verb);
	report->title = arena_strdup(&report->arena, title);
}

void report_fini(struct report *report)
{
	vec_free(&report->results);
	vec_free(&report->columns);
	vec_free(&report->notes);
	arena_fini(&report->arena);
}

struct result *report_add(struct report *report, enum outcome outcome)
{
	struct result *result = vec_push(&report->results);

	memset(result, 0, sizeof(*result));
	result->outcome = outcome;
	return result;
}

bool result_counts(const struct result *result)
{
	return result->outcome == OUTCOME_FINDING && !result->suppressed && !result->known;
}

/* FNV-1a: stable over runs, machines and versions of the program. */
static uint32_t text_hash(const char *text)
{
	uint32_t hash = 2166136261u;

	for (; text && *text; text++)
		hash = (hash ^ (unsigned char)*text) * 16777619u;
	return hash;
}

const char *result_key(const struct result *result, struct arena *arena)
{
	return arena_printf(arena, "%s %s %s %s %08x", result->rule ? result->rule->id : "-", result->kind,
			    result->subject, result->image ? result->image : "-", text_hash(result->message));
}

int report_status(const struct report *report, enum severity fail_on, bool allow_unknown)
{
	int status = 0;
	bool unknown = false;

	for (size_t i = 0; i < report->results.count; i++) {
		const struct result *result = &report->results.items[i];

		unknown = unknown || (result->outcome == OUTCOME_UNKNOWN && !result->suppressed);
		if (!result_counts(result) || result->rule->severity < fail_on)
			continue;
		status |= result->rule->severity == SEVERITY_INCOMPATIBLE ? 12 : 4;
	}
	return status == 0 && unknown && !allow_unknown ? 1 : status;
}
