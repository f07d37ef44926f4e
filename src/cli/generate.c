// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "atlas/cli.h"
#include "atlas/render.h"
#include "atlas/str.h"
#include "atlas/worker.h"
#include "cli/family.h"

enum {
	OPTION_FORMAT = 256,
	OPTION_STYLE,
	OPTION_BASELINE,
	OPTION_TEMPLATES,
	OPTION_ONLY,
	OPTION_FAMILY,
	OPTION_BASE_URL,
	OPTION_NO_GRAPHS,
	OPTION_SOURCE,
	OPTION_SOURCE_CACHE,
	OPTION_DATA
};

static const struct option generate_options[] = {
	{"format", required_argument, NULL, OPTION_FORMAT},
	{"style", required_argument, NULL, OPTION_STYLE},
	{"baseline", required_argument, NULL, OPTION_BASELINE},
	{"templates", required_argument, NULL, OPTION_TEMPLATES},
	{"only", required_argument, NULL, OPTION_ONLY},
	{"family", required_argument, NULL, OPTION_FAMILY},
	{"base-url", required_argument, NULL, OPTION_BASE_URL},
	{"no-graphs", no_argument, NULL, OPTION_NO_GRAPHS},
	{"source", required_argument, NULL, OPTION_SOURCE},
	{"source-cache", required_argument, NULL, OPTION_SOURCE_CACHE},
	{"data", required_argument, NULL, OPTION_DATA},
	{"jobs", required_argument, NULL, 'j'},
	{"output", required_argument, NULL, 'o'},
	{"quiet", no_argument, NULL, 'q'},
	{0},
};

struct command {
	struct generate_options options;
	VEC(const char *) globs;   /* options.names points here */
	VEC(const char *) sources; /* options.sources likewise */
	struct arena arena;	   /* globs made from families */
};

static struct error *add_families(struct command *command, const char *list)
{
	TRY(family_check("generate", list));
	for (const char *glob; (glob = family_next(&command->arena, &list));)
		vec_add(&command->globs, glob);
	return NULL;
}

static struct error *set_format(struct generate_options *options, const char *format)
{
	bool both = strcmp(format, "both") == 0;

	options->markdown = both || strcmp(format, "md") == 0;
	options->html = both || strcmp(format, "html") == 0;
	if (!options->markdown && !options->html)
		return error_new(ERROR_USAGE, "generate: there is no format '%s'; there are md, html and both", format);
	return NULL;
}

static struct error *set_style(struct generate_options *options, const char *style)
{
	if (strcmp(style, "atlas") == 0)
		options->style = STYLE_ATLAS;
	else if (strcmp(style, "depsurf") == 0)
		options->style = STYLE_DEPSURF;
	else
		return error_new(ERROR_USAGE, "generate: there is no style '%s'; there are atlas and depsurf", style);
	return NULL;
}

/* Links are put together from it, so it ends in a slash. */
static struct error *set_base_url(struct command *command, const char *url)
{
	if (!str_starts(url, "https://") && !str_starts(url, "http://"))
		return error_new(ERROR_USAGE, "generate: --base-url takes an http or https address, not '%s'", url);
	command->options.base_url = arena_printf(&command->arena, "%s%s", url, str_ends(url, "/") ? "" : "/");
	return NULL;
}

static struct error *set_jobs(struct generate_options *options, const char *text)
{
	char *end;
	long jobs = strtol(text, &end, 10);

	if (*end || end == text || jobs < 1 || jobs > 1024)
		return error_new(ERROR_USAGE, "generate: -j takes a number from 1 to 1024, not '%s'", text);
	options->jobs = (int)jobs;
	return NULL;
}

static struct error *set_option(struct command *command, int option, char *const *argv)
{
	struct generate_options *options = &command->options;

	switch (option) {
	case OPTION_FORMAT:
		return set_format(options, optarg);
	case OPTION_STYLE:
		return set_style(options, optarg);
	case OPTION_BASELINE:
		options->baseline = optarg;
		return NULL;
	case OPTION_TEMPLATES:
		options->template_dir = optarg;
		return NULL;
	case OPTION_ONLY:
		vec_add(&command->globs, optarg);
		return NULL;
	case OPTION_FAMILY:
		return add_families(command, optarg);
	case OPTION_BASE_URL:
		return set_base_url(command, optarg);
	case OPTION_NO_GRAPHS:
		options->graphs = false;
		return NULL;
	case OPTION_SOURCE:
		vec_add(&command->sources, optarg);
		return NULL;
	case OPTION_SOURCE_CACHE:
		options->source_cache = optarg;
		return NULL;
	case OPTION_DATA:
		options->data_dir = optarg;
		return NULL;
	case 'j':
		return set_jobs(options, optarg);
	case 'o':
		options->out_dir = optarg;
		return NULL;
	case 'q':
		options->quiet = true;
		return NULL;
	default:
		return cli_option_error("generate", option, argv);
	}
}

static struct error *parse(struct command *command, int argc, char **argv)
{
	int option;

	while ((option = getopt_long(argc, argv, ":j:o:q", generate_options, NULL)) != -1)
		TRY(set_option(command, option, argv));
	for (int i = optind; i < argc; i++)
		vec_add(&command->globs, argv[i]);
	if (!command->options.out_dir)
		return error_new(ERROR_USAGE, "generate: -o DIR says where the pages go");
	if (strcmp(command->options.out_dir, "-") == 0)
		return error_new(ERROR_USAGE, "generate: -o takes a directory; pages do not go to standard output");
	if (command->options.base_url && !command->options.html)
		return error_new(ERROR_USAGE, "generate: --base-url is for the site: --format html or both");
	if (command->options.style == STYLE_DEPSURF && command->options.html)
		return error_new(ERROR_USAGE, "generate: the style depsurf is Markdown only");
	if (command->options.style == STYLE_DEPSURF && command->sources.count)
		return error_new(ERROR_USAGE, "generate: the style depsurf has no pages of source files");
	command->options.sources = command->sources.items;
	command->options.source_count = command->sources.count;
	command->options.names = (struct globs){command->globs.items, command->globs.count};
	return NULL;
}

static void tell(const struct generate_options *options, size_t pages)
{
	const char *where = options->html		    ? "index.html"
			    : options->style == STYLE_ATLAS ? "function/index.md"
							    : "function";

	if (!options->quiet)
		printf("%zu page%s; look at %s/%s\n", pages, pages == 1 ? "" : "s", options->out_dir, where);
}

static struct error *generate_run(const struct globals *globals, int argc, char **argv, int *status)
{
	struct command command = {
		.options = {.atlas_path = globals->atlas_path,
			    .markdown = true,
			    .graphs = true,
			    .jobs = worker_default_jobs()},
	};
	size_t pages = 0;

	arena_init(&command.arena);
	struct error *err = parse(&command, argc, argv);

	if (!err)
		err = generate(&command.options, &pages);
	if (!err)
		tell(&command.options, pages);
	vec_free(&command.globs);
	vec_free(&command.sources);
	arena_fini(&command.arena);
	*status = 0;
	return err;
}

const struct verb verb_generate = {
	.name = "generate",
	.synopsis = "-o DIR [OPTION...] [GLOB...]",
	.summary = "write a page for every function over all images",
	.help = "Pages go to DIR/function/L/NAME.md, lists of them to DIR/function/index.md and\n"
		"DIR/function/L/index.md; the HTML site begins at DIR/index.html.  GLOBs limit them\n"
		"by name; without any, every function gets a page.  A page that would not change is\n"
		"left alone.\n\n"
		"  -o, --output DIR      where the pages go; made if missing\n"
		"      --format FORMAT   md (default), html or both\n"
		"      --base-url URL    where the site will be: canonical links, sitemap, feed\n"
		"      --no-graphs       HTML pages without call graphs\n"
		"      --style STYLE     atlas (default), or depsurf: as the published pages\n"
		"      --baseline IMAGE  what others are compared with (name or unique glob;\n"
		"                        default: the newest plain amd64 image)\n"
		"      --only GLOB       as a GLOB argument (repeatable)\n"
		"      --family WORDS    names with one of these comma-separated words in them,\n"
		"                        whatever the case (balloon,mempool)\n"
		"      --source TREE     a source tree for the pages of source files (repeatable):\n"
		"                        a directory, a tarball or GITDIR@REVISION, with VERSION=\n"
		"                        before it if its Makefile does not tell the release\n"
		"      --source-cache DIR  where parsed trees are kept for the next run\n"
		"      --data DIR        domains.tsv, areas.tsv, roles.tsv, traits.tsv, primitives.tsv\n"
		"                        there take the place of the built-in tables\n"
		"      --templates DIR   files there take the place of the built-in templates\n"
		"  -j, --jobs N          worker processes (default: all processors)\n"
		"  -q, --quiet           say nothing but errors\n",
	.run = generate_run,
};
