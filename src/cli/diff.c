// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/diff.h"

#include <getopt.h>
#include <string.h>

#include "atlas/cli.h"
#include "cli/family.h"
#include "cli/report_options.h"

struct diff_command {
	struct diff_options options;
	VEC(const char *) only;
	VEC(const char *) family;
	VEC(const char *) kinds;
	char *kinds_text;   /* what `kinds` points into */
	struct arena arena; /* globs made from families */
	struct report_options report;
};

enum { OPTION_ONLY = 256, OPTION_EXPORTED, OPTION_FAMILY, OPTION_KINDS, OPTION_IMPACT, OPTION_DEPTH, OPTION_UNKNOWN };

static const struct option diff_longs[] = {
	{"only", required_argument, NULL, OPTION_ONLY},
	{"exported", no_argument, NULL, OPTION_EXPORTED},
	{"family", required_argument, NULL, OPTION_FAMILY},
	{"kinds", required_argument, NULL, OPTION_KINDS},
	{"impact", no_argument, NULL, OPTION_IMPACT},
	{"depth", required_argument, NULL, OPTION_DEPTH},
	{"unknown", no_argument, NULL, OPTION_UNKNOWN},
	REPORT_LONG_OPTIONS,
	{0},
};

static void take_kinds(struct diff_command *command, const char *list)
{
	char *text = xasprintf("%s%s%s", command->kinds_text ? command->kinds_text : "", command->kinds_text ? "," : "",
			       list);

	free(command->kinds_text);
	command->kinds_text = text;
}

static void split_kinds(struct diff_command *command)
{
	char *rest = command->kinds_text, *word;

	while (rest && (word = strsep(&rest, ",")))
		vec_add(&command->kinds, word);
	command->options.kinds = (struct globs){command->kinds.items, command->kinds.count};
	command->options.only = (struct globs){command->only.items, command->only.count};
	command->options.family = (struct globs){command->family.items, command->family.count};
}

static struct error *take_families(struct diff_command *command, const char *list)
{
	TRY(family_check("diff", list));
	for (const char *glob; (glob = family_next(&command->arena, &list));)
		vec_add(&command->family, glob);
	return NULL;
}

static struct error *take_depth(struct diff_command *command, const char *text)
{
	char *end;
	unsigned long depth = strtoul(text, &end, 10);

	if (*end || *text < '0' || *text > '9' || depth > 100)
		return error_new(ERROR_USAGE, "diff: --depth %s: wants a number, 0 to 100", text);
	command->options.depth = (unsigned)depth;
	return NULL;
}

static struct error *take_option(struct diff_command *command, int option, char *const *argv)
{
	if (is_report_option(option))
		return report_options_take(&command->report, option, optarg);
	switch (option) {
	case OPTION_ONLY:
		vec_add(&command->only, optarg);
		return NULL;
	case OPTION_EXPORTED:
		command->options.exported = true;
		return NULL;
	case OPTION_FAMILY:
		return take_families(command, optarg);
	case OPTION_KINDS:
		take_kinds(command, optarg);
		return NULL;
	case OPTION_IMPACT:
		command->options.impact = true;
		return NULL;
	case OPTION_DEPTH:
		return take_depth(command, optarg);
	case OPTION_UNKNOWN:
		command->options.unknown = true;
		return NULL;
	default:
		return cli_option_error("diff", option, argv);
	}
}

static struct error *parse(struct diff_command *command, int argc, char **argv)
{
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":q", diff_longs, NULL)) != -1)
		TRY(take_option(command, option, argv));
	if (argc - optind != 2)
		return error_new(ERROR_USAGE,
				 "diff: wants two images, OLD and NEW, but there %s %d; `atlasgen images -q` lists "
				 "them",
				 argc - optind == 1 ? "is" : "are", argc - optind);
	command->options.old = argv[optind];
	command->options.new = argv[optind + 1];
	split_kinds(command);
	return NULL;
}

static struct error *run(struct diff_command *command, int argc, char **argv, int *status)
{
	struct diff *diff;

	TRY(parse(command, argc, argv));
	TRY(report_options_begin(&command->report));
	TRY(diff_new(&command->options, &diff));
	struct error *err = report_options_end(&command->report, diff_report(diff), status);

	diff_free(diff);
	return err;
}

static struct error *diff_verb(const struct globals *globals, int argc, char **argv, int *status)
{
	struct diff_command command = {.options = {.atlas_path = globals->atlas_path}};

	arena_init(&command.arena);
	report_options_init(&command.report);
	struct error *err = run(&command, argc, argv, status);

	vec_free(&command.only);
	vec_free(&command.family);
	arena_fini(&command.arena);
	vec_free(&command.kinds);
	free(command.kinds_text);
	report_options_fini(&command.report);
	return err;
}

const struct verb verb_diff = {
	.name = "diff",
	.synopsis = "[OPTION...] OLD NEW",
	.summary = "what changed between two images",
	.help = "OLD and NEW are images of the atlas: names, or globs that only one image matches.  FILE:IMAGE is\n"
		"an image of another atlas, FILE one that holds a single image.  Exit status 0: nothing to report;\n"
		"4: a change; 12: an incompatible one; 1: something that is needed is unknown, or an error.\n\n"
		"  --only GLOB             only functions, exports and types with such names; repeatable\n"
		"  --family WORDS          only names with one of these comma-separated words in them,\n"
		"                          whatever the case: --family balloon,mempool\n"
		"  --exported              only what is exported to modules, and the types that reaches\n"
		"  --kinds LIST            only functions, exports, attach, types, layouts, or rules by their ids\n"
		"                          (globs; docs/rules.md), with commas\n"
		"  --impact                with each type's change: the exported functions it reaches\n"
		"  --depth N               layouts: how many names deep below the prototype (default: 0)\n"
		"  --unknown               each thing that could not be compared, not only how "
		"many\n" REPORT_OPTIONS_HELP,
	.run = diff_verb,
};
