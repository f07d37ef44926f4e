// SPDX-License-Identifier: GPL-2.0-or-later
/* Attribute forms (DWARF 5, 7.5.6). */
#include "dwarf/constants.h"
#include "dwarf/own_reader.h"

/* The data-dependent forms; those of fixed size are SKIP operations already, but a lying form may still come here. */
void form_skip(const struct unit_header *unit, struct bytes *b, uint64_t form)
{
	switch (form) {
	case DW_FORM_udata:
	case DW_FORM_sdata:
	case DW_FORM_ref_udata:
	case DW_FORM_strx:
	case DW_FORM_addrx:
	case DW_FORM_loclistx:
	case DW_FORM_rnglistx:
	case DW_FORM_GNU_str_index:
	case DW_FORM_GNU_addr_index:
		bytes_uleb(b);
		break;
	case DW_FORM_block1:
		bytes_skip(b, bytes_u8(b));
		break;
	case DW_FORM_block2:
		bytes_skip(b, bytes_u16(b));
		break;
	case DW_FORM_block4:
		bytes_skip(b, bytes_u32(b));
		break;
	case DW_FORM_block:
	case DW_FORM_exprloc:
		bytes_skip(b, bytes_uleb(b));
		break;
	case DW_FORM_string:
		bytes_string(b);
		break;
	case DW_FORM_indirect:
		form_skip(unit, b, bytes_uleb(b));
		break;
	case DW_FORM_flag_present:
	case DW_FORM_implicit_const:
		break;
	case DW_FORM_flag:
	case DW_FORM_data1:
	case DW_FORM_ref1:
		bytes_skip(b, 1);
		break;
	case DW_FORM_data2:
	case DW_FORM_ref2:
		bytes_skip(b, 2);
		break;
	case DW_FORM_data4:
	case DW_FORM_ref4:
		bytes_skip(b, 4);
		break;
	case DW_FORM_data8:
	case DW_FORM_ref8:
	case DW_FORM_ref_sig8:
		bytes_skip(b, 8);
		break;
	case DW_FORM_addr:
		bytes_skip(b, unit->address_bytes);
		break;
	case DW_FORM_strp:
	case DW_FORM_line_strp:
	case DW_FORM_sec_offset:
	case DW_FORM_ref_addr:
		bytes_skip(b, unit->offset_bytes);
		break;
	default:
		b->overrun = true; /* an unknown form has no size: nothing behind it can be read */
	}
}

static struct error *indexed_string(struct own_reader *reader, uint64_t index, struct die *die, uint8_t slot)
{
	const struct section *table = &reader->image->sections[DWARF_STR_OFFSETS];
	unsigned width = reader->unit->offset_bytes;

	if (!reader->bases.known)
		return NULL;
	if (reader->bases.str_offsets > table->size_bytes ||
	    index >= (table->size_bytes - reader->bases.str_offsets) / width)
		return dwarf_error(reader->image, DWARF_STR_OFFSETS, reader->bases.str_offsets,
				   "a string index outside the table");
	const unsigned char *at = table->data + reader->bases.str_offsets + index * width;
	struct bytes b = {table->data, at, table->data + table->size_bytes, reader->image->swap, false};

	TRY(dwarf_string(reader->image, DWARF_STR, bytes_uint(&b, width), &die->value[slot].text));
	die->present |= (uint64_t)1 << slot;
	return NULL;
}

static struct error *indexed_address(struct own_reader *reader, uint64_t index, struct die *die, uint8_t slot)
{
	const struct section *table = &reader->image->sections[DWARF_ADDR];
	unsigned width = reader->unit->address_bytes;

	if (!reader->bases.known)
		return NULL;
	if (reader->bases.addr > table->size_bytes || index >= (table->size_bytes - reader->bases.addr) / width)
		return dwarf_error(reader->image, DWARF_ADDR, reader->bases.addr, "an address index outside the table");
	const unsigned char *at = table->data + reader->bases.addr + index * width;
	struct bytes b = {table->data, at, table->data + table->size_bytes, reader->image->swap, false};

	die->value[slot].number = bytes_uint(&b, width);
	die->present |= (uint64_t)1 << slot;
	return NULL;
}

static struct error *read_string(struct own_reader *reader, struct bytes *b, uint64_t form, struct die *die,
				 uint8_t slot)
{
	const struct unit_header *unit = reader->unit;

	switch (form) {
	case DW_FORM_string:
		die->value[slot].text = bytes_string(b);
		die->present |= (uint64_t)1 << slot;
		return NULL;
	case DW_FORM_strp:
	case DW_FORM_line_strp:
		TRY(dwarf_string(reader->image, form == DW_FORM_strp ? DWARF_STR : DWARF_LINE_STR,
				 bytes_uint(b, unit->offset_bytes), &die->value[slot].text));
		die->present |= (uint64_t)1 << slot;
		return NULL;
	case DW_FORM_strx:
	case DW_FORM_GNU_str_index:
		return indexed_string(reader, bytes_uleb(b), die, slot);
	case DW_FORM_strx1:
	case DW_FORM_strx2:
	case DW_FORM_strx3:
		return indexed_string(reader, bytes_uint(b, (unsigned)(form - DW_FORM_strx1 + 1)), die, slot);
	case DW_FORM_strx4:
		return indexed_string(reader, bytes_u32(b), die, slot);
	default:
		form_skip(unit, b, form);
		return NULL;
	}
}

static struct error *read_address(struct own_reader *reader, struct bytes *b, uint64_t form, struct die *die,
				  uint8_t slot)
{
	switch (form) {
	case DW_FORM_addr:
		die->value[slot].number = bytes_uint(b, reader->unit->address_bytes);
		die->present |= (uint64_t)1 << slot;
		return NULL;
	case DW_FORM_addrx:
	case DW_FORM_GNU_addr_index:
		return indexed_address(reader, bytes_uleb(b), die, slot);
	case DW_FORM_addrx1:
	case DW_FORM_addrx2:
	case DW_FORM_addrx3:
		return indexed_address(reader, bytes_uint(b, (unsigned)(form - DW_FORM_addrx1 + 1)), die, slot);
	case DW_FORM_addrx4:
		return indexed_address(reader, bytes_u32(b), die, slot);
	default:
		/* An entry or an end as an offset from low_pc (DWARF 5, 2.17.2 and 2.18). */
		if ((slot == AT_ENTRY_PC || slot == AT_HIGH_PC) &&
		    (form == DW_FORM_udata || form == DW_FORM_data1 || form == DW_FORM_data2 || form == DW_FORM_data4 ||
		     form == DW_FORM_data8)) {
			uint64_t offset = form == DW_FORM_udata	  ? bytes_uleb(b)
					  : form == DW_FORM_data1 ? bytes_u8(b)
					  : form == DW_FORM_data2 ? bytes_u16(b)
					  : form == DW_FORM_data4 ? bytes_u32(b)
								  : bytes_u64(b);

			if (!die_has(die, AT_LOW_PC))
				return NULL;
			die->value[slot].number = die->value[AT_LOW_PC].number + offset;
			die->present |= (uint64_t)1 << slot;
			return NULL;
		}
		form_skip(reader->unit, b, form);
		return NULL;
	}
}

/* References come out as offsets in .debug_info, whatever their form. */
static bool read_ref(const struct own_reader *reader, struct bytes *b, uint64_t form, uint64_t *value)
{
	const struct unit_header *unit = reader->unit;

	switch (form) {
	case DW_FORM_ref1:
		*value = unit->offset + bytes_u8(b);
		return true;
	case DW_FORM_ref2:
		*value = unit->offset + bytes_u16(b);
		return true;
	case DW_FORM_ref4:
		*value = unit->offset + bytes_u32(b);
		return true;
	case DW_FORM_ref8:
		*value = unit->offset + bytes_u64(b);
		return true;
	case DW_FORM_ref_udata:
		*value = unit->offset + bytes_uleb(b);
		return true;
	case DW_FORM_ref_addr:
		*value = bytes_uint(b, unit->version == 2 ? unit->address_bytes : unit->offset_bytes);
		return true;
	default:
		form_skip(unit, b, form);
		return false;
	}
}

static bool read_number(const struct own_reader *reader, struct bytes *b, const struct abbrev_op *op, uint64_t form,
			enum slot_class class, uint64_t *value)
{
	switch (form) {
	case DW_FORM_flag_present:
		*value = 1;
		return class == CLASS_FLAG;
	case DW_FORM_implicit_const:
		*value = (uint64_t)op->operand;
		return class == CLASS_CONST;
	case DW_FORM_flag:
	case DW_FORM_data1:
		*value = bytes_u8(b);
		return true;
	case DW_FORM_data2:
		*value = bytes_u16(b);
		return true;
	case DW_FORM_data4:
		*value = bytes_u32(b);
		return true;
	case DW_FORM_data8:
		*value = bytes_u64(b);
		return true;
	case DW_FORM_udata:
		*value = bytes_uleb(b);
		return true;
	case DW_FORM_sdata:
		*value = (uint64_t)bytes_sleb(b);
		return true;
	case DW_FORM_sec_offset:
		*value = bytes_uint(b, reader->unit->offset_bytes);
		return class == CLASS_SECTION;
	case DW_FORM_rnglistx:
		*value = bytes_uleb(b);
		return class == CLASS_SECTION;
	default:
		form_skip(reader->unit, b, form);
		return false;
	}
}

/* The address of a variable that stands at one: the expression is DW_OP_addr and nothing else. */
static bool read_location(const struct own_reader *reader, struct bytes *b, uint64_t form, uint64_t *value)
{
	if (form != DW_FORM_exprloc && form != DW_FORM_block1) {
		form_skip(reader->unit, b, form);
		return false;
	}
	uint64_t length = form == DW_FORM_exprloc ? bytes_uleb(b) : bytes_u8(b);
	struct bytes expression = *b;
	unsigned width = reader->unit->address_bytes;

	bytes_skip(b, length);
	if (b->overrun || length != 1 + width || bytes_u8(&expression) != DW_OP_addr)
		return false;
	*value = bytes_uint(&expression, width);
	return true;
}

struct error *form_read(struct own_reader *reader, struct bytes *b, const struct abbrev_op *op, struct die *die)
{
	enum slot_class class = slot_class(op->slot);
	uint64_t form = op->form, value = 0;
	bool fits;

	if (form == DW_FORM_indirect)
		form = bytes_uleb(b);
	switch (class) {
	case CLASS_STRING:
		return read_string(reader, b, form, die, op->slot);
	case CLASS_ADDRESS:
		return read_address(reader, b, form, die, op->slot);
	case CLASS_REF:
		fits = read_ref(reader, b, form, &value);
		break;
	case CLASS_LOCATION:
		fits = read_location(reader, b, form, &value);
		break;
	case CLASS_CONST:
	case CLASS_SECTION:
	case CLASS_FLAG:
	default:
		fits = read_number(reader, b, op, form, class, &value);
		/* A flag that is spelled out can say no. */
		fits = fits && (class != CLASS_FLAG || value != 0);
		if (op->slot == AT_RANGES)
			die->ranges_index = form == DW_FORM_rnglistx;
		break;
	}
	if (fits) {
		die->value[op->slot].number = value;
		die->present |= (uint64_t)1 << op->slot;
	}
	return NULL;
}
