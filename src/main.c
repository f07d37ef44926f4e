// SPDX-License-Identifier: GPL-2.0-or-later
/* The command table and the exit status, nothing else. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/cli.h"
#include "atlas/error.h"

static const struct verb *const verbs[] = {
	&verb_scan,	&verb_images, &verb_show,   &verb_query,  &verb_generate, &verb_diff,  &verb_check,
	&verb_validate, &verb_at,     &verb_source, &verb_export, &verb_import,	  &verb_label, &verb_remove,
};

#define VERB_COUNT (sizeof(verbs) / sizeof(verbs[0]))

static void print_usage(FILE *to)
{
	fputs("usage: atlasgen [--atlas FILE] VERB [ARGUMENT...]\n\n"
	      "What became of every function of the Linux kernel, in each version, architecture and "
	      "flavor.\n\nVerbs:\n",
	      to);
	for (size_t i = 0; i < VERB_COUNT; i++)
		fprintf(to, "  %-10s %s\n", verbs[i]->name, verbs[i]->summary);
	fputs("\n  --atlas FILE  the atlas (default: $ATLAS, else ./atlas.db)\n"
	      "  --version     print the version\n"
	      "  --help        this text; `atlasgen VERB --help` tells more\n",
	      to);
}

static const struct verb *find_verb(const char *name)
{
	for (size_t i = 0; i < VERB_COUNT; i++)
		if (strcmp(verbs[i]->name, name) == 0)
			return verbs[i];
	return NULL;
}

static void print_verb_help(const struct verb *verb)
{
	printf("usage: atlasgen [--atlas FILE] %s %s\n\n%s\n\n%s", verb->name, verb->synopsis, verb->summary,
	       verb->help);
}

static int wants_help(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			return 1;
	return 0;
}

/* `help` and `help VERB` are what many try first. */
static struct error *run_help(int argc, char **argv)
{
	const struct verb *verb = argc > 1 ? find_verb(argv[1]) : NULL;

	if (argc > 1 && !verb)
		return error_new(ERROR_USAGE, "no verb '%s'; `atlasgen --help` lists them", argv[1]);
	if (verb)
		print_verb_help(verb);
	else
		print_usage(stdout);
	return NULL;
}

static int finish(struct error *err, int status)
{
	if (!err && (fflush(stdout) != 0 || ferror(stdout)))
		err = error_errno("standard output");
	if (!err)
		return status;
	status = error_exit_status(err);
	error_report(err);
	return status;
}

int main(int argc, char **argv)
{
	enum { OPTION_ATLAS = 256, OPTION_VERSION };
	static const struct option options[] = {
		{"atlas", required_argument, NULL, OPTION_ATLAS},
		{"version", no_argument, NULL, OPTION_VERSION},
		{"help", no_argument, NULL, 'h'},
		{0},
	};
	const char *from_environment = getenv("ATLAS");
	struct globals globals = {from_environment && *from_environment ? from_environment : "atlas.db"};
	int option;

	/* A reader that goes away and a limit on file sizes are errors of writing, said in a line as any other. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	opterr = 0;
	while ((option = getopt_long(argc, argv, "+:h", options, NULL)) != -1) {
		if (option == OPTION_ATLAS) {
			globals.atlas_path = optarg;
		} else if (option == OPTION_VERSION) {
			puts("atlasgen " ATLASGEN_VERSION);
			return finish(NULL, 0);
		} else if (option == 'h') {
			print_usage(stdout);
			return finish(NULL, 0);
		} else {
			return finish(cli_option_error(NULL, option, argv), 0);
		}
	}
	if (optind == argc) {
		print_usage(stderr);
		return 3;
	}
	if (strcmp(argv[optind], "help") == 0)
		return finish(run_help(argc - optind, argv + optind), 0);
	const struct verb *verb = find_verb(argv[optind]);

	if (!verb)
		return finish(error_new(ERROR_USAGE, "no verb '%s'; `atlasgen --help` lists them", argv[optind]), 0);
	argc -= optind;
	argv += optind;
	if (wants_help(argc, argv)) {
		print_verb_help(verb);
		return finish(NULL, 0);
	}
	int status = 0;

	optind = 0;
	struct error *err = verb->run(&globals, argc, argv, &status);

	return finish(err, status);
}
