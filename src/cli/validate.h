/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the verb `validate` share. */
#ifndef CLI_VALIDATE_H
#define CLI_VALIDATE_H

#include <stdbool.h>

#include "atlas/cli.h"

/* A verdict of the conventions. */
#define STATUS_CHANGE 4

struct validate_options {
	const char *image;	 /* name or glob */
	const char *file;	 /* NULL: where the atlas read it from */
	const char *module;	 /* --module; NULL: not that */
	const char *booted;	 /* --booted; NULL: not that */
	const char *expected;	 /* NULL: beside the module */
	const char *reports[16]; /* --report FORMAT[:FILE] */
	unsigned report_count;
	bool code, json, all;
};

/* --code */
struct error *validate_calls(const struct globals *globals, const struct validate_options *options,
			     int *status) MUST_CHECK;
/* --module and --booted: makes the validation, prints it, and sets the verdict. */
struct error *validate_checks(const struct globals *globals, const struct validate_options *options,
			      int *status) MUST_CHECK;

#endif
