// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reports: status, suppressions, requests.  With a directory as argument the program writes a sample of each format
 * into it instead, for tests/report.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "atlas/report.h"
#include "atlas/str.h"

static const struct rule removed = {"function-removed", "Function removed", "What calls it does not link.",
				    SEVERITY_INCOMPATIBLE};
static const struct rule inlined = {"selective-inline", "Selective Inline", "A probe misses the inlined copies.",
				    SEVERITY_CHANGE};
static const struct rule added = {"function-added", "Function added", "It is new.", SEVERITY_ADDITION};

static struct result *finding(struct report *report, const struct rule *rule, const char *subject, const char *image)
{
	struct result *result = report_add(report, OUTCOME_FINDING);

	result->rule = rule;
	result->kind = "function";
	result->subject = subject;
	result->image = image;
	result->message = "it is not what it was";
	return result;
}

static void plain(struct report *report, enum outcome outcome, const char *subject, const char *image)
{
	struct result *result = report_add(report, outcome);

	result->kind = "function";
	result->subject = subject;
	result->image = image;
	result->message = outcome == OUTCOME_UNKNOWN ? "the tables were not read" : NULL;
}

static void statuses(void **state)
{
	struct report report;

	(void)state;
	report_init(&report, "diff", "a and b");
	assert_int_equal(report_status(&report, SEVERITY_ADDITION, false), 0);
	plain(&report, OUTCOME_HOLDS, "a", NULL);
	assert_int_equal(report_status(&report, SEVERITY_ADDITION, false), 0);
	plain(&report, OUTCOME_UNKNOWN, "b", NULL);
	assert_int_equal(report_status(&report, SEVERITY_ADDITION, false), 1);
	assert_int_equal(report_status(&report, SEVERITY_ADDITION, true), 0);
	finding(&report, &added, "c", NULL);
	assert_int_equal(report_status(&report, SEVERITY_ADDITION, false), 4);
	assert_int_equal(report_status(&report, SEVERITY_CHANGE, true), 0);
	finding(&report, &inlined, "d", NULL);
	assert_int_equal(report_status(&report, SEVERITY_CHANGE, false), 4);
	assert_int_equal(report_status(&report, SEVERITY_INCOMPATIBLE, true), 0);
	finding(&report, &removed, "e", NULL)->known = true;
	assert_int_equal(report_status(&report, SEVERITY_ADDITION, false), 4);
	finding(&report, &removed, "f", NULL);
	assert_int_equal(report_status(&report, SEVERITY_INCOMPATIBLE, false), 12);
	assert_int_equal(report_status(&report, SEVERITY_NEVER, true), 0);
	report_fini(&report);
}

static void severities(void **state)
{
	enum severity severity;

	(void)state;
	assert_null(severity_parse("none", &severity));
	assert_int_equal(severity, SEVERITY_NEVER);
	assert_null(severity_parse("incompatible", &severity));
	assert_int_equal(severity, SEVERITY_INCOMPATIBLE);
	struct error *err = severity_parse("bad", &severity);

	assert_non_null(err);
	assert_int_equal(error_exit_status(err), 3);
	error_free(err);
}

/* A key names the finding, not the run: another message is another finding. */
static void keys(void **state)
{
	struct report report;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	report_init(&report, "check", "t");
	finding(&report, &removed, "f", "6.1");
	finding(&report, &removed, "f", "6.1")->message = "another";
	const char *first = result_key(&report.results.items[0], &arena);

	assert_memory_equal(first, "function-removed function f 6.1 ", 32);
	assert_string_equal(first, result_key(&report.results.items[0], &arena));
	assert_string_not_equal(first, result_key(&report.results.items[1], &arena));
	report_fini(&report);
	arena_fini(&arena);
}

/* Reads `text` as a suppressions file on the day 20000 (2024-10-04). */
static struct error *read_text(const char *text, struct suppressions *suppressions)
{
	char path[] = "/tmp/suppressions.XXXXXX";
	int descriptor = mkstemp(path);

	assert_true(descriptor >= 0);
	assert_int_equal(write(descriptor, text, strlen(text)), (ssize_t)strlen(text));
	close(descriptor);
	struct error *err = suppressions_read(path, 20000, suppressions);

	unlink(path);
	return err;
}

static void refused(const char *text, const char *expected)
{
	struct suppressions suppressions;
	struct error *err = read_text(text, &suppressions);

	assert_non_null(err);
	assert_int_equal(error_exit_status(err), 1);
	assert_non_null(strstr(err->text, expected));
	error_free(err);
}

static void suppressions_refused(void **state)
{
	(void)state;
	refused("name = x\n", ":1: a [suppress] line must come first");
	refused("[suppress]\nname = x\n", ":1: this suppression has no reason");
	refused("[suppress]\nreason = x\n[suppress]\n", ":1: this suppression has no name");
	refused("[other]\n", ":1: the only section");
	refused("\n[suppress]\nwhat = x\n", ":3: what: not one of");
	refused("[suppress]\nname\n", ":2: neither");
	refused("[suppress]\nname =  ; all of them\n", ":2: the value is missing");
	refused("[suppress]\nexpires = soon\n", ":2: expires: a day such as");
	refused("[suppress]\nexpires = 2024-02-31\n", ":2: expires: there is no such day");
	refused("[suppress]\nname = x\nreason = y\nexpires = 2024-10-03\n",
		":4: this suppression expired after 2024-10-03");
}

static void suppressions_used(void **state)
{
	struct suppressions suppressions;
	struct report report;

	(void)state;
	assert_null(
		read_text("; ours\n[suppress]\nname = f_* , g\nchange = function-*\nimage = *-armhf\nreason = r # c\n"
			  "expires = 2024-10-04\n[suppress]\nname = never\nreason = none\n",
			  &suppressions));
	report_init(&report, "check", "t");
	finding(&report, &removed, "f_x", "6.1-armhf");
	finding(&report, &removed, "f_x", "6.1-amd64");
	finding(&report, &inlined, "f_x", "6.1-armhf");
	finding(&report, &removed, "h", "6.1-armhf");
	finding(&report, &removed, "g", "6.1-armhf");
	suppressions_apply(&suppressions, &report);
	assert_string_equal(report.results.items[0].suppressed, "r");
	assert_null(report.results.items[1].suppressed);
	assert_null(report.results.items[2].suppressed);
	assert_null(report.results.items[3].suppressed);
	assert_string_equal(report.results.items[4].suppressed, "r");
	struct error *err = suppressions_unused(&suppressions);

	assert_non_null(err);
	assert_non_null(strstr(err->text, "the suppression of line 8 matched nothing"));
	error_free(err);
	suppressions_fini(&suppressions);
	report_fini(&report);
}

static void request_refused(struct report_requests *requests, const char *text)
{
	struct error *err = report_request_add(requests, text);

	assert_non_null(err);
	assert_int_equal(error_exit_status(err), 3);
	error_free(err);
}

static void requests(void **state)
{
	struct report_requests all = {0};

	(void)state;
	assert_null(report_request_add(&all, "sarif:a.sarif"));
	assert_null(report_request_add(&all, "json"));
	request_refused(&all, "text");
	request_refused(&all, "junit:-");
	request_refused(&all, "xml:file");
	request_refused(&all, "sarif:");
	assert_int_equal(all.items.count, 2);
	report_requests_fini(&all);
}

/* A report that cannot be written leaves the one that was there. */
static void unwritable(void **state)
{
	struct report_requests all = {0};
	struct report report;

	(void)state;
	report_init(&report, "check", "t");
	assert_null(report_request_add(&all, "json:/nowhere/at/all/report.json"));
	struct error *err = report_write_all(&report, &all, true);

	assert_non_null(err);
	assert_int_equal(error_exit_status(err), 1);
	assert_non_null(strstr(err->text, "/nowhere/at/all/report.json"));
	error_free(err);
	report_requests_fini(&all);
	report_fini(&report);
}

/* Names that every format must keep from being read as its own signs. */
#define HOSTILE "<b>&\"'|`x`\n::error::%0A,]]>\x01\xff"

static void add_sample(struct report *report)
{
	struct result *result;

	vec_add(&report->columns, "6.1-generic-amd64");
	vec_add(&report->columns, "6.12-generic-amd64");
	report->matrix = true;
	plain(report, OUTCOME_HOLDS, "mempool_alloc", "6.1-generic-amd64");
	result = finding(report, &removed, "mempool_alloc", "6.12-generic-amd64");
	result->message = "no such function; mempool_alloc is a macro over mempool_alloc_noprof";
	result->consequence = "error";
	result->cell = "Absence";
	result->file = "./deps/my list.txt";
	result->line = 3;
	for (size_t i = 0; i < 2; i++) {
		result = finding(report, &inlined, "mempool_free", report->columns.items[i]);
		result->detail = "mm/mempool.c:10 in a\nmm/mempool.c:20 in b";
		result->consequence = "missing invocation";
		result->file = "./deps/my list.txt";
		result->line = 4;
	}
	finding(report, &added, HOSTILE, "6.12-generic-amd64");
	finding(report, &removed, "old", "6.1-generic-amd64")->suppressed = "there is a fallback";
	finding(report, &removed, "older", "6.1-generic-amd64")->known = true;
	plain(report, OUTCOME_UNKNOWN, "bio_alloc", "6.12-generic-amd64");
	vec_add(&report->notes, "6.12-generic-amd64 was imported: it has no types");
}

static int write_samples(const char *directory)
{
	static const char *const names[REPORT_FORMAT_COUNT] = {"text", "markdown", "json", "sarif", "junit", "github"};
	struct report_requests all = {0};
	struct report report;
	struct arena arena;

	arena_init(&arena);
	report_init(&report, "check", "deps/my list.txt on 2 images");
	add_sample(&report);
	struct error *err = NULL;

	for (int i = 0; i < REPORT_FORMAT_COUNT && !err; i++)
		err = report_request_add(&all, arena_printf(&arena, "%s:%s/sample.%s", names[i], directory, names[i]));
	if (!err)
		err = report_write_all(&report, &all, true);
	report_requests_fini(&all);
	report_fini(&report);
	arena_fini(&arena);
	if (!err)
		return 0;
	error_report(err);
	return 1;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statuses),
		cmocka_unit_test(severities),
		cmocka_unit_test(keys),
		cmocka_unit_test(suppressions_refused),
		cmocka_unit_test(suppressions_used),
		cmocka_unit_test(requests),
		cmocka_unit_test(unwritable),
	};

	if (argc > 1)
		return write_samples(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
