/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the consumers of DIEs see, whoever decodes them.
 *
 * A reader walks one unit at a time, in order.  Only the DIEs a consumer of
 * functions needs come out of die_next(): compile units, namespaces, lexical
 * blocks, subprograms, inlined subroutines (all entered), call sites (not
 * entered), the parameters that stand at `param_depth`, the unit's own
 * variables, and definitions of structs, unions, enums and typedefs, which
 * are read as type_at() does.  Every other tag ends its branch.  die_at() reads any DIE, which is how types are
 * followed.
 *
 * Two decoders stand behind it: our own (cursor.c), which the program uses, and
 * libdwarf (libdwarf.c), which the tests hold it against.
 */
#ifndef DWARF_DIE_H
#define DWARF_DIE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "atlas/error.h"

/* Attributes that are decoded: slot, DWARF code, value class. */
#define DIE_ATTRS(X)                         \
	X(SIBLING, 0x01, REF)                \
	X(LOCATION, 0x02, LOCATION)          \
	X(NAME, 0x03, STRING)                \
	X(BYTE_SIZE, 0x0b, CONST)            \
	X(BIT_OFFSET, 0x0c, CONST)           \
	X(BIT_SIZE, 0x0d, CONST)             \
	X(STMT_LIST, 0x10, SECTION)          \
	X(LOW_PC, 0x11, ADDRESS)             \
	X(HIGH_PC, 0x12, ADDRESS)            \
	X(LANGUAGE, 0x13, CONST)             \
	X(COMP_DIR, 0x1b, STRING)            \
	X(CONST_VALUE, 0x1c, CONST)          \
	X(INLINE, 0x20, CONST)               \
	X(PRODUCER, 0x25, STRING)            \
	X(UPPER_BOUND, 0x2f, CONST)          \
	X(ABSTRACT_ORIGIN, 0x31, REF)        \
	X(COUNT, 0x37, CONST)                \
	X(DATA_MEMBER_LOCATION, 0x38, CONST) \
	X(DECL_FILE, 0x3a, CONST)            \
	X(DECL_LINE, 0x3b, CONST)            \
	X(DECLARATION, 0x3c, FLAG)           \
	X(ENCODING, 0x3e, CONST)             \
	X(EXTERNAL, 0x3f, FLAG)              \
	X(SPECIFICATION, 0x47, REF)          \
	X(TYPE, 0x49, REF)                   \
	X(ENTRY_PC, 0x52, ADDRESS)           \
	X(RANGES, 0x55, SECTION)             \
	X(CALL_FILE, 0x58, CONST)            \
	X(CALL_LINE, 0x59, CONST)            \
	X(DATA_BIT_OFFSET, 0x6b, CONST)      \
	X(LINKAGE_NAME, 0x6e, STRING)        \
	X(STR_OFFSETS_BASE, 0x72, SECTION)   \
	X(ADDR_BASE, 0x73, SECTION)          \
	X(RNGLISTS_BASE, 0x74, SECTION)      \
	X(DWO_NAME, 0x76, STRING)            \
	X(CALL_RETURN_PC, 0x7d, ADDRESS)     \
	X(CALL_ORIGIN, 0x7f, REF)            \
	X(CALL_PC, 0x81, ADDRESS)            \
	X(CALL_TAIL_CALL, 0x82, FLAG)        \
	X(ALIGNMENT, 0x88, CONST)            \
	X(MIPS_LINKAGE_NAME, 0x2007, STRING) \
	X(GNU_TAIL_CALL, 0x2115, FLAG)       \
	X(GNU_DWO_NAME, 0x2130, STRING)

#define DIE_ATTR_SLOT(slot, code, class) AT_##slot,
enum die_attr { DIE_ATTRS(DIE_ATTR_SLOT) AT_COUNT_ };
#undef DIE_ATTR_SLOT

struct die {
	uint64_t offset;  /* in .debug_info */
	uint64_t present; /* bit per enum die_attr */
	uint16_t tag;
	bool has_children;
	bool ranges_index; /* AT_RANGES is an index into the unit's rnglists offsets, not an offset */
	uint32_t depth;	   /* the unit's own DIE is 0 */
	union {
		uint64_t number;  /* constant, address, absolute reference or section offset */
		const char *text; /* borrowed from the image */
	} value[AT_COUNT_];
};

static inline bool die_has(const struct die *die, enum die_attr attr)
{
	return die->present >> attr & 1;
}

static inline uint64_t die_number(const struct die *die, enum die_attr attr, uint64_t otherwise)
{
	return die_has(die, attr) ? die->value[attr].number : otherwise;
}

static inline const char *die_text(const struct die *die, enum die_attr attr)
{
	return die_has(die, attr) ? die->value[attr].text : NULL;
}

/* One entry of a unit's file table.  `directory` is NULL where it is the compilation directory itself. */
struct source_file {
	const char *directory;
	const char *name;
};

/* A row of a line program: what stands at `address` up to the next row comes from `line` of `file`. */
struct line_row {
	uint64_t address;
	uint32_t line; /* 0: no line */
	uint32_t file; /* index as DW_AT_decl_file counts */
	bool end;      /* first address behind a sequence; no line */
};

struct line_rows {
	struct line_row *items; /* VEC, owned by who passes it in */
	size_t count, room;
};

struct address_range {
	uint64_t low;
	uint64_t high; /* first address behind it */
};

#define NO_PARAM_DEPTH UINT32_MAX

struct die_reader;

struct die_reader_ops {
	/* Goes to unit `index` of the image and reads its own DIE.  `has_die` is false for a unit without functions. */
	struct error *(*open_unit)(struct die_reader *reader, uint32_t index, struct die *unit_die, bool *has_die);
	/* The next DIE of the unit in pre-order; `have` is false at its end. */
	struct error *(*next)(struct die_reader *reader, struct die *die, bool *have);
	/* Any DIE of the image; the walk goes on where it was. */
	struct error *(*at)(struct die_reader *reader, uint64_t offset, struct die *die);
	/* The first child of the DIE at `offset` and then its siblings, one level deep: array bounds, parameter types.
	 */
	struct error *(*children)(struct die_reader *reader, uint64_t offset,
				  struct error *(*each)(void *context, const struct die *child), void *context);
	/*
	 * The same two for the DIEs of types, of which there are millions: only what a layout consists of is decoded
	 * (name, sizes, places, bounds, values), not where it is declared.
	 */
	struct error *(*type_at)(struct die_reader *reader, uint64_t offset, struct die *die);
	struct error *(*type_children)(struct die_reader *reader, uint64_t offset,
				       struct error *(*each)(void *context, const struct die *child), void *context);
	/* Up to `room` ranges of AT_RANGES. */
	struct error *(*ranges)(struct die_reader *reader, const struct die *die, struct address_range *ranges,
				uint32_t room, uint32_t *count);
	/* Adds the rows of the unit's line program, sequence by sequence. */
	struct error *(*lines)(struct die_reader *reader, struct line_rows *rows);
	/* File `index` of the unit's line program; `file->name` is NULL if there is none. */
	struct error *(*file)(struct die_reader *reader, uint64_t index, struct source_file *file);
	void (*close)(struct die_reader *reader);
};

struct die_reader {
	const struct die_reader_ops *ops;
	uint32_t param_depth;	/* parameters at this depth come out of next() */
	bool variables;		/* the unit's own variables come out of next() */
	uint32_t address_bytes; /* 4 or 8, as the first unit has it: all units of an image are for one machine */
	const char *texts;	/* .debug_str: a linked file has each text once there, so that its address tells it */
	size_t texts_bytes;
	bool types; /* definitions of types come out of next(), wherever they stand */
};

#endif
