/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Types of one unit as C text, in the spelling of the published pages (docs/statuses.md, "Declarations"). */
#ifndef DWARF_TYPE_TEXT_H
#define DWARF_TYPE_TEXT_H

#include "atlas/intern.h"
#include "atlas/str.h"
#include "dwarf/die.h"

enum type_shape {
	SHAPE_PLAIN,		/* T name */
	SHAPE_POINTER,		/* T *name */
	SHAPE_FUNCTION,		/* RET(A, B): only behind a pointer */
	SHAPE_FUNCTION_POINTER, /* RET (*name)(A, B) */
	SHAPE_ARRAY,		/* T name[N] */
};

struct type_text {
	uint64_t offset;  /* of the type's DIE: the key */
	const char *text; /* without a name */
	uint32_t split;	  /* where a name goes in: in front of "(*)", "(" or "[" */
	uint8_t shape;	  /* enum type_shape */
};

/* The types of one unit that were asked for; texts live in `strings`. */
struct type_texts {
	struct die_reader *reader;
	struct intern *strings;
	struct type_text *slots; /* open addressing by offset */
	size_t slot_count, used;
	struct str scratch;
};

void type_texts_init(struct type_texts *types, struct die_reader *reader, struct intern *strings);
/* Forgets the unit's types; the texts stay. */
void type_texts_reset(struct type_texts *types);
void type_texts_fini(struct type_texts *types);

/* The type `die` has (AT_TYPE), "void" without one. */
struct error *type_of(struct type_texts *types, const struct die *die, struct type_text *type) MUST_CHECK;
/* The declaration of `name` with that type. Text lives in `strings`. */
const char *type_declare(struct type_texts *types, const struct type_text *type, const char *name);

#endif
