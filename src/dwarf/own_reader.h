/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The inside of our own decoder, shared by its files. */
#ifndef DWARF_OWN_READER_H
#define DWARF_OWN_READER_H

#include "dwarf/abbrev.h"
#include "dwarf/bytes.h"
#include "dwarf/dwarf_image.h"

/* What a unit's own DIE says about the rest of it. */
struct unit_bases {
	bool known;
	bool has_rnglists;
	uint64_t str_offsets, addr, rnglists;
	uint64_t low_pc;
	uint64_t line_offset; /* of its line program */
	bool has_line;
};

/* The file table of one line program: where each entry stands, decoded when asked for. */
struct line_table {
	bool read;
	uint16_t version;
	uint8_t min_instruction; /* bytes a step of the address stands for */
	int8_t line_base;
	uint8_t line_range;
	uint8_t opcode_base;
	uint8_t operands[256]; /* of each standard opcode */
	struct bytes program;  /* the opcodes */
	VEC(const char *) directories;
	VEC(struct source_file) files; /* by index as DW_AT_decl_file counts */
};

struct own_reader {
	struct die_reader base;
	const struct dwarf_image *image;
	const struct unit_header *unit;
	struct unit_bases bases;
	struct abbrev_table table;
	struct line_table lines;
	struct bytes at; /* the walk */
	uint32_t depth;
	/* Readers that went to other units, for references there, so that the walk keeps its tables. */
	VEC(struct own_reader *) others;
	size_t next_other;
	uint32_t walks; /* of children, going on in this reader's unit: it must stay there */
};

/* Passes over the value of one attribute. */
void form_skip(const struct unit_header *unit, struct bytes *b, uint64_t form);
/* Reads the value of one attribute into its slot; a form that does not fit the slot leaves it absent. */
struct error *form_read(struct own_reader *reader, struct bytes *b, const struct abbrev_op *op,
			struct die *die) MUST_CHECK;

struct error *own_ranges(struct die_reader *base, const struct die *die, struct address_range *ranges, uint32_t room,
			 uint32_t *count) MUST_CHECK;
struct error *own_lines(struct die_reader *base, struct line_rows *rows) MUST_CHECK;
/* Reads the header and tables of the unit's line program, once. */
struct error *own_line_table(struct own_reader *reader) MUST_CHECK;
struct error *own_file(struct die_reader *base, uint64_t index, struct source_file *file) MUST_CHECK;
void line_table_free(struct line_table *lines);

#endif
