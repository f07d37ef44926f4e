// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "atlas/cli.h"
#include "render/show/show.h"

enum { OPTION_IMAGE = 256, OPTION_CALLEES, OPTION_JSON, OPTION_ALL };

static const struct option show_options[] = {
	{"image", required_argument, NULL, OPTION_IMAGE},
	{"callees", no_argument, NULL, OPTION_CALLEES},
	{"json", no_argument, NULL, OPTION_JSON},
	{"all", no_argument, NULL, OPTION_ALL},
	{0},
};

static struct error *parse(struct show_options *options, int argc, char **argv)
{
	int option;

	while ((option = getopt_long(argc, argv, ":", show_options, NULL)) != -1) {
		if (option == OPTION_IMAGE)
			TRY(cli_take_once("show", "--image", &options->image_glob));
		else if (option == OPTION_CALLEES)
			options->callees = true;
		else if (option == OPTION_JSON)
			options->json = true;
		else if (option == OPTION_ALL)
			options->all = true;
		else
			return cli_option_error("show", option, argv);
	}
	if (optind + 1 != argc || !*argv[optind])
		return error_new(ERROR_USAGE, "show: takes the name of one function or type");
	options->name = argv[optind];
	return NULL;
}

/* https://no-color.org: set and not empty means none. */
static bool wants_colour(void)
{
	const char *none = getenv("NO_COLOR");

	return isatty(STDOUT_FILENO) && !(none && *none);
}

static struct error *show_verb(const struct globals *globals, int argc, char **argv, int *status)
{
	struct show_options options = {.atlas_path = globals->atlas_path, .colour = wants_colour()};

	TRY(parse(&options, argc, argv));
	TRY(show_run(&options, stdout));
	*status = 0;
	return NULL;
}

const struct verb verb_show = {
	.name = "show",
	.synopsis = "[OPTION...] NAME",
	.summary = "show one function or type over all images",
	.help = "Status in each image, what differs between them, declarations, and who calls it.\n"
		"Of a struct, union, enum or typedef: its layout in each image and what differs. Where a\n"
		"function has the same name, `show 'struct NAME'` asks for the type.\n"
		"An unknown name is answered with the nearest ones.\n\n"
		"      --image GLOB  only images called so\n"
		"      --callees     what it calls and what is inlined into it, too\n"
		"      --all         callers in every image, and every line of long lists\n"
		"      --json        everything as one JSON object\n",
	.run = show_verb,
};
