/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Verbs.  Adding one: a file src/cli/VERB.c with a `struct verb`, its name in
 * the table of src/main.c, a page docs/verbs/VERB.md, a directory under
 * tests/cli.
 */
#ifndef ATLAS_CLI_H
#define ATLAS_CLI_H

#include "atlas/error.h"

struct globals {
	const char *atlas_path; /* --atlas, else $ATLAS, else ./atlas.db */
};

struct verb {
	const char *name;
	const char *synopsis; /* after "atlasgen VERB": one line */
	const char *summary;  /* one line for the list of verbs */
	const char *help;     /* options, one per line, and what else there is to say */
	/* argv[0] is the verb. `status` is set on success only: 0, or a verdict of the conventions. */
	struct error *(*run)(const struct globals *globals, int argc, char **argv, int *status);
};

/*
 * What getopt_long() complained of with '?' or ':' (the option string begins with ':', opterr is 0), as the usage
 * error of `verb`, or of the program itself if that is NULL: one line.
 */
struct error *cli_option_error(const char *verb, int option, char *const *argv) MUST_CHECK;

/* Takes optarg as the glob of an option that counts once: of two the first would be forgotten without a word. */
struct error *cli_take_once(const char *verb, const char *option, const char **glob) MUST_CHECK;

extern const struct verb verb_scan, verb_images, verb_show, verb_query, verb_generate, verb_export, verb_import,
	verb_remove, verb_label, verb_at, verb_validate, verb_diff, verb_check, verb_source;

#endif
