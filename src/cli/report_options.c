// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/report_options.h"

#include <string.h>

void report_options_init(struct report_options *options)
{
	memset(options, 0, sizeof(*options));
	options->fail_on = SEVERITY_ADDITION;
}

void report_options_fini(struct report_options *options)
{
	report_requests_fini(&options->requests);
	if (options->began && options->suppressions_path)
		suppressions_fini(&options->suppressions);
}

bool is_report_option(int option)
{
	return option == 'q' || (option >= OPTION_REPORT && option < OPTION_REPORT_END);
}

struct error *report_options_take(struct report_options *options, int option, const char *argument)
{
	switch (option) {
	case OPTION_REPORT:
		return report_request_add(&options->requests, argument);
	case OPTION_REPORT_JSON:
		return report_request_add(&options->requests, "json");
	case OPTION_SUPPRESSIONS:
		if (options->suppressions_path)
			return error_new(ERROR_USAGE, "--suppressions is given twice: put all into one file");
		options->suppressions_path = argument;
		return NULL;
	case OPTION_FAIL_ON:
		return severity_parse(argument, &options->fail_on);
	case OPTION_ALLOW_UNKNOWN:
		options->allow_unknown = true;
		return NULL;
	default:
		options->quiet = true;
		return NULL;
	}
}

struct error *report_options_begin(struct report_options *options)
{
	if (options->suppressions_path)
		TRY(suppressions_read(options->suppressions_path, suppressions_today(), &options->suppressions));
	options->began = true;
	return NULL;
}

struct error *report_options_end(struct report_options *options, struct report *report, int *status)
{
	if (options->suppressions_path)
		suppressions_apply(&options->suppressions, report);
	report->fail_on = options->fail_on;
	TRY(report_write_all(report, &options->requests, options->quiet));
	if (options->suppressions_path)
		TRY(suppressions_unused(&options->suppressions));
	*status = report_status(report, options->fail_on, options->allow_unknown);
	return NULL;
}
