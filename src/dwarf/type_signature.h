/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signatures: a number for what a type says, equal where the text is.
 *
 * A reference to a named struct, union, enum or typedef is its name, so nothing
 * is followed through pointers; what has no name is taken in whole.  That makes
 * one reading of a unit's types enough, and the same header gives the same
 * numbers in every unit.  What stands by value counts with its size: members
 * and typedefs tell it, and two units may have different structs of one name,
 * or one of them only a declaration.
 */
#ifndef DWARF_TYPE_SIGNATURE_H
#define DWARF_TYPE_SIGNATURE_H

#include "dwarf/die.h"

struct signature_slot {
	uint64_t offset; /* of the DIE, 0 unused */
	uint64_t signature;
	uint64_t size; /* stands for the size by value: equal numbers, equal sizes */
};

struct signatures {
	struct die_reader *reader;
	/*
	 * Names as text, so that numbers agree between files; else by their place in
	 * .debug_str, where a linked file has each text once.
	 */
	bool by_text;
	uint64_t unit;		     /* offset of the unit's own DIE */
	struct signature_slot *near; /* of the unit, by offset */
	struct signature_slot *rest; /* those that found no place there, and other units': open addressing */
	size_t rest_count, rest_used;
};

void signatures_init(struct signatures *signatures, struct die_reader *reader, bool by_text);
void signatures_fini(struct signatures *signatures);
void signatures_begin(struct signatures *signatures, uint64_t unit);
/* Of the definition `die` (read by type_at() or next()), its name included. */
struct error *signature_of(struct signatures *signatures, const struct die *die, uint64_t *signature) MUST_CHECK;

#endif
