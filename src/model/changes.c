// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/changes.h"

#define ENUM_TEXT(id, text) [id] = (text),

const char *change_text(enum change_kind kind)
{
	static const char *const texts[] = {CHANGES(ENUM_TEXT)};

	return texts[kind];
}

void differences_fini(struct differences *differences)
{
	vec_free(&differences->changes);
	vec_free(&differences->unknown);
}

void differences_add(struct differences *differences, enum change_kind kind, const char *before, const char *after)
{
	vec_add(&differences->changes, ((struct change){kind, before, after}));
}
