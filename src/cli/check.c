// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <stdio.h>

#include "atlas/check.h"
#include "atlas/cli.h"

enum {
	OPTION_IMAGES = 256,
	OPTION_BASELINE,
	OPTION_BASELINE_FILE,
	OPTION_WRITE_BASELINE,
	OPTION_REPORT,
	OPTION_JSON,
	OPTION_SUPPRESSIONS,
	OPTION_FAIL_ON,
	OPTION_ALLOW_UNKNOWN,
	OPTION_LAYOUTS,
};

static const struct option longs[] = {
	{"images", required_argument, NULL, OPTION_IMAGES},
	{"baseline", required_argument, NULL, OPTION_BASELINE},
	{"baseline-file", required_argument, NULL, OPTION_BASELINE_FILE},
	{"write-baseline", required_argument, NULL, OPTION_WRITE_BASELINE},
	{"report", required_argument, NULL, OPTION_REPORT},
	{"json", no_argument, NULL, OPTION_JSON},
	{"suppressions", required_argument, NULL, OPTION_SUPPRESSIONS},
	{"fail-on", required_argument, NULL, OPTION_FAIL_ON},
	{"allow-unknown", no_argument, NULL, OPTION_ALLOW_UNKNOWN},
	{"layouts", no_argument, NULL, OPTION_LAYOUTS},
	{"quiet", no_argument, NULL, 'q'},
	{0},
};

/* What the command line says.  Texts are borrowed from it. */
struct request {
	struct check_options check;
	struct report_requests reports;
	VEC(const char *) images;
	const char *suppressions;
	enum severity fail_on;
	bool allow_unknown, quiet;
};

static struct error *take_option(struct request *request, int option, char **argv)
{
	switch (option) {
	case OPTION_IMAGES:
		vec_add(&request->images, optarg);
		return NULL;
	case OPTION_BASELINE:
		request->check.baseline_image = optarg;
		return NULL;
	case OPTION_BASELINE_FILE:
		request->check.baseline_file = optarg;
		return NULL;
	case OPTION_WRITE_BASELINE:
		request->check.write_baseline = optarg;
		return NULL;
	case OPTION_REPORT:
		return report_request_add(&request->reports, optarg);
	case OPTION_JSON:
		return report_request_add(&request->reports, "json");
	case OPTION_SUPPRESSIONS:
		request->suppressions = optarg;
		return NULL;
	case OPTION_FAIL_ON:
		return severity_parse(optarg, &request->fail_on);
	case OPTION_ALLOW_UNKNOWN:
		request->allow_unknown = true;
		return NULL;
	case OPTION_LAYOUTS:
		request->check.layouts = true;
		return NULL;
	case 'q':
		request->quiet = true;
		return NULL;
	default:
		return cli_option_error("check", option, argv);
	}
}

static struct error *parse(int argc, char **argv, struct request *request)
{
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":q", longs, NULL)) != -1)
		TRY(take_option(request, option, argv));
	if (argc - optind != 1)
		return error_new(ERROR_USAGE,
				 "check: wants one file of dependencies: a list, a module or an eBPF object");
	if (request->check.baseline_image && request->check.baseline_file)
		return error_new(ERROR_USAGE, "check: --baseline and --baseline-file are each for itself");
	request->check.dependencies = argv[optind];
	request->check.images = (struct globs){request->images.items, request->images.count};
	return NULL;
}

/* What is wrong with the suppressions is told after the reports, and is an error. */
static struct error *finish(const struct request *request, struct suppressions *suppressions, struct report *report,
			    int *status)
{
	struct error *unused = NULL;

	if (request->suppressions) {
		suppressions_apply(suppressions, report);
		unused = suppressions_unused(suppressions);
	}
	report->fail_on = request->fail_on;
	struct error *err = report_write_all(report, &request->reports, request->quiet);

	*status = report_status(report, request->fail_on, request->allow_unknown);
	if (!err)
		return unused;
	error_free(unused);
	return err;
}

static struct error *with_store(const struct globals *globals, const struct request *request,
				struct suppressions *suppressions, int *status)
{
	struct report report;
	struct store *store;

	TRY(store_open(globals->atlas_path, STORE_READ, &store));
	struct error *err = check_run(store, &request->check, &report);

	if (!err) {
		err = finish(request, suppressions, &report, status);
		report_fini(&report);
	}
	store_close(store);
	return err;
}

static struct error *run(const struct globals *globals, const struct request *request, int *status)
{
	struct suppressions suppressions;

	if (!request->suppressions)
		return with_store(globals, request, NULL, status);
	TRY(suppressions_read(request->suppressions, suppressions_today(), &suppressions));
	struct error *err = with_store(globals, request, &suppressions, status);

	suppressions_fini(&suppressions);
	return err;
}

static struct error *check_verb(const struct globals *globals, int argc, char **argv, int *status)
{
	struct request request = {.fail_on = SEVERITY_CHANGE};
	struct error *err = parse(argc, argv, &request);

	if (!err)
		err = run(globals, &request, status);
	report_requests_fini(&request.reports);
	vec_free(&request.images);
	return err;
}

const struct verb verb_check = {
	.name = "check",
	.synopsis = "[OPTION...] DEPS",
	.summary = "does what this list, module or eBPF object needs hold on every image?",
	.help = "DEPS is a list (a line each: function, kprobe, fentry, tracepoint, export, struct, field ... and a\n"
		"name), a kernel module, an eBPF object, or a program that holds eBPF objects.  Exit status 0: it "
		"holds\n"
		"everywhere; 4: something changed; 12: something is missing or incompatible; 1: something is unknown,\n"
		"or an error.\n\n"
		"      --images GLOB           only images called so; repeatable\n"
		"      --baseline IMAGE        tell changes against this image (default: the first that has the "
		"thing)\n"
		"      --baseline-file FILE    tell changes against this file, and mark what it knows\n"
		"      --write-baseline FILE   write what is so now, to be committed\n"
		"      --layouts               compare the layouts of the types that prototypes name, too\n"
		"      --report FORMAT[:FILE]  text, markdown, json, sarif, junit or github; repeatable\n"
		"      --json                  the same as --report json\n"
		"      --suppressions FILE     findings that are accepted, by name, kind, image; with a reason\n"
		"      --fail-on SEVERITY      none, addition, change or incompatible (default: change)\n"
		"      --allow-unknown         what the atlas does not know is no reason to fail\n"
		"  -q, --quiet                 no text on standard output\n",
	.run = check_verb,
};
