/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The options that `diff` and `check` share, and what they do with a report.
 *
 *	struct report_options options;
 *	report_options_init(&options);
 *	... getopt_long() with ":q" and REPORT_LONG_OPTIONS in its table:
 *		TRY(report_options_take(&options, option, optarg)) where is_report_option(option)
 *	TRY(report_options_begin(&options));      before the work: a bad suppression costs no time
 *	err = report_options_end(&options, &report, &status);
 *	report_options_fini(&options);
 */
#ifndef CLI_REPORT_OPTIONS_H
#define CLI_REPORT_OPTIONS_H

#include <stdbool.h>

#include "atlas/error.h"
#include "atlas/report.h"

/* Values beyond any character, for getopt_long(). */
enum {
	OPTION_REPORT = 0x200,
	OPTION_REPORT_JSON,
	OPTION_SUPPRESSIONS,
	OPTION_FAIL_ON,
	OPTION_ALLOW_UNKNOWN,
	OPTION_REPORT_END
};

/* clang-format off */
#define REPORT_LONG_OPTIONS \
	{"report", required_argument, NULL, OPTION_REPORT}, \
	{"json", no_argument, NULL, OPTION_REPORT_JSON}, \
	{"suppressions", required_argument, NULL, OPTION_SUPPRESSIONS}, \
	{"fail-on", required_argument, NULL, OPTION_FAIL_ON}, \
	{"allow-unknown", no_argument, NULL, OPTION_ALLOW_UNKNOWN}, \
	{"quiet", no_argument, NULL, 'q'}
/* clang-format on */

#define REPORT_OPTIONS_HELP                                                                             \
	"  --report FORMAT[:FILE]  text, markdown, json, sarif, junit or github; to FILE in addition\n" \
	"                          to the text, or on standard output in its place. May be repeated\n"  \
	"  --json                  --report json\n"                                                     \
	"  --suppressions FILE     an INI file of findings to leave aside, each with a reason\n"        \
	"  --fail-on SEVERITY      addition (default), change, incompatible or none: what lies below\n" \
	"                          does not set the exit status\n"                                      \
	"  --allow-unknown         what the atlas does not know is no reason for exit status 1\n"       \
	"  -q, --quiet             nothing on standard output\n"

struct report_options {
	struct report_requests requests;
	struct suppressions suppressions;
	const char *suppressions_path; /* NULL: none */
	enum severity fail_on;
	bool allow_unknown, quiet, began;
};

void report_options_init(struct report_options *options);
void report_options_fini(struct report_options *options);
bool is_report_option(int option);
struct error *report_options_take(struct report_options *options, int option, const char *argument) MUST_CHECK;
struct error *report_options_begin(struct report_options *options) MUST_CHECK;
/* Applies suppressions, writes the reports, and sets the status. */
struct error *report_options_end(struct report_options *options, struct report *report, int *status) MUST_CHECK;

#endif
