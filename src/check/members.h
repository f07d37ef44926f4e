/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The members of a definition as one text: "SIZE;OFFSET NAME TYPE;...", offsets
 * in bytes (":BIT" behind for what begins within one).  A baseline keeps it.
 */
#ifndef CHECK_MEMBERS_H
#define CHECK_MEMBERS_H

#include "atlas/str.h"

/* Lists of names with what they were and are, ", " between; empty: none. */
struct member_changes {
	struct str removed, retyped, moved, added;
};

void members_compare(const char *before, const char *after, struct member_changes *changes);
void member_changes_fini(struct member_changes *changes);

struct type;
struct typedefs;
/* look_type.c: the text of a definition; types are bare (atlas/bare.h), so that they can be compared. */
void type_members_text(const struct type *type, const struct typedefs *typedefs, struct str *text);

#endif
