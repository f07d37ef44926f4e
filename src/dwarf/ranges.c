// SPDX-License-Identifier: GPL-2.0-or-later
/* Range lists: .debug_ranges (DWARF 2 to 4) and .debug_rnglists (DWARF 5, 7.25). */
#include "dwarf/constants.h"
#include "dwarf/own_reader.h"

struct range_out {
	struct address_range *ranges;
	uint32_t room, count;
};

static void add_range(struct range_out *out, uint64_t low, uint64_t high)
{
	if (out->count < out->room && high > low)
		out->ranges[out->count++] = (struct address_range){low, high};
}

static struct error *old_ranges(const struct own_reader *reader, struct bytes *b, struct range_out *out)
{
	unsigned width = reader->unit->address_bytes;
	uint64_t base = reader->bases.low_pc, largest = width == 4 ? 0xffffffff : UINT64_MAX;

	while (!b->overrun && out->count < out->room) {
		uint64_t low = bytes_uint(b, width), high = bytes_uint(b, width);

		if (low == 0 && high == 0)
			break;
		if (low == largest)
			base = high;
		else
			add_range(out, base + low, base + high);
	}
	return NULL;
}

static struct error *address_at(const struct own_reader *reader, uint64_t index, uint64_t *address)
{
	const struct section *table = &reader->image->sections[DWARF_ADDR];
	unsigned width = reader->unit->address_bytes;
	uint64_t base = reader->bases.addr;

	if (base > table->size_bytes || index >= (table->size_bytes - base) / width)
		return dwarf_error(reader->image, DWARF_ADDR, base, "an address index outside the table");
	struct bytes b = {table->data, table->data + base + index * width, table->data + table->size_bytes,
			  reader->image->swap, false};

	*address = bytes_uint(&b, width);
	return NULL;
}

/* One entry; `done` at the end of the list. */
static struct error *new_range(const struct own_reader *reader, struct bytes *b, uint64_t *base, struct range_out *out,
			       bool *done)
{
	unsigned width = reader->unit->address_bytes;
	uint64_t low, high, offset = bytes_offset(b);

	switch (bytes_u8(b)) {
	case DW_RLE_end_of_list:
		*done = true;
		return NULL;
	case DW_RLE_base_addressx:
		return address_at(reader, bytes_uleb(b), base);
	case DW_RLE_startx_endx:
		TRY(address_at(reader, bytes_uleb(b), &low));
		TRY(address_at(reader, bytes_uleb(b), &high));
		break;
	case DW_RLE_startx_length:
		TRY(address_at(reader, bytes_uleb(b), &low));
		high = low + bytes_uleb(b);
		break;
	case DW_RLE_offset_pair:
		low = *base + bytes_uleb(b);
		high = *base + bytes_uleb(b);
		break;
	case DW_RLE_base_address:
		*base = bytes_uint(b, width);
		return NULL;
	case DW_RLE_start_end:
		low = bytes_uint(b, width);
		high = bytes_uint(b, width);
		break;
	case DW_RLE_start_length:
		low = bytes_uint(b, width);
		high = low + bytes_uleb(b);
		break;
	default:
		return dwarf_error(reader->image, DWARF_RNGLISTS, offset, "an unknown kind of range list entry");
	}
	add_range(out, low, high);
	return NULL;
}

static struct error *new_ranges(const struct own_reader *reader, struct bytes *b, struct range_out *out)
{
	uint64_t base = reader->bases.low_pc;
	bool done = false;

	while (!done && !b->overrun && out->count < out->room)
		TRY(new_range(reader, b, &base, out, &done));
	return NULL;
}

/* DW_FORM_rnglistx: the offset stands in the unit's table. */
static struct error *indexed_list(const struct own_reader *reader, uint64_t index, uint64_t *offset)
{
	const struct section *lists = &reader->image->sections[DWARF_RNGLISTS];
	unsigned width = reader->unit->offset_bytes;
	uint64_t base = reader->bases.rnglists;

	if (!reader->bases.has_rnglists || base > lists->size_bytes || index >= (lists->size_bytes - base) / width)
		return dwarf_error(reader->image, DWARF_RNGLISTS, base, "a range list index outside the table");
	struct bytes b = {lists->data, lists->data + base + index * width, lists->data + lists->size_bytes,
			  reader->image->swap, false};

	*offset = base + bytes_uint(&b, width);
	return NULL;
}

struct error *own_ranges(struct die_reader *base, const struct die *die, struct address_range *ranges, uint32_t room,
			 uint32_t *count)
{
	const struct own_reader *reader = (const struct own_reader *)base;
	enum dwarf_section which = reader->unit->version >= 5 ? DWARF_RNGLISTS : DWARF_RANGES;
	const struct section *lists = &reader->image->sections[which];
	struct range_out out = {ranges, room, 0};
	uint64_t offset = die_number(die, AT_RANGES, 0);

	*count = 0;
	if (!die_has(die, AT_RANGES))
		return NULL;
	if (die->ranges_index)
		TRY(indexed_list(reader, offset, &offset));
	if (offset >= lists->size_bytes)
		return dwarf_error(reader->image, which, offset, "a range list outside the section");
	struct bytes b = {lists->data, lists->data + offset, lists->data + lists->size_bytes, reader->image->swap,
			  false};

	TRY(which == DWARF_RANGES ? old_ranges(reader, &b, &out) : new_ranges(reader, &b, &out));
	if (b.overrun)
		return dwarf_error(reader->image, which, offset, "a range list that runs past the end of the section");
	*count = out.count;
	return NULL;
}
