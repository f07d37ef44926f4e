/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a definition consists of, as column `body` of table type keeps it.
 *
 * A sequence of numbers of seven bits a byte, the low ones first; signed ones are
 * doubled, and 1 added and the rest inverted where they are negative.
 *
 *	word of the target (typedef, enum), 0: none
 *	alignment asked for in the source, 0: none
 *	number of members; for each:
 *		word of the name, 0: none
 *		word of the type
 *		signed bits from the end of the member before (of the same parent; else of the parent's start), the
 *			low bit less: divided by eight, doubled; else doubled and 1 added
 *		bytes of the type, doubled; 1 added if there follow
 *			bits of the bit-field
 *			members inside of it, doubled; 1 added where they stand behind a pointer
 *	number of enumerators; for each:
 *		bytes it has in common with the name before, bytes that follow, and those
 *		signed difference to the value before plus one
 *		member it belongs to, plus one; 0: none
 *
 * The low bit of the place and of the size are flags, so that a plain member is
 * two words and two bytes.
 */
#ifndef STORE_TYPE_BODY_H
#define STORE_TYPE_BODY_H

#include "atlas/str.h"
#include "atlas/type.h"

/* Appends the body of `type` to `out`; `word` gives the number of a text. */
void type_body_write(const struct type *type, uint32_t (*word)(void *context, const char *text), void *context,
		     struct str *out);

/*
 * Fills in what the body says: text, alignment, members, enumerators.  `word` gives
 * the text of a number, NULL if there is none.  False where the body is damaged.
 */
bool type_body_read(const void *body, size_t size_bytes, struct arena *arena,
		    const char *(*word)(void *context, uint64_t number), void *context, struct type *type);

#endif
