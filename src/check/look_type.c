// SPDX-License-Identifier: GPL-2.0-or-later
/* Structs, unions, enums, typedefs and what is in them. */
#include "check/state.h"

struct error *look_type(struct look *look, const struct dependency *dependency, struct state *state)
{
	(void)dependency;
	state->missing = "the atlas holds no types of the image";
	state_unknown(look, state, "%s", state->missing);
	return NULL;
}

struct error *look_field(struct look *look, const struct dependency *dependency, struct state *state)
{
	return look_type(look, dependency, state);
}

struct error *look_enumerator(struct look *look, const struct dependency *dependency, struct state *state)
{
	return look_type(look, dependency, state);
}
