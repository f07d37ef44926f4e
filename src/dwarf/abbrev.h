/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Abbreviations compiled for one unit.
 *
 * Each abbreviation becomes short programs: one that decodes the attributes
 * of enum die_attr, one that only passes over the DIE, and, for types, one that decodes the few a layout consists of.
 * Runs of attributes of a fixed size nobody asks for become one SKIP, so that most of the fourteen million DIEs of a
 * kernel cost one addition.
 */
#ifndef DWARF_ABBREV_H
#define DWARF_ABBREV_H

#include "dwarf/dwarf_image.h"

/* Not a form of the standard: pass over `operand` bytes. */
#define FORM_SKIP 0xff00

#define NO_SLOT 0xff

struct abbrev_op {
	uint16_t form;
	uint8_t slot;	 /* enum die_attr, NO_SLOT: value not wanted */
	int64_t operand; /* FORM_SKIP: bytes; DW_FORM_implicit_const: the value */
};

enum tag_class {
	TAG_SKIP,     /* ends its branch */
	TAG_ENTER,    /* comes out of next(), then its children */
	TAG_LEAF,     /* comes out of next(), its children do not */
	TAG_PARAM,    /* as TAG_LEAF at the reader's param_depth, else TAG_SKIP */
	TAG_TYPE,     /* as TAG_LEAF if the reader wants types, else TAG_SKIP */
	TAG_VARIABLE, /* as TAG_LEAF where it is the unit's own and the reader wants those, else TAG_SKIP */
};

struct abbrev {
	uint16_t tag;
	uint8_t class; /* enum tag_class */
	bool has_children;
	bool known;
	bool has_sibling;
	uint32_t decode_op, decode_ops;
	uint32_t skip_op, skip_ops;
	uint32_t type_op, type_ops;
};

struct abbrev_table {
	uint64_t offset; /* the table's, in .debug_abbrev */
	uint16_t version;
	uint8_t address_bytes, offset_bytes;
	bool rust;
	VEC(struct abbrev) abbrevs; /* by code; codes are dense in practice */
	VEC(struct abbrev_op) ops;
};

/* Reads the table of `unit` unless `table` holds it already.  `rust` units enter types, which hold methods. */
struct error *abbrev_table_read(const struct dwarf_image *image, const struct unit_header *unit, bool rust,
				struct abbrev_table *table) MUST_CHECK;
void abbrev_table_free(struct abbrev_table *table);

enum tag_class tag_class(uint16_t tag, bool rust);

/* Which kind of value a slot holds. */
enum slot_class { CLASS_STRING, CLASS_CONST, CLASS_ADDRESS, CLASS_REF, CLASS_SECTION, CLASS_FLAG, CLASS_LOCATION };

static inline enum slot_class slot_class(uint8_t slot)
{
#define DIE_ATTR_CLASS(slot, code, class) [AT_##slot] = CLASS_##class,
	static const uint8_t classes[] = {DIE_ATTRS(DIE_ATTR_CLASS)};
#undef DIE_ATTR_CLASS

	return (enum slot_class)classes[slot];
}

/* enum die_attr of a DWARF attribute code, NO_SLOT if it is not decoded. */
uint8_t attr_slot(uint64_t code);

#endif
