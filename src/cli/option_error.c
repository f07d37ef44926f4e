// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>

#include "atlas/cli.h"

struct error *cli_option_error(const char *verb, int option, char *const *argv)
{
	/* A long option leaves 0, or its value in the table of options, in `optopt`. */
	char letter[] = {'-', optopt > 0 && optopt < 0x80 ? (char)optopt : '\0', '\0'};
	const char *shown = letter[1] ? letter : argv[optind - 1];

	const char *what = option == ':' ? "option" : "no option", *how = option == ':' ? " lacks its value" : "";

	if (!verb)
		return error_new(ERROR_USAGE, "%s '%s'%s; see `atlasgen --help`", what, shown, how);
	return error_new(ERROR_USAGE, "%s: %s '%s'%s; see `atlasgen %s --help`", verb, what, shown, how, verb);
}

struct error *cli_take_once(const char *verb, const char *option, const char **glob)
{
	if (*glob)
		return error_new(ERROR_USAGE, "%s: %s is there twice: '%s' and '%s'", verb, option, *glob, optarg);
	*glob = optarg;
	return NULL;
}
