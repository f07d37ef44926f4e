// SPDX-License-Identifier: GPL-2.0-or-later
#include "check/state.h"

#include <stdarg.h>

static void add_issue(struct look *look, struct state *state, enum check_rule rule, const char *message)
{
	struct issue **end = &state->issues, *made = arena_alloc(look->arena, sizeof(*made));

	while (*end)
		end = &(*end)->next;
	*made = (struct issue){NULL, rule, message};
	*end = made;
}

void state_issue(struct look *look, struct state *state, enum check_rule rule, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	add_issue(look, state, rule, arena_vprintf(look->arena, fmt, args));
	va_end(args);
}

void state_unknown(struct look *look, struct state *state, const char *fmt, ...)
{
	struct str_list **end = &state->unknowns, *made = arena_alloc(look->arena, sizeof(*made));
	va_list args;

	va_start(args, fmt);
	*made = (struct str_list){NULL, arena_vprintf(look->arena, fmt, args)};
	va_end(args);
	while (*end)
		end = &(*end)->next;
	*end = made;
}

void state_absent(struct look *look, struct state *state, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	state->missing = arena_vprintf(look->arena, fmt, args);
	va_end(args);
	state->found = FOUND_NO;
	add_issue(look, state, RULE_ABSENCE, state->missing);
}
