// SPDX-License-Identifier: GPL-2.0-or-later
#include "check/rules.h"

#define RULE(id, key, title, weight, consequence, cell, help) [id] = {key, title, help, SEVERITY_##weight},
static const struct rule rules[] = {CHECK_RULES(RULE)};
#undef RULE
#define CONSEQUENCE(id, key, title, weight, consequence, cell, help) [id] = (consequence),
static const char *const consequences[] = {CHECK_RULES(CONSEQUENCE)};
#undef CONSEQUENCE
#define CELL(id, key, title, weight, consequence, cell, help) [id] = (cell),
static const char *const cells[] = {CHECK_RULES(CELL)};
#undef CELL

const struct rule *check_rule(enum check_rule id)
{
	return &rules[id];
}

const char *check_rule_consequence(enum check_rule id)
{
	return consequences[id];
}

const char *check_rule_cell(enum check_rule id)
{
	return cells[id];
}
