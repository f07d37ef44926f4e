// SPDX-License-Identifier: GPL-2.0-or-later
#include "dwarf/abbrev.h"

#include "dwarf/bytes.h"
#include "dwarf/constants.h"

/* Codes far above the number of abbreviations would make the table huge; compilers number from 1. */
#define MAX_CODE 1000000u

static bool is_aggregate(uint16_t tag)
{
	return tag == DW_TAG_structure_type || tag == DW_TAG_union_type || tag == DW_TAG_enumeration_type;
}

enum tag_class tag_class(uint16_t tag, bool rust)
{
	switch (tag) {
	case DW_TAG_compile_unit:
	case DW_TAG_partial_unit:
	case DW_TAG_skeleton_unit:
	case DW_TAG_lexical_block:
	case DW_TAG_subprogram:
	case DW_TAG_inlined_subroutine:
	case DW_TAG_namespace:
		return TAG_ENTER;
	case DW_TAG_call_site:
	case DW_TAG_GNU_call_site:
		return TAG_LEAF;
	case DW_TAG_formal_parameter:
	case DW_TAG_unspecified_parameters:
		return TAG_PARAM;
	case DW_TAG_variable:
		return TAG_VARIABLE;
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
	case DW_TAG_enumeration_type:
	case DW_TAG_variant_part:
	case DW_TAG_variant:
		return rust ? TAG_ENTER : is_aggregate(tag) ? TAG_TYPE : TAG_SKIP;
	case DW_TAG_typedef:
		return rust ? TAG_SKIP : TAG_TYPE;
	default:
		return TAG_SKIP;
	}
}

uint8_t attr_slot(uint64_t code)
{
	switch (code) {
#define DIE_ATTR_CASE(slot, number, class) \
	case number:                       \
		return AT_##slot;
		DIE_ATTRS(DIE_ATTR_CASE)
#undef DIE_ATTR_CASE
	default:
		return NO_SLOT;
	}
}

/* Bytes of a form whose size does not depend on the data, -1 if it does. */
static int fixed_size(uint64_t form, const struct unit_header *unit)
{
	switch (form) {
	case DW_FORM_flag_present:
	case DW_FORM_implicit_const:
		return 0;
	case DW_FORM_data1:
	case DW_FORM_ref1:
	case DW_FORM_flag:
	case DW_FORM_strx1:
	case DW_FORM_addrx1:
		return 1;
	case DW_FORM_data2:
	case DW_FORM_ref2:
	case DW_FORM_strx2:
	case DW_FORM_addrx2:
		return 2;
	case DW_FORM_strx3:
	case DW_FORM_addrx3:
		return 3;
	case DW_FORM_data4:
	case DW_FORM_ref4:
	case DW_FORM_strx4:
	case DW_FORM_addrx4:
	case DW_FORM_ref_sup4:
		return 4;
	case DW_FORM_data8:
	case DW_FORM_ref8:
	case DW_FORM_ref_sig8:
	case DW_FORM_ref_sup8:
		return 8;
	case DW_FORM_data16:
		return 16;
	case DW_FORM_addr:
		return unit->address_bytes;
	case DW_FORM_ref_addr:
		return unit->version == 2 ? unit->address_bytes : unit->offset_bytes;
	case DW_FORM_strp:
	case DW_FORM_line_strp:
	case DW_FORM_sec_offset:
	case DW_FORM_strp_sup:
	case DW_FORM_GNU_ref_alt:
	case DW_FORM_GNU_strp_alt:
		return unit->offset_bytes;
	default:
		return -1;
	}
}

static void add_op(struct abbrev_table *table, uint32_t first, uint64_t form, uint8_t slot, int64_t operand, int size)
{
	if (slot == NO_SLOT && size == 0)
		return;
	if (slot == NO_SLOT && size > 0) {
		struct abbrev_op *last = table->ops.count > first ? &table->ops.items[table->ops.count - 1] : NULL;

		if (last && last->form == FORM_SKIP) {
			last->operand += size;
			return;
		}
		form = FORM_SKIP;
		operand = size;
	}
	*vec_push(&table->ops) = (struct abbrev_op){(uint16_t)form, slot, operand};
}

/* The others are passed over where types are read: most abbreviations are of those. */
static bool has_layout(uint16_t tag)
{
	switch (tag) {
	case DW_TAG_subprogram:
	case DW_TAG_inlined_subroutine:
	case DW_TAG_lexical_block:
	case DW_TAG_variable:
	case DW_TAG_call_site:
	case DW_TAG_GNU_call_site:
	case DW_TAG_call_site_parameter:
	case DW_TAG_GNU_call_site_parameter:
	case DW_TAG_compile_unit:
	case DW_TAG_label:
		return false;
	default:
		return true;
	}
}

/* What a program of an abbreviation decodes. */
enum purpose { DECODE_ALL, DECODE_SIBLING, DECODE_TYPE };

static bool belongs_to_type(uint8_t slot)
{
	switch (slot) {
	case AT_SIBLING:
	case AT_NAME:
	case AT_BYTE_SIZE:
	case AT_BIT_OFFSET:
	case AT_BIT_SIZE:
	case AT_CONST_VALUE:
	case AT_UPPER_BOUND:
	case AT_COUNT:
	case AT_DATA_MEMBER_LOCATION:
	case AT_DECLARATION:
	case AT_ENCODING:
	case AT_TYPE:
	case AT_DATA_BIT_OFFSET:
	case AT_ALIGNMENT:
		return true;
	default:
		return false;
	}
}

static bool wanted(enum purpose purpose, uint8_t slot, const struct abbrev *abbrev)
{
	if (purpose == DECODE_TYPE)
		return belongs_to_type(slot);
	return purpose == DECODE_ALL || (slot == AT_SIBLING && abbrev->has_children);
}

/* One pass over an abbreviation's attribute list. */
static void compile(struct abbrev_table *table, const struct unit_header *unit, struct bytes *b, struct abbrev *abbrev,
		    enum purpose purpose)
{
	uint32_t first = (uint32_t)table->ops.count;

	for (;;) {
		uint64_t code = bytes_uleb(b), form = bytes_uleb(b);
		int64_t operand = form == DW_FORM_implicit_const ? bytes_sleb(b) : 0;
		uint8_t slot = attr_slot(code);

		if ((code == 0 && form == 0) || b->overrun)
			break;
		if (slot == AT_SIBLING)
			abbrev->has_sibling = true;
		if (!wanted(purpose, slot, abbrev))
			slot = NO_SLOT;
		add_op(table, first, form > 0xffff ? 0 : form, slot, operand, fixed_size(form, unit));
	}
	uint32_t count = (uint32_t)table->ops.count - first;

	switch (purpose) {
	case DECODE_SIBLING:
		abbrev->skip_op = first;
		abbrev->skip_ops = count;
		break;
	case DECODE_TYPE:
		abbrev->type_op = first;
		abbrev->type_ops = count;
		break;
	case DECODE_ALL:
		abbrev->decode_op = first;
		abbrev->decode_ops = count;
		break;
	}
}

static struct error *read_abbrev(const struct dwarf_image *image, const struct unit_header *unit, uint64_t code,
				 struct bytes *b, struct abbrev_table *table)
{
	if (code > MAX_CODE)
		return dwarf_error(image, DWARF_ABBREV, bytes_offset(b), "an abbreviation code above a million");
	while (table->abbrevs.count <= code)
		*vec_push(&table->abbrevs) = (struct abbrev){0};
	struct abbrev *abbrev = &table->abbrevs.items[code];
	uint64_t tag = bytes_uleb(b);

	*abbrev = (struct abbrev){.tag = (uint16_t)tag, .known = true};
	abbrev->has_children = bytes_u8(b) != 0;
	abbrev->class = tag_class(abbrev->tag, table->rust);
	struct bytes again = *b, for_types = *b;

	compile(table, unit, &again, abbrev, DECODE_SIBLING);
	if (has_layout(abbrev->tag))
		compile(table, unit, &for_types, abbrev, DECODE_TYPE);
	else
		abbrev->type_op = abbrev->skip_op, abbrev->type_ops = abbrev->skip_ops;
	compile(table, unit, b, abbrev, DECODE_ALL);
	return NULL;
}

struct error *abbrev_table_read(const struct dwarf_image *image, const struct unit_header *unit, bool rust,
				struct abbrev_table *table)
{
	const struct section *section = &image->sections[DWARF_ABBREV];

	if (table->abbrevs.count && table->offset == unit->abbrev_offset && table->version == unit->version &&
	    table->address_bytes == unit->address_bytes && table->offset_bytes == unit->offset_bytes &&
	    table->rust == rust)
		return NULL;
	table->abbrevs.count = table->ops.count = 0;
	table->offset = unit->abbrev_offset;
	table->version = unit->version;
	table->address_bytes = unit->address_bytes;
	table->offset_bytes = unit->offset_bytes;
	table->rust = rust;
	struct bytes b = {section->data, section->data + unit->abbrev_offset, section->data + section->size_bytes,
			  image->swap, false};

	for (;;) {
		uint64_t at = bytes_offset(&b), code = bytes_uleb(&b);

		if (code == 0 && !b.overrun)
			return NULL;
		if (!b.overrun)
			TRY(read_abbrev(image, unit, code, &b, table));
		if (b.overrun) {
			table->abbrevs.count = 0;
			return dwarf_error(image, DWARF_ABBREV, at,
					   "abbreviations that run past the end of the section");
		}
	}
}

void abbrev_table_free(struct abbrev_table *table)
{
	vec_free(&table->abbrevs);
	vec_free(&table->ops);
}
