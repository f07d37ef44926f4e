/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The debug sections of one image and its units, read once and shared by all
 * readers (and threads): nothing here changes after dwarf_image_open().
 */
#ifndef DWARF_DWARF_IMAGE_H
#define DWARF_DWARF_IMAGE_H

#include "atlas/mem.h"
#include "dwarf/die.h"
#include "image/elf_image.h"

enum dwarf_section {
	DWARF_INFO,
	DWARF_ABBREV,
	DWARF_STR,
	DWARF_LINE_STR,
	DWARF_LINE,
	DWARF_RANGES,
	DWARF_RNGLISTS,
	DWARF_ADDR,
	DWARF_STR_OFFSETS,
	DWARF_SECTION_COUNT,
};

struct unit_header {
	uint64_t offset;    /* of the unit, in .debug_info */
	uint64_t end;	    /* first offset behind it */
	uint64_t first_die; /* offset of its own DIE */
	uint64_t abbrev_offset;
	uint16_t version;
	uint8_t address_bytes;
	uint8_t offset_bytes; /* 4 or 8: DWARF format */
	bool has_code;	      /* a compile or partial unit, not a type or skeleton unit */
};

struct dwarf_image {
	const char *path;
	bool swap;
	struct section sections[DWARF_SECTION_COUNT]; /* copies; data NULL where missing */
	VEC(struct unit_header) units;
};

/* True if there is DWARF to read: both .debug_info and .debug_abbrev. */
struct error *dwarf_image_open(struct elf_image *elf, struct dwarf_image *image, bool *present) MUST_CHECK;
void dwarf_image_close(struct dwarf_image *image);

/* "PATH: section .debug_x, offset 0x...: WHAT" */
struct error *dwarf_error(const struct dwarf_image *image, enum dwarf_section section, uint64_t offset,
			  const char *what) MUST_CHECK;

/* A NUL-terminated string at `offset` of a string section. */
struct error *dwarf_string(const struct dwarf_image *image, enum dwarf_section section, uint64_t offset,
			   const char **text) MUST_CHECK;

/* Our own decoder. `image` outlives it. */
struct die_reader *own_reader_new(const struct dwarf_image *image);
/* The reference decoder over libdwarf. */
struct error *libdwarf_reader_new(const struct dwarf_image *image, struct die_reader **reader) MUST_CHECK;

#endif
