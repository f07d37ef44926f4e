/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A definition from its DIE to what type.h says of one. */
#ifndef DWARF_TYPE_DRAFT_H
#define DWARF_TYPE_DRAFT_H

#include "atlas/type.h"
#include "dwarf/type_text.h"

struct type_draft {
	struct die_reader *reader;
	struct type_texts *texts;
	bool big_endian;
	struct type type; /* texts are borrowed from the image and `texts`, lists are those below */
	VEC(struct type_member) members;
	VEC(struct type_enumerator) enumerators;
};

void type_draft_fini(struct type_draft *draft);
/*
 * Reads the definition `die` into `draft->type`.  One that cannot be read (a broken
 * reference, more members than any struct has) counts as declared only.
 */
void type_draft_read(struct type_draft *draft, const struct die *die);

#endif
