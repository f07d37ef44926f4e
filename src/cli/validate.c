// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <stdio.h>

#include "atlas/cli.h"
#include "atlas/store.h"
#include "atlas/validate.h"

/* A verdict of the conventions. */
#define STATUS_CHANGE 4

struct validate_options {
	const char *image; /* name or glob */
	const char *file;  /* NULL: where the atlas read it from */
	bool code, json, all;
};

static struct error *parse(int argc, char **argv, struct validate_options *options)
{
	static const struct option longs[] = {
		{"code", no_argument, NULL, 'c'},
		{"file", required_argument, NULL, 'f'},
		{"json", no_argument, NULL, 'J'},
		{"all", no_argument, NULL, 'a'},
		{0},
	};
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", longs, NULL)) != -1) {
		switch (option) {
		case 'c':
			options->code = true;
			break;
		case 'f':
			options->file = optarg;
			break;
		case 'J':
			options->json = true;
			break;
		case 'a':
			options->all = true;
			break;
		default:
			return cli_option_error("validate", option, argv);
		}
	}
	if (!options->code)
		return error_new(ERROR_USAGE, "validate: against what? --code is the machine code");
	if (argc - optind != 1)
		return error_new(ERROR_USAGE, "validate: wants one image; `atlasgen images -q` lists them");
	options->image = argv[optind];
	return NULL;
}

static struct error *print_report(const struct code_report *report, const struct validate_options *options)
{
	struct json_writer json;

	if (!options->json) {
		code_report_text(report, options->all, stdout);
		return NULL;
	}
	jw_to_file(&json, stdout);
	code_report_json(report, &json);
	return jw_finish(&json);
}

static struct error *check_calls(const struct image *image, const struct recorded_calls *calls,
				 const struct validate_options *options)
{
	if (!calls->call_count)
		return error_new(ERROR_INPUT, "%s: the atlas knows no calls of it (evidence: DWARF is needed)",
				 image->name);
	if (!options->file && !calls->path)
		return error_new(ERROR_INPUT,
				 "%s: was imported, so where its vmlinux is is not known; give it with --file",
				 image->name);
	return NULL;
}

static struct error *validate_image(struct store *store, struct arena *arena, const struct validate_options *options,
				    int *status)
{
	const struct image *image;
	struct recorded_calls calls;
	struct code_report report;

	TRY(store_find_image(store, arena, options->image, &image));
	TRY(store_calls(store, arena, image, "vmlinux", &calls));
	TRY(check_calls(image, &calls, options));
	if (!calls.build_id)
		calls.build_id = image->build_id;
	TRY(validate_code(options->file ? options->file : calls.path, image->name, &calls, &report));
	struct error *err = print_report(&report, options);

	if (!err && !code_report_confirmed(&report) && !report.sites[SITE_CONTRADICTED])
		err = error_new(ERROR_INPUT, "%s: none of its calls could be checked", image->name);
	*status = report.sites[SITE_CONTRADICTED] ? STATUS_CHANGE : 0;
	code_report_fini(&report);
	return err;
}

static struct error *validate_run(const struct globals *globals, int argc, char **argv, int *status)
{
	struct validate_options options = {0};
	struct store *store;
	struct arena arena;

	TRY(parse(argc, argv, &options));
	TRY(store_open(globals->atlas_path, STORE_READ, &store));
	arena_init(&arena);
	struct error *err = validate_image(store, &arena, &options, status);

	arena_fini(&arena);
	store_close(store);
	return err;
}

const struct verb verb_validate = {
	.name = "validate",
	.synopsis = "--code [OPTION...] IMAGE",
	.summary = "does the atlas agree with the machine code?",
	.help = "IMAGE is a name, or a glob that only one image matches.  Exit status 0: it does; 4: some recorded\n"
		"call is contradicted; 1: it could not be checked.  The atlas stays as it was.\n\n"
		"      --code       decode the branch at every recorded call and see that it reaches the callee;\n"
		"                   list every branch to a function's entry that no call was recorded for, and why\n"
		"      --file PATH  the vmlinux, if it is no longer where it was scanned; its build id must match\n"
		"      --all        whole lists, not the first few of each\n"
		"      --json       as JSON, with whole lists\n",
	.run = validate_run,
};
