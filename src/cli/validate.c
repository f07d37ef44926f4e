// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "atlas/cli.h"
#include "atlas/mem.h"
#include "cli/validate.h"

static void take_report(struct validate_options *options, const char *report)
{
	/* Formats are few: what is beyond the last place takes it. */
	if (options->report_count == ARRAY_LEN(options->reports))
		options->report_count--;
	options->reports[options->report_count++] = report;
}

/* Against exactly one thing, and of one image: --image, or the only argument. */
static struct error *check_options(struct validate_options *options, int argc, char **argv)
{
	if (!options->code && !options->module && !options->booted)
		return error_new(ERROR_USAGE, "validate: against what? --code, --module FILE or --booted DIR");
	if ((options->code || options->module) && options->booted)
		return error_new(ERROR_USAGE, "validate: --booted is for itself");
	if (argc - optind != (options->image ? 0 : 1))
		return error_new(ERROR_USAGE, "validate: wants one image; `atlasgen images -q` lists them");
	if (options->expected && (!options->module || options->code))
		return error_new(ERROR_USAGE, "validate: --expected goes with --module");
	if (options->report_count && options->code)
		return error_new(ERROR_USAGE, "validate: --report goes with --module and --booted");
	if (!options->image)
		options->image = argv[optind];
	return NULL;
}

static struct error *parse(int argc, char **argv, struct validate_options *options)
{
	static const struct option longs[] = {
		{"code", no_argument, NULL, 'c'},
		{"module", required_argument, NULL, 'm'},
		{"booted", required_argument, NULL, 'b'},
		{"image", required_argument, NULL, 'i'},
		{"expected", required_argument, NULL, 'e'},
		{"report", required_argument, NULL, 'r'},
		{"file", required_argument, NULL, 'f'},
		{"json", no_argument, NULL, 'J'},
		{"all", no_argument, NULL, 'a'},
		{0},
	};
	static const struct {
		int option;
		size_t offset;
	} texts[] = {
		{'m', offsetof(struct validate_options, module)},   {'b', offsetof(struct validate_options, booted)},
		{'i', offsetof(struct validate_options, image)},    {'f', offsetof(struct validate_options, file)},
		{'e', offsetof(struct validate_options, expected)},
	};
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", longs, NULL)) != -1) {
		bool known = strchr("crJa", option) != NULL;

		for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
			if (texts[i].option == option) {
				*(const char **)((char *)options + texts[i].offset) = optarg;
				known = true;
			}
		}
		if (!known)
			return cli_option_error("validate", option, argv);
		options->code |= option == 'c';
		options->json |= option == 'J';
		options->all |= option == 'a';
		if (option == 'r')
			take_report(options, optarg);
	}
	return check_options(options, argc, argv);
}

static struct error *validate_run(const struct globals *globals, int argc, char **argv, int *status)
{
	struct validate_options options = {0};

	TRY(parse(argc, argv, &options));
	return options.code ? validate_calls(globals, &options, status) : validate_checks(globals, &options, status);
}

const struct verb verb_validate = {
	.name = "validate",
	.synopsis = "{--code | --module FILE | --booted DIR} [OPTION...] IMAGE",
	.summary = "does the atlas agree with the machine code, the reference module, a booted kernel?",
	.help = "IMAGE is a name, or a glob that only one image matches.  Exit status 0: it does; 4: something\n"
		"contradicts it; 1: it could not be checked.  The atlas stays as it was.\n\n"
		"      --code           decode the branch at every recorded call and see that it reaches the callee;\n"
		"                       list every branch to a function's entry that has no edge, and why; of\n"
		"                       vmlinux and of all modules, or with --module NAME of that one only\n"
		"      --module FILE    hold a module built for the image's kernel against it: imports, CRCs,\n"
		"                       prototypes, struct layouts, callers, and what expected.jsonl states\n"
		"      --booted DIR     hold what a running kernel said of itself against it (kmod-ref/boot.sh)\n"
		"      --image IMAGE    the image, instead of the argument\n"
		"      --expected FILE  what the module must be (default: expected.jsonl beside it)\n"
		"      --file PATH      the vmlinux (with --code --module NAME the module), if it is no longer where\n"
		"                       it was scanned; its build id must match\n"
		"      --report FORMAT[:FILE]  text, markdown or json, in addition to the text if it has a FILE;\n"
		"                       repeatable (--module, --booted)\n"
		"      --all            whole lists, not the first few or the noteworthy of each\n"
		"      --json           as JSON, with whole lists\n",
	.run = validate_run,
};
