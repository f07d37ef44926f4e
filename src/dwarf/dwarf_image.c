// SPDX-License-Identifier: GPL-2.0-or-later
#include "dwarf/dwarf_image.h"

#include "dwarf/bytes.h"
#include "dwarf/constants.h"

static const char *const section_names[DWARF_SECTION_COUNT] = {
	[DWARF_INFO] = ".debug_info",
	[DWARF_ABBREV] = ".debug_abbrev",
	[DWARF_STR] = ".debug_str",
	[DWARF_LINE_STR] = ".debug_line_str",
	[DWARF_LINE] = ".debug_line",
	[DWARF_RANGES] = ".debug_ranges",
	[DWARF_RNGLISTS] = ".debug_rnglists",
	[DWARF_ADDR] = ".debug_addr",
	[DWARF_STR_OFFSETS] = ".debug_str_offsets",
};

struct error *dwarf_error(const struct dwarf_image *image, enum dwarf_section section, uint64_t offset,
			  const char *what)
{
	return error_new(ERROR_INPUT, "%s: section %s, offset 0x%llx: %s; the file is damaged, fetch it again",
			 image->path, section_names[section], (unsigned long long)offset, what);
}

struct error *dwarf_string(const struct dwarf_image *image, enum dwarf_section section, uint64_t offset,
			   const char **text)
{
	const struct section *strings = &image->sections[section];

	/* The last byte was found to be NUL when the section was loaded. */
	if (offset >= strings->size_bytes || !strings->data)
		return dwarf_error(image, section, offset, "a string outside the section");
	*text = (const char *)strings->data + offset;
	return NULL;
}

static struct error *read_unit_header(struct dwarf_image *image, struct bytes *b, struct unit_header *unit)
{
	uint64_t length;

	unit->offset = bytes_offset(b);
	length = bytes_u32(b);
	unit->offset_bytes = 4;
	if (length == 0xffffffff) {
		length = bytes_u64(b);
		unit->offset_bytes = 8;
	}
	if (b->overrun || length > (uint64_t)(b->end - b->at))
		return dwarf_error(image, DWARF_INFO, unit->offset, "a unit longer than the section");
	unit->end = bytes_offset(b) + length;
	unit->version = bytes_u16(b);
	if (unit->version < 2 || unit->version > 5)
		return dwarf_error(image, DWARF_INFO, unit->offset, "a DWARF version that is none of 2 to 5");
	unsigned type = DW_UT_compile;

	if (unit->version == 5) {
		type = bytes_u8(b);
		unit->address_bytes = bytes_u8(b);
		unit->abbrev_offset = bytes_uint(b, unit->offset_bytes);
		if (type == DW_UT_skeleton || type == DW_UT_split_compile)
			bytes_skip(b, 8);
		else if (type == DW_UT_type || type == DW_UT_split_type)
			bytes_skip(b, 8 + unit->offset_bytes);
		else if (type != DW_UT_compile && type != DW_UT_partial && type < DW_UT_lo_user)
			return dwarf_error(image, DWARF_INFO, unit->offset,
					   "a unit of a type that DWARF 5 does not know");
	} else {
		unit->abbrev_offset = bytes_uint(b, unit->offset_bytes);
		unit->address_bytes = bytes_u8(b);
	}
	unit->has_code = type == DW_UT_compile || type == DW_UT_partial || type == DW_UT_skeleton;
	unit->first_die = bytes_offset(b);
	if (b->overrun || unit->first_die > unit->end)
		return dwarf_error(image, DWARF_INFO, unit->offset, "a unit shorter than its header");
	if (unit->address_bytes != 4 && unit->address_bytes != 8)
		return dwarf_error(image, DWARF_INFO, unit->offset, "an address size that is neither 4 nor 8");
	return NULL;
}

static struct error *read_units(struct dwarf_image *image)
{
	const struct section *info = &image->sections[DWARF_INFO];
	struct bytes b = {info->data, info->data, info->data + info->size_bytes, image->swap, false};

	while (b.at < b.end) {
		struct unit_header unit;

		/* Linkers pad between units; a zero word is no unit. */
		if (b.end - b.at < 4)
			break;
		TRY(read_unit_header(image, &b, &unit));
		if (unit.abbrev_offset >= image->sections[DWARF_ABBREV].size_bytes)
			return dwarf_error(image, DWARF_INFO, unit.offset,
					   "its abbreviations lie outside .debug_abbrev");
		vec_add(&image->units, unit);
		b.at = b.start + unit.end;
	}
	return NULL;
}

static struct error *load_sections(struct elf_image *elf, struct dwarf_image *image)
{
	for (int i = 0; i < DWARF_SECTION_COUNT; i++) {
		struct section *section;

		TRY(elf_image_load(elf, section_names[i], &section));
		if (!section || !section->data || !section->size_bytes)
			continue;
		image->sections[i] = *section;
		image->sections[i].name = section_names[i]; /* .zdebug_info is .debug_info once it is expanded */
	}
	for (int i = DWARF_STR; i <= DWARF_LINE_STR; i++) {
		const struct section *strings = &image->sections[i];

		if (strings->data && strings->data[strings->size_bytes - 1] != 0)
			return dwarf_error(image, (enum dwarf_section)i, strings->size_bytes,
					   "its last string has no end");
	}
	return NULL;
}

struct error *dwarf_image_open(struct elf_image *elf, struct dwarf_image *image, bool *present)
{
	*image = (struct dwarf_image){.path = elf->path, .swap = elf->swap};
	*present = false;
	TRY(load_sections(elf, image));
	if (!image->sections[DWARF_INFO].data || !image->sections[DWARF_ABBREV].data)
		return NULL;
	struct error *err = read_units(image);

	if (err)
		dwarf_image_close(image);
	else
		*present = true;
	return err;
}

void dwarf_image_close(struct dwarf_image *image)
{
	vec_free(&image->units);
}
