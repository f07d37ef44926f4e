// SPDX-License-Identifier: GPL-2.0-or-later
#include "groups.h"

#include <string.h>

#include "atlas/str.h"

/* Worst first. */
enum weight {
	WEIGHT_INCOMPATIBLE,
	WEIGHT_CHANGE,
	WEIGHT_ADDITION,
	WEIGHT_UNKNOWN,
	WEIGHT_SUPPRESSED,
	WEIGHT_KNOWN,
	WEIGHT_HOLDS
};

static enum weight weight_of(const struct result *result)
{
	if (result->outcome == OUTCOME_HOLDS)
		return WEIGHT_HOLDS;
	if (result->suppressed)
		return WEIGHT_SUPPRESSED;
	if (result->known)
		return WEIGHT_KNOWN;
	if (result->outcome == OUTCOME_UNKNOWN)
		return WEIGHT_UNKNOWN;
	return WEIGHT_INCOMPATIBLE + (SEVERITY_INCOMPATIBLE - result->rule->severity);
}

const char *weight_text(const struct result *result)
{
	static const char *const texts[] = {
		[WEIGHT_INCOMPATIBLE] = "incompatible",
		[WEIGHT_CHANGE] = "change",
		[WEIGHT_ADDITION] = "addition",
		[WEIGHT_UNKNOWN] = "unknown",
		[WEIGHT_SUPPRESSED] = "suppressed",
		[WEIGHT_KNOWN] = "known",
		[WEIGHT_HOLDS] = "holds",
	};

	return texts[weight_of(result)];
}

struct report_counts count_results(const struct report *report)
{
	struct report_counts counts = {0};

	for (size_t i = 0; i < report->results.count; i++) {
		const struct result *result = &report->results.items[i];

		if (result->outcome == OUTCOME_HOLDS)
			counts.holds++;
		else if (result->suppressed)
			counts.suppressed++;
		else if (result->known)
			counts.known++;
		else if (result->outcome == OUTCOME_UNKNOWN)
			counts.unknown++;
		else
			counts.findings[result->rule->severity]++;
	}
	return counts;
}

/* By everything but the image; then as they were added. */
static int same_but_image(const struct result *a, const struct result *b)
{
	const char *left[] = {a->kind, a->subject, a->message, a->detail, a->consequence, a->suppressed, a->file};
	const char *right[] = {b->kind, b->subject, b->message, b->detail, b->consequence, b->suppressed, b->file};

	for (size_t i = 0; i < ARRAY_LEN(left); i++) {
		int order = left[i] && right[i] ? strcmp(left[i], right[i]) : (left[i] != NULL) - (right[i] != NULL);

		if (order)
			return order;
	}
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->rule == b->rule)
		return 0;
	return !a->rule ? -1 : !b->rule ? 1 : strcmp(a->rule->id, b->rule->id);
}

static int by_likeness(const void *a, const void *b, void *report_)
{
	const struct report *report = report_;
	size_t left = *(const size_t *)a, right = *(const size_t *)b;
	const struct result *l = &report->results.items[left], *r = &report->results.items[right];
	int order = weight_of(l) != weight_of(r) ? (int)weight_of(l) - (int)weight_of(r) : same_but_image(l, r);

	return order ? order : (left > right) - (left < right);
}

static int by_weight(const void *a, const void *b, void *report_)
{
	const struct report *report = report_;
	const struct result_group *left = a, *right = b;
	int order = (int)weight_of(&report->results.items[left->first]) -
		    (int)weight_of(&report->results.items[right->first]);

	return order ? order : (left->first > right->first) - (left->first < right->first);
}

const struct result_group *group_results(const struct report *report, struct arena *arena, size_t *count)
{
	const struct result *results = report->results.items;
	size_t *order = arena_alloc(arena, (report->results.count + 1) * sizeof(*order)), listed = 0;
	struct result_group *groups;
	void *context = (void *)(uintptr_t)report;

	for (size_t i = 0; i < report->results.count; i++)
		if (results[i].outcome != OUTCOME_HOLDS)
			order[listed++] = i;
	qsort_r(order, listed, sizeof(*order), by_likeness, context);
	groups = arena_alloc(arena, (listed + 1) * sizeof(*groups));
	*count = 0;
	for (size_t i = 0; i < listed; i++) {
		const struct result *result = &results[order[i]];
		struct result_group *last = *count ? &groups[*count - 1] : NULL;

		if (last && weight_of(&results[last->first]) == weight_of(result) &&
		    same_but_image(&results[last->first], result) == 0)
			last->count++;
		else
			groups[(*count)++] = (struct result_group){order[i], order + i, 1};
	}
	qsort_r(groups, *count, sizeof(*groups), by_weight, context);
	return groups;
}

const char *group_images(const struct report *report, const struct result_group *group, struct arena *arena)
{
	const struct result *results = report->results.items;
	size_t columns = report->columns.count;

	if (!results[group->first].image)
		return "";
	if (group->count == 1)
		return arena_printf(arena, "on %s", results[group->first].image);
	if (columns && group->count == columns)
		return arena_printf(arena, "on all %zu images", columns);
	AUTO_STR struct str text = {0};

	str_addf(&text, "on %zu", group->count);
	if (columns)
		str_addf(&text, " of %zu", columns);
	str_add(&text, " images:");
	for (size_t i = 0; i < group->count; i++)
		str_addf(&text, "%s %s", i ? "," : "", results[group->members[i]].image);
	return arena_strndup(arena, text.data, text.length);
}

static size_t column_of(const struct report *report, const char *image)
{
	for (size_t i = 0; i < report->columns.count; i++)
		if (image && strcmp(report->columns.items[i], image) == 0)
			return i;
	return report->columns.count;
}

const char *group_numbers(const struct report *report, const struct result_group *group, struct arena *arena)
{
	const struct result *results = report->results.items;
	size_t columns = report->columns.count, run = 0;
	AUTO_STR struct str text = {0};

	if (!columns || group->count == 1 || group->count == columns)
		return group_images(report, group, arena);
	bool *among = arena_zalloc(arena, (columns + 1) * sizeof(*among));

	for (size_t i = 0; i < group->count; i++)
		among[column_of(report, results[group->members[i]].image)] = true;
	among[columns] = false;
	str_addf(&text, "on %zu of %zu images:", group->count, columns);
	for (size_t i = 0; i <= columns; i++) {
		if (among[i]) {
			run++;
			continue;
		}
		if (run)
			str_addf(&text, "%s %zu", strchr(text.data, ':')[1] ? "," : "", i - run + 1);
		if (run > 1)
			str_addf(&text, "-%zu", i);
		run = 0;
	}
	return arena_strndup(arena, text.data, text.length);
}

static int by_thing(const struct result *a, const struct result *b)
{
	int order = strcmp(a->kind, b->kind);

	return order ? order : strcmp(a->subject, b->subject);
}

static int by_thing_index(const void *a, const void *b, void *report_)
{
	const struct report *report = report_;
	size_t left = *(const size_t *)a, right = *(const size_t *)b;
	int order = by_thing(&report->results.items[left], &report->results.items[right]);

	return order ? order : (left > right) - (left < right);
}

static int by_first(const void *a, const void *b)
{
	const struct result_group *left = a, *right = b;

	return (left->first > right->first) - (left->first < right->first);
}

static void fill_row(const struct report *report, const struct result_group *thing, struct arena *arena,
		     struct matrix_row *row)
{
	const struct result *first = &report->results.items[thing->first];

	*row = (struct matrix_row){first->kind, first->subject, NULL};
	row->cells = arena_zalloc(arena, (report->columns.count + 1) * sizeof(*row->cells));
	for (size_t i = 0; i < thing->count; i++) {
		const struct result *result = &report->results.items[thing->members[i]];
		size_t column = column_of(report, result->image);

		if (column < report->columns.count &&
		    (!row->cells[column] || weight_of(result) < weight_of(row->cells[column])))
			row->cells[column] = result;
	}
}

const struct matrix_row *matrix_rows(const struct report *report, struct arena *arena, size_t *count)
{
	size_t total = report->results.count, things = 0;
	size_t *order = arena_alloc(arena, (total + 1) * sizeof(*order));
	struct result_group *groups = arena_alloc(arena, (total + 1) * sizeof(*groups));

	for (size_t i = 0; i < total; i++)
		order[i] = i;
	qsort_r(order, total, sizeof(*order), by_thing_index, (void *)(uintptr_t)report);
	for (size_t i = 0; i < total; i++) {
		if (things &&
		    by_thing(&report->results.items[groups[things - 1].first], &report->results.items[order[i]]) == 0)
			groups[things - 1].count++;
		else
			groups[things++] = (struct result_group){order[i], order + i, 1};
	}
	if (things)
		qsort(groups, things, sizeof(*groups), by_first);
	struct matrix_row *rows = arena_alloc(arena, (things + 1) * sizeof(*rows));

	for (size_t i = 0; i < things; i++)
		fill_row(report, &groups[i], arena, &rows[i]);
	*count = things;
	return rows;
}

const char *cell_text(const struct result *result)
{
	if (!result)
		return "-";
	if (result->cell)
		return result->cell;
	if (result->outcome == OUTCOME_HOLDS)
		return "ok";
	return result->outcome == OUTCOME_UNKNOWN ? "unknown" : result->rule->title;
}

static int by_id(const void *a, const void *b)
{
	const struct rule *const *left = a, *const *right = b;

	return strcmp((*left)->id, (*right)->id);
}

const struct rule **used_rules(const struct report *report, struct arena *arena, size_t *count)
{
	const struct rule **rules = arena_alloc(arena, (report->results.count + 1) * sizeof(*rules));
	size_t all = 0;

	for (size_t i = 0; i < report->results.count; i++) {
		const struct rule *rule = report->results.items[i].rule;

		if (rule && (all == 0 || rules[all - 1] != rule))
			rules[all++] = rule;
	}
	if (all)
		qsort(rules, all, sizeof(*rules), by_id);
	*count = 0;
	for (size_t i = 0; i < all; i++)
		if (*count == 0 || strcmp(rules[*count - 1]->id, rules[i]->id) != 0)
			rules[(*count)++] = rules[i];
	return rules;
}

size_t rule_index(const struct rule *const *rules, size_t count, const struct rule *rule)
{
	const struct rule *const *found = bsearch(&rule, rules, count, sizeof(*rules), by_id);

	return (size_t)(found - rules);
}
