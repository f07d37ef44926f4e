// SPDX-License-Identifier: GPL-2.0-or-later
/* What the user asked for: areas and rules, names, exported functions. */
#include <fnmatch.h>
#include <string.h>
#include <strings.h>

#include "diff/internal.h"

static struct error *select_word(const char *word, bool *wanted)
{
	bool found = false;

	for (int i = 0; i < RULE_COUNT; i++) {
		enum diff_rule rule = (enum diff_rule)i;

		if (strcmp(diff_area_text(rule_area(rule)), word) != 0 && fnmatch(word, rule_of(rule)->id, 0) != 0)
			continue;
		wanted[i] = found = true;
	}
	if (!found)
		return error_new(ERROR_USAGE,
				 "diff: --kinds %s: neither functions, exports, attach, types or layouts, nor a rule "
				 "(docs/rules.md)",
				 word);
	return NULL;
}

struct error *select_rules(const struct diff_options *options, bool *wanted)
{
	for (int i = 0; i < RULE_COUNT; i++)
		wanted[i] = options->kinds.count == 0;
	for (size_t i = 0; i < options->kinds.count; i++)
		TRY(select_word(options->kinds.items[i], wanted));
	return NULL;
}

bool wants_area(const struct diff *diff, enum diff_area area)
{
	for (int i = 0; i < RULE_COUNT; i++)
		if (diff->wanted[i] && rule_area((enum diff_rule)i) == area)
			return true;
	return false;
}

bool wants_name(const struct diff *diff, const char *name)
{
	const struct diff_options *options = diff->options;

	if (options->family.count && !globs_match(&options->family, name))
		return false;
	return options->only.count == 0 || globs_match(&options->only, name);
}

bool is_exported(const struct function *function)
{
	return function && (function->exported.state == EXPORT_PLAIN || function->exported.state == EXPORT_GPL);
}

bool wants_function(const struct diff *diff, const struct function_pair *pair)
{
	if (diff->options->exported && !is_exported(pair->old) && !is_exported(pair->new))
		return false;
	return (pair->old && wants_name(diff, pair->old->name)) || (pair->new &&wants_name(diff, pair->new->name));
}
