// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <stdio.h>

#include "atlas/cli.h"

struct error *cli_option_error(const char *verb, int option, char *const *argv)
{
	/* A long option leaves 0, or its value in the table of options, in `optopt`. */
	char letter[] = {'-', optopt > 0 && optopt < 0x80 ? (char)optopt : '\0', '\0'};
	const char *shown = letter[1] ? letter : argv[optind - 1];

	if (option == ':')
		return error_new(ERROR_USAGE, "%s: option '%s' lacks its value; see `atlasgen %s --help`", verb, shown,
				 verb);
	return error_new(ERROR_USAGE, "%s: no option '%s'; see `atlasgen %s --help`", verb, shown, verb);
}
