// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * JUnit: a suite an image (or the one of a diff), a case a thing.  No standard says what the format is: this holds to
 * the schema of Jenkins, in which a skipped case has no message but its text.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "writers.h"

/* XML 1.0 has no way to say most control characters, and nothing for bytes that are not UTF-8. */
static void add_xml(struct str *out, const char *text, bool in_attribute)
{
	for (size_t left = strlen(text); left;) {
		size_t bytes = utf8_length(text, left);
		unsigned char c = (unsigned char)*text;

		if (bytes == 0 || (c < 0x20 && c != '\n' && c != '\t'))
			str_add(out, "\xef\xbf\xbd");
		else if ((in_attribute && (c == '\n' || c == '\t')) || strchr("&<>\"'", c))
			str_addf(out, "&#%d;", c);
		else
			str_addn(out, text, bytes);
		text += bytes ? bytes : 1;
		left -= bytes ? bytes : 1;
	}
}

static void add_attribute(struct str *out, const char *name, const char *value)
{
	str_addf(out, " %s=\"", name);
	add_xml(out, value, true);
	str_addc(out, '"');
}

/* A case: results of one kind, subject and image, in the order of the first. */
struct junit_case {
	size_t first, count; /* in `order` */
	const struct result *worst;
};

struct suite {
	const char *name;
	size_t first, count; /* cases */
	size_t failures, errors, skipped;
};

struct plan {
	size_t *order;
	struct junit_case *cases;
	struct suite *suites;
	size_t suite_count;
};

static int by_case(const void *a, const void *b, void *report_)
{
	const struct report *report = report_;
	size_t left = *(const size_t *)a, right = *(const size_t *)b;
	const struct result *l = &report->results.items[left], *r = &report->results.items[right];
	int order = strcmp(l->image ? l->image : "", r->image ? r->image : "");

	if (order == 0)
		order = strcmp(l->kind, r->kind);
	if (order == 0)
		order = strcmp(l->subject, r->subject);
	return order ? order : (left > right) - (left < right);
}

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

enum badness { HOLDS, IS_TOLD, IS_LEFT_ASIDE, IS_UNKNOWN, FAILS };

/* Findings before what is unknown before what is left aside before what only is told before what holds. */
static int badness(const struct report *report, const struct result *result)
{
	if (result_counts(result))
		return result->rule->severity < report->fail_on ? IS_TOLD : FAILS + (int)result->rule->severity;
	if (result->outcome == OUTCOME_HOLDS)
		return HOLDS;
	return result->suppressed || result->known ? IS_LEFT_ASIDE : IS_UNKNOWN;
}

static void count_case(const struct report *report, struct suite *suite, const struct result *worst)
{
	int bad = badness(report, worst);

	suite->failures += bad >= FAILS;
	suite->skipped += bad == IS_LEFT_ASIDE;
	suite->errors += bad == IS_UNKNOWN;
}

static void make_plan(const struct report *report, struct arena *arena, struct plan *plan)
{
	const struct result *results = report->results.items;
	size_t total = report->results.count, cases = 0;

	plan->order = arena_alloc(arena, (total + 1) * sizeof(*plan->order));
	plan->cases = arena_alloc(arena, (total + 1) * sizeof(*plan->cases));
	plan->suites = arena_zalloc(arena, (total + 1) * sizeof(*plan->suites));
	plan->suite_count = 0;
	for (size_t i = 0; i < total; i++)
		plan->order[i] = i;
	qsort_r(plan->order, total, sizeof(*plan->order), by_case, (void *)(uintptr_t)report);
	for (size_t i = 0; i < total; i++) {
		const struct result *result = &results[plan->order[i]];
		const struct result *before = i ? &results[plan->order[i - 1]] : NULL;
		bool same_suite = before && same_text(before->image, result->image);

		if (!same_suite)
			plan->suites[plan->suite_count++] =
				(struct suite){.name = result->image ? result->image : report->title, .first = cases};
		if (!same_suite || !same_text(before->kind, result->kind) ||
		    !same_text(before->subject, result->subject)) {
			plan->cases[cases++] = (struct junit_case){i, 0, result};
			plan->suites[plan->suite_count - 1].count++;
		}
		struct junit_case *last = &plan->cases[cases - 1];

		last->count++;
		if (badness(report, result) > badness(report, last->worst))
			last->worst = result;
	}
	for (size_t i = 0; i < plan->suite_count; i++)
		for (size_t c = 0; c < plan->suites[i].count; c++)
			count_case(report, &plan->suites[i], plan->cases[plan->suites[i].first + c].worst);
}

static void add_message(struct str *out, const struct result *result)
{
	if (result->file)
		add_xml(out, result->file, false);
	if (result->file && result->line)
		str_addf(out, ":%u", result->line);
	str_add(out, result->file ? ": " : "");
	add_xml(out, result->message, false);
	if (result->consequence)
		str_addf(out, " -&gt; %s", result->consequence);
	if (result->detail) {
		str_addc(out, '\n');
		add_xml(out, result->detail, false);
	}
	str_addc(out, '\n');
}

static void add_case(const struct report *report, const struct plan *plan, const struct junit_case *junit_case,
		     struct arena *arena, struct str *out)
{
	const struct result *worst = junit_case->worst;
	int bad = badness(report, worst);

	str_add(out, "    <testcase");
	add_attribute(out, "classname", arena_printf(arena, "atlasgen.%s.%s", report->verb, worst->kind));
	add_attribute(out, "name", arena_printf(arena, "%s %s", worst->kind, worst->subject));
	str_add(out, " time=\"0\"");
	if (bad == HOLDS) {
		str_add(out, "/>\n");
		return;
	}
	const char *element = bad == IS_TOLD	     ? "system-out"
			      : bad == IS_LEFT_ASIDE ? "skipped"
			      : bad == IS_UNKNOWN    ? "error"
						     : "failure";

	str_addf(out, ">\n      <%s", element);
	if (bad == IS_TOLD) {
		str_addc(out, '>');
	} else if (bad == IS_LEFT_ASIDE) {
		str_addc(out, '>');
		add_xml(out, worst->suppressed ? worst->suppressed : "known from the baseline", false);
		str_addc(out, '\n');
	} else {
		add_attribute(out, "message", worst->message);
		add_attribute(out, "type", worst->rule ? worst->rule->id : "unknown");
		str_addc(out, '>');
	}
	for (size_t i = 0; i < junit_case->count; i++) {
		const struct result *result = &report->results.items[plan->order[junit_case->first + i]];

		if (result->outcome != OUTCOME_HOLDS)
			add_message(out, result);
	}
	str_addf(out, "</%s>\n    </testcase>\n", element);
}

/* SOURCE_DATE_EPOCH, so that equal runs give equal bytes where that is wanted. */
static const char *timestamp(struct arena *arena)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t now = epoch && *epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
	char *text = arena_alloc(arena, 64);
	struct tm tm;

	if (!gmtime_r(&now, &tm) || strftime(text, 64, "%Y-%m-%dT%H:%M:%S", &tm) == 0)
		return "1970-01-01T00:00:00";
	return text;
}

static void add_suite(const struct report *report, const struct plan *plan, size_t index, struct arena *arena,
		      struct str *out)
{
	const struct suite *suite = &plan->suites[index];

	str_add(out, "  <testsuite");
	add_attribute(out, "name", suite->name);
	add_attribute(out, "package", arena_printf(arena, "atlasgen.%s", report->verb));
	str_addf(out,
		 " id=\"%zu\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" time=\"0\" "
		 "hostname=\"localhost\" timestamp=\"%s\">\n    <properties>\n      <property name=\"atlasgen\" "
		 "value=\"" ATLASGEN_VERSION "\"/>\n    </properties>\n",
		 index, suite->count, suite->failures, suite->errors, suite->skipped, timestamp(arena));
	for (size_t i = 0; i < suite->count; i++)
		add_case(report, plan, &plan->cases[suite->first + i], arena, out);
	str_add(out, "  </testsuite>\n");
}

void report_junit(const struct report *report, struct str *out)
{
	struct arena arena;
	struct plan plan;

	arena_init(&arena);
	make_plan(report, &arena, &plan);
	str_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
	for (size_t i = 0; i < plan.suite_count; i++)
		add_suite(report, &plan, i, &arena, out);
	str_add(out, "</testsuites>\n");
	arena_fini(&arena);
}
