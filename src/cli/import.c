// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "atlas/cli.h"
#include "atlas/exchange.h"
#include "atlas/store.h"

struct import {
	const struct globals *globals;
	struct exchange_overrides overrides;
	VEC(const char *) scope; /* what overrides.scope points to */
	enum store_conflict conflict;
	struct store *store; /* opened once there is something to write */
	bool quiet;
};

enum { OPTION_VERSION = 256, OPTION_REVISION, OPTION_FLAVOR, OPTION_ARCH, OPTION_LABEL, OPTION_SCOPE, OPTION_REPLACE };

static const struct option import_options[] = {
	{"version", required_argument, NULL, OPTION_VERSION}, {"revision", required_argument, NULL, OPTION_REVISION},
	{"flavor", required_argument, NULL, OPTION_FLAVOR},   {"arch", required_argument, NULL, OPTION_ARCH},
	{"label", required_argument, NULL, OPTION_LABEL},     {"scope", required_argument, NULL, OPTION_SCOPE},
	{"replace", no_argument, NULL, OPTION_REPLACE},	      {0},
};

/* Where the value of an option goes; NULL for one without a place of its own. */
static const char **text_option(struct exchange_overrides *overrides, int option)
{
	switch (option) {
	case OPTION_VERSION:
		return &overrides->version;
	case OPTION_REVISION:
		return &overrides->revision;
	case OPTION_FLAVOR:
		return &overrides->flavor;
	case OPTION_ARCH:
		return &overrides->arch;
	case OPTION_LABEL:
		return &overrides->label;
	default:
		return NULL;
	}
}

static struct error *parse_options(struct import *import, int argc, char **argv)
{
	int option;

	while ((option = getopt_long(argc, argv, "q", import_options, NULL)) != -1) {
		const char **text = text_option(&import->overrides, option);

		if (text)
			*text = optarg;
		else if (option == OPTION_SCOPE)
			vec_add(&import->scope, optarg);
		else if (option == OPTION_REPLACE)
			import->conflict = CONFLICT_REPLACE;
		else if (option == 'q')
			import->quiet = true;
		else
			return error_new(ERROR_USAGE, "import: see `atlasgen import --help`");
	}
	if (optind == argc)
		return error_new(ERROR_USAGE, "import: no file named; - is standard input");
	import->overrides.scope = (struct globs){import->scope.items, import->scope.count};
	return NULL;
}

static struct error *write_facts(struct import *import, const struct facts *facts)
{
	if (!import->store)
		TRY(store_open(import->globals->atlas_path, STORE_CREATE, &import->store));
	return store_write_image(import->store, facts, import->conflict);
}

static void print_warnings(const char *lines)
{
	while (*lines) {
		int length = (int)strcspn(lines, "\n");

		fprintf(stderr, "atlasgen: warning: %.*s\n", length, lines);
		lines += length + (lines[length] == '\n');
	}
}

static void print_summary(const struct facts *facts)
{
	AUTO_FREE char *name = image_name_text(&facts->image);

	printf("%s: %zu functions, %zu sites, %zu symbols (%s)\n", name, facts_count_read(facts), facts->edges.count,
	       facts->symbols.count, evidence_text(facts->image.evidence));
	fflush(stdout);
}

static struct error *import_stream(struct import *import, FILE *in, const char *name)
{
	AUTO_STR struct str warnings = {0};
	struct facts facts;

	facts_init(&facts);
	struct error *err = exchange_read(in, name, &import->overrides, &facts, &warnings);

	if (warnings.length)
		print_warnings(warnings.data);
	if (!err)
		err = error_prefix(write_facts(import, &facts), "%s", name);
	if (!err && !import->quiet)
		print_summary(&facts);
	facts_fini(&facts);
	return err;
}

static struct error *import_file(struct import *import, const char *path)
{
	if (strcmp(path, "-") == 0)
		return import_stream(import, stdin, "standard input");
	FILE *in = fopen(path, "re");

	if (!in)
		return error_errno("%s", path);
	struct error *err = import_stream(import, in, path);

	fclose(in);
	return err;
}

static struct error *import_run(const struct globals *globals, int argc, char **argv, int *status)
{
	struct import import = {.globals = globals, .conflict = CONFLICT_REFUSE};
	struct error *err = parse_options(&import, argc, argv);

	for (int i = optind; !err && i < argc; i++)
		err = import_file(&import, argv[i]);
	if (import.store)
		store_close(import.store);
	vec_free(&import.scope);
	*status = 0;
	return err;
}

const struct verb verb_import = {
	.name = "import",
	.synopsis = "[OPTION...] FILE...",
	.summary = "read facts (JSON Lines) into the atlas",
	.help = "Each FILE is one image; - is standard input.  A file with an error changes nothing in\n"
		"the atlas and ends the run; images of the files before it stay.\n\n"
		"      --version TEXT   what the image is called, whatever its header says\n"
		"      --revision TEXT\n"
		"      --flavor TEXT\n"
		"      --arch TEXT\n"
		"      --label TEXT     tells it apart from another image of that name\n"
		"      --scope GLOB     the stream holds only names like this (repeatable)\n"
		"      --replace        take the place of an image of that name\n"
		"  -q, --quiet          print nothing but errors and warnings\n",
	.run = import_run,
};
