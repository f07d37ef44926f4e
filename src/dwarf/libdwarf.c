// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The reference decoder: libdwarf behind the same interface as our own.
 *
 * libdwarf is given our sections (already decompressed, which Debian 12's cannot
 * do for zstd) through its object interface, so it never opens the file, and
 * applies no relocations: a linked kernel has none left to apply.
 */
#include <libdwarf.h>

#include "dwarf/abbrev.h"
#include "dwarf/bytes.h"
#include "dwarf/constants.h"
#include "dwarf/dwarf_image.h"

#define MAX_DEPTH 4096u

struct lib_reader {
	struct die_reader base;
	const struct dwarf_image *image;
	Dwarf_Obj_Access_Interface object;
	Dwarf_Debug debug;
	const struct unit_header *unit;
	uint64_t current_end; /* of the unit that is libdwarf's current one, 0 none */
	VEC(Dwarf_Die) path;  /* the open DIEs, unit first; the last is the next one's parent or elder */
	bool enter;	      /* go into the last one's children next */
	bool rust;
	uint64_t low_pc;
	bool has_lines;
	Dwarf_Line_Context lines;
	Dwarf_Unsigned line_version;
};

static int section_info(void *object, Dwarf_Half index, Dwarf_Obj_Access_Section *section, int *error)
{
	const struct lib_reader *reader = object;

	(void)error;
	*section = (Dwarf_Obj_Access_Section){.name = ""};
	if (index == 0)
		return DW_DLV_OK;
	if (index > DWARF_SECTION_COUNT)
		return DW_DLV_NO_ENTRY;
	const struct section *ours = &reader->image->sections[index - 1];

	if (ours->data) {
		section->name = ours->name;
		section->size = ours->size_bytes;
		section->type = ours->type;
	}
	return DW_DLV_OK;
}

static Dwarf_Endianness byte_order(void *object)
{
	const struct lib_reader *reader = object;
	bool big = reader->image->swap == (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);

	return big ? DW_OBJECT_MSB : DW_OBJECT_LSB;
}

static Dwarf_Small length_size(void *object)
{
	(void)object;
	return 4;
}

static Dwarf_Small pointer_size(void *object)
{
	const struct lib_reader *reader = object;

	return reader->image->units.count ? reader->image->units.items[0].address_bytes : 8;
}

static Dwarf_Unsigned section_count(void *object)
{
	(void)object;
	return DWARF_SECTION_COUNT + 1;
}

static int load_section(void *object, Dwarf_Half index, Dwarf_Small **data, int *error)
{
	const struct lib_reader *reader = object;

	(void)error;
	if (index == 0 || index > DWARF_SECTION_COUNT || !reader->image->sections[index - 1].data)
		return DW_DLV_NO_ENTRY;
	*data = (Dwarf_Small *)(uintptr_t)reader->image->sections[index - 1].data;
	return DW_DLV_OK;
}

static const Dwarf_Obj_Access_Methods access_methods = {
	section_info, byte_order, length_size, pointer_size, section_count, load_section, NULL,
};

/* The one translator of libdwarf's errors. */
static struct error *lib_error(struct lib_reader *reader, uint64_t offset, Dwarf_Error err)
{
	struct error *result = dwarf_error(reader->image, DWARF_INFO, offset,
					   err ? dwarf_errmsg(err) : "libdwarf finds nothing there");

	if (err)
		dwarf_dealloc_error(reader->debug, err);
	return result;
}

/* Where a call passes no place for its error, libdwarf would abort the process without such a handler. */
static void lib_unasked_error(Dwarf_Error err, Dwarf_Ptr context)
{
	struct lib_reader *reader = context;

	if (reader->debug)
		dwarf_dealloc_error(reader->debug, err);
}

#define LIB_TRY(reader, offset, call)                                   \
	do {                                                            \
		Dwarf_Error lib_err_ = NULL;                            \
		if ((call) == DW_DLV_ERROR)                             \
			return lib_error((reader), (offset), lib_err_); \
	} while (0)

static bool read_const(Dwarf_Attribute attribute, Dwarf_Half form, uint64_t *value)
{
	Dwarf_Unsigned number;
	Dwarf_Signed negative;

	/* libdwarf refuses what is negative as unsigned and the other way round. */
	if (form == DW_FORM_exprloc || form == DW_FORM_block1 || form == DW_FORM_block)
		return false;
	if (form != DW_FORM_sdata && form != DW_FORM_implicit_const &&
	    dwarf_formudata(attribute, &number, NULL) == DW_DLV_OK) {
		*value = number;
		return true;
	}
	if (dwarf_formsdata(attribute, &negative, NULL) != DW_DLV_OK)
		return false;
	*value = (uint64_t)negative;
	return true;
}

/* The address of a variable that stands at one: the expression is DW_OP_addr and nothing else. */
static bool read_location(const struct lib_reader *reader, Dwarf_Attribute attribute, Dwarf_Half form, uint64_t *value)
{
	Dwarf_Unsigned length = 0;
	Dwarf_Ptr bytes;

	if (form != DW_FORM_exprloc || dwarf_formexprloc(attribute, &length, &bytes, NULL) != DW_DLV_OK ||
	    (length != 5 && length != 9) || *(const unsigned char *)bytes != DW_OP_addr)
		return false;
	const unsigned char *address = (const unsigned char *)bytes + 1;
	struct bytes b = {address, address, address + length - 1, reader->image->swap, false};

	*value = bytes_uint(&b, (unsigned)length - 1);
	return true;
}

static bool read_number(Dwarf_Attribute attribute, Dwarf_Half form, enum slot_class class, uint64_t *value)
{
	Dwarf_Unsigned number;
	Dwarf_Bool flag;

	switch (class) {
	case CLASS_ADDRESS:
		if (dwarf_formaddr(attribute, &number, NULL) != DW_DLV_OK)
			return false;
		*value = number;
		return true;
	case CLASS_REF:
	case CLASS_SECTION:
		if (class == CLASS_SECTION &&
		    (form == DW_FORM_rnglistx || form == DW_FORM_data4 || form == DW_FORM_data8))
			return read_const(attribute, form, value);
		if (form == DW_FORM_ref_sig8 || dwarf_global_formref(attribute, &number, NULL) != DW_DLV_OK)
			return false;
		*value = number;
		return true;
	case CLASS_FLAG:
		if (dwarf_formflag(attribute, &flag, NULL) != DW_DLV_OK || !flag)
			return false;
		*value = 1;
		return true;
	case CLASS_CONST:
		return read_const(attribute, form, value);
	case CLASS_LOCATION:
	case CLASS_STRING:
	default:
		return false;
	}
}

static void read_attribute(const struct lib_reader *reader, struct die *die, Dwarf_Attribute attribute)
{
	Dwarf_Half code = 0, form = 0;
	char *text;

	if (dwarf_whatattr(attribute, &code, NULL) != DW_DLV_OK || dwarf_whatform(attribute, &form, NULL) != DW_DLV_OK)
		return;
	uint8_t slot = attr_slot(code);
	uint64_t value = 0;

	if (slot == NO_SLOT)
		return;
	if (slot == AT_RANGES)
		die->ranges_index = form == DW_FORM_rnglistx;
	if (slot_class(slot) == CLASS_STRING) {
		if (dwarf_formstring(attribute, &text, NULL) != DW_DLV_OK)
			return;
		die->value[slot].text = text;
	} else if (slot == AT_LOCATION ? read_location(reader, attribute, form, &value)
				       : read_number(attribute, form, slot_class(slot), &value)) {
		die->value[slot].number = value;
	} else if ((slot == AT_ENTRY_PC || slot == AT_HIGH_PC) && die_has(die, AT_LOW_PC) &&
		   read_const(attribute, form, &value)) {
		die->value[slot].number = die->value[AT_LOW_PC].number + value;
	} else {
		return;
	}
	die->present |= (uint64_t)1 << slot;
}

static struct error *fill(struct lib_reader *reader, Dwarf_Die from, struct die *die)
{
	Dwarf_Attribute *attributes;
	Dwarf_Signed count = 0;
	Dwarf_Off offset = 0;
	Dwarf_Half tag = 0, children = 0;

	die->present = 0;
	LIB_TRY(reader, 0, dwarf_dieoffset(from, &offset, &lib_err_));
	LIB_TRY(reader, offset, dwarf_tag(from, &tag, &lib_err_));
	if (dwarf_die_abbrev_children_flag(from, &children) != DW_DLV_OK)
		return lib_error(reader, offset, NULL);
	die->offset = offset;
	die->tag = tag;
	die->has_children = children != 0;
	Dwarf_Error err = NULL;
	int result = dwarf_attrlist(from, &attributes, &count, &err);

	if (result == DW_DLV_ERROR)
		return lib_error(reader, offset, err);
	if (result == DW_DLV_NO_ENTRY)
		return NULL;
	for (Dwarf_Signed i = 0; i < count; i++) {
		read_attribute(reader, die, attributes[i]);
		dwarf_dealloc_attribute(attributes[i]);
	}
	dwarf_dealloc(reader->debug, attributes, DW_DLA_LIST);
	return NULL;
}

static void leave_unit(struct lib_reader *reader)
{
	while (reader->path.count)
		dwarf_dealloc_die(reader->path.items[--reader->path.count]);
	if (reader->lines)
		dwarf_srclines_dealloc_b(reader->lines);
	reader->lines = NULL;
	reader->has_lines = false;
}

/*
 * Makes `unit` libdwarf's current one: it looks for the unit of an offset from
 * there on and only then from the first, so a reference within the unit takes
 * it one step instead of thousands.  Behind the last unit it begins anew.
 */
static struct error *go_to_unit(struct lib_reader *reader, const struct unit_header *unit)
{
	for (int rounds = 0; reader->current_end != unit->end;) {
		Dwarf_Unsigned end = 0; /* stays 0 behind the last unit */

		LIB_TRY(reader, unit->offset,
			dwarf_next_cu_header_d(reader->debug, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, &end,
					       NULL, &lib_err_));
		reader->current_end = end;
		if (!end && rounds++)
			return lib_error(reader, unit->offset, NULL);
	}
	return NULL;
}

static struct error *lib_open_unit(struct die_reader *base, uint32_t index, struct die *die, bool *has_die)
{
	struct lib_reader *reader = (struct lib_reader *)base;
	Dwarf_Die unit_die = NULL;

	leave_unit(reader);
	*has_die = false;
	reader->unit = &reader->image->units.items[index];
	reader->base.param_depth = NO_PARAM_DEPTH;
	if (!reader->unit->has_code || reader->unit->first_die == reader->unit->end)
		return NULL;
	TRY(go_to_unit(reader, reader->unit));
	LIB_TRY(reader, reader->unit->offset,
		dwarf_offdie_b(reader->debug, reader->unit->first_die, 1, &unit_die, &lib_err_));
	if (!unit_die)
		return lib_error(reader, reader->unit->first_die, NULL);
	vec_add(&reader->path, unit_die);
	reader->enter = true;
	TRY(fill(reader, unit_die, die));
	die->depth = 0;
	reader->low_pc = die_number(die, AT_LOW_PC, 0);
	reader->rust = die_number(die, AT_LANGUAGE, 0) == DW_LANG_Rust;
	*has_die = true;
	return NULL;
}

/* Steps to the next DIE in pre-order, going into the last one's children only if `enter`. */
static struct error *step(struct lib_reader *reader, bool *have)
{
	Dwarf_Die next;
	Dwarf_Error err = NULL;

	*have = true;
	if (reader->enter) {
		int result = dwarf_child(reader->path.items[reader->path.count - 1], &next, &err);

		if (result == DW_DLV_ERROR)
			return lib_error(reader, reader->unit->offset, err);
		if (result == DW_DLV_OK) {
			vec_add(&reader->path, next);
			return reader->path.count > MAX_DEPTH ? lib_error(reader, reader->unit->offset, NULL) : NULL;
		}
	}
	while (reader->path.count > 1) {
		Dwarf_Die *last = &reader->path.items[reader->path.count - 1];
		int result = dwarf_siblingof_b(reader->debug, *last, 1, &next, &err);

		if (result == DW_DLV_ERROR)
			return lib_error(reader, reader->unit->offset, err);
		dwarf_dealloc_die(*last);
		if (result == DW_DLV_OK) {
			*last = next;
			return NULL;
		}
		reader->path.count--;
	}
	*have = false;
	return NULL;
}

static struct error *lib_next(struct die_reader *base, struct die *die, bool *have)
{
	struct lib_reader *reader = (struct lib_reader *)base;

	for (;;) {
		Dwarf_Half tag;

		TRY(step(reader, have));
		if (!*have)
			return NULL;
		Dwarf_Die current = reader->path.items[reader->path.count - 1];
		uint32_t depth = (uint32_t)reader->path.count - 1;

		LIB_TRY(reader, reader->unit->offset, dwarf_tag(current, &tag, &lib_err_));
		enum tag_class class = tag_class(tag, reader->rust);

		reader->enter = class == TAG_ENTER;
		if (class == TAG_SKIP || (class == TAG_PARAM && depth != reader->base.param_depth) ||
		    (class == TAG_TYPE && !reader->base.types) ||
		    (class == TAG_VARIABLE && (depth != 1 || !reader->base.variables)))
			continue;
		TRY(fill(reader, current, die));
		die->depth = depth;
		return NULL;
	}
}

static struct error *lib_at(struct die_reader *base, uint64_t offset, struct die *die)
{
	struct lib_reader *reader = (struct lib_reader *)base;
	Dwarf_Die found = NULL;

	LIB_TRY(reader, offset, dwarf_offdie_b(reader->debug, offset, 1, &found, &lib_err_));
	if (!found) /* "no entry": the reference leads between DIEs */
		return lib_error(reader, offset, NULL);
	struct error *err = fill(reader, found, die);

	die->depth = 0;
	dwarf_dealloc_die(found);
	return err;
}

static struct error *lib_children(struct die_reader *base, uint64_t offset,
				  struct error *(*each)(void *context, const struct die *child), void *context)
{
	struct lib_reader *reader = (struct lib_reader *)base;
	Dwarf_Die parent = NULL, child;
	struct die die;

	LIB_TRY(reader, offset, dwarf_offdie_b(reader->debug, offset, 1, &parent, &lib_err_));
	if (!parent)
		return NULL;
	int result = dwarf_child(parent, &child, NULL);
	struct error *err = NULL;

	dwarf_dealloc_die(parent);
	while (result == DW_DLV_OK && !err) {
		Dwarf_Die next;

		err = fill(reader, child, &die);
		if (!err)
			err = each(context, &die);
		result = dwarf_siblingof_b(reader->debug, child, 1, &next, NULL);
		dwarf_dealloc_die(child);
		child = next;
	}
	if (err && result == DW_DLV_OK)
		dwarf_dealloc_die(child);
	return err;
}

static struct error *old_ranges(struct lib_reader *reader, Dwarf_Die owner, uint64_t offset,
				struct address_range *ranges, uint32_t room, uint32_t *count)
{
	Dwarf_Ranges *entries = NULL;
	Dwarf_Signed length = 0;
	uint64_t from = reader->low_pc;

	LIB_TRY(reader, offset,
		dwarf_get_ranges_b(reader->debug, offset, owner, NULL, &entries, &length, NULL, &lib_err_));
	if (!entries)
		return lib_error(reader, offset, NULL);
	for (Dwarf_Signed i = 0; i < length && *count < room; i++) {
		if (entries[i].dwr_type == DW_RANGES_ADDRESS_SELECTION)
			from = entries[i].dwr_addr2;
		else if (entries[i].dwr_type == DW_RANGES_ENTRY && entries[i].dwr_addr2 > entries[i].dwr_addr1)
			ranges[(*count)++] =
				(struct address_range){from + entries[i].dwr_addr1, from + entries[i].dwr_addr2};
	}
	dwarf_ranges_dealloc(reader->debug, entries, length);
	return NULL;
}

static struct error *new_ranges(struct lib_reader *reader, Dwarf_Attribute attribute, const struct die *die,
				struct address_range *ranges, uint32_t room, uint32_t *count)
{
	Dwarf_Rnglists_Head head = NULL;
	Dwarf_Unsigned length = 0, first, low, high, raw1, raw2;
	unsigned bytes, code;
	Dwarf_Bool unavailable;

	LIB_TRY(reader, die->offset,
		dwarf_rnglists_get_rle_head(attribute, die->ranges_index ? DW_FORM_rnglistx : DW_FORM_sec_offset,
					    die->value[AT_RANGES].number, &head, &length, &first, &lib_err_));
	if (!head)
		return lib_error(reader, die->offset, NULL);
	for (Dwarf_Unsigned i = 0; i < length && *count < room; i++) {
		if (dwarf_get_rnglists_entry_fields_a(head, i, &bytes, &code, &raw1, &raw2, &unavailable, &low, &high,
						      NULL) != DW_DLV_OK)
			break;
		if (code != DW_RLE_end_of_list && code != DW_RLE_base_address && code != DW_RLE_base_addressx &&
		    high > low)
			ranges[(*count)++] = (struct address_range){low, high};
	}
	dwarf_dealloc_rnglists_head(head);
	return NULL;
}

static struct error *lib_ranges(struct die_reader *base, const struct die *die, struct address_range *ranges,
				uint32_t room, uint32_t *count)
{
	struct lib_reader *reader = (struct lib_reader *)base;
	Dwarf_Attribute attribute;
	Dwarf_Die owner = NULL;

	*count = 0;
	if (!die_has(die, AT_RANGES))
		return NULL;
	LIB_TRY(reader, die->offset, dwarf_offdie_b(reader->debug, die->offset, 1, &owner, &lib_err_));
	if (!owner)
		return lib_error(reader, die->offset, NULL);
	struct error *err = NULL;

	if (reader->unit->version < 5) {
		err = old_ranges(reader, owner, die->value[AT_RANGES].number, ranges, room, count);
	} else if (dwarf_attr(owner, DW_AT_ranges, &attribute, NULL) == DW_DLV_OK) {
		err = new_ranges(reader, attribute, die, ranges, room, count);
		dwarf_dealloc_attribute(attribute);
	}
	dwarf_dealloc_die(owner);
	return err;
}

static void open_lines(struct lib_reader *reader)
{
	Dwarf_Small tables = 0;

	if (reader->has_lines)
		return;
	reader->has_lines = true;
	if (dwarf_srclines_b(reader->path.items[0], &reader->line_version, &tables, &reader->lines, NULL) != DW_DLV_OK)
		reader->lines = NULL;
}

static struct error *lib_lines(struct die_reader *base, struct line_rows *rows)
{
	struct lib_reader *reader = (struct lib_reader *)base;
	Dwarf_Line *lines;
	Dwarf_Signed count = 0;

	open_lines(reader);
	if (!reader->lines || dwarf_srclines_from_linecontext(reader->lines, &lines, &count, NULL) != DW_DLV_OK)
		return NULL;
	for (Dwarf_Signed i = 0; i < count; i++) {
		Dwarf_Addr address = 0;
		Dwarf_Unsigned line = 0, file = 0;
		Dwarf_Bool end = 0;

		dwarf_lineaddr(lines[i], &address, NULL);
		dwarf_lineno(lines[i], &line, NULL);
		dwarf_line_srcfileno(lines[i], &file, NULL);
		dwarf_lineendsequence(lines[i], &end, NULL);
		*vec_push(rows) = (struct line_row){address, end ? 0 : (uint32_t)line, (uint32_t)file, end != 0};
	}
	return NULL;
}

static struct error *lib_file(struct die_reader *base, uint64_t index, struct source_file *file)
{
	struct lib_reader *reader = (struct lib_reader *)base;
	Dwarf_Unsigned directory = 0;

	*file = (struct source_file){0};
	open_lines(reader);
	if (!reader->lines || (index == 0 && reader->line_version < 5))
		return NULL;
	if (dwarf_srclines_files_data_b(reader->lines, (Dwarf_Signed)index, &file->name, &directory, NULL, NULL, NULL,
					NULL) != DW_DLV_OK)
		return NULL;
	if (directory && dwarf_srclines_include_dir_data(reader->lines, (Dwarf_Signed)directory, &file->directory,
							 NULL) != DW_DLV_OK)
		file->directory = NULL;
	return NULL;
}

static void lib_close(struct die_reader *base)
{
	struct lib_reader *reader = (struct lib_reader *)base;

	leave_unit(reader);
	vec_free(&reader->path);
	dwarf_object_finish(reader->debug, NULL);
	free(reader);
}

static const struct die_reader_ops lib_ops = {
	.open_unit = lib_open_unit,
	.next = lib_next,
	.at = lib_at,
	.children = lib_children,
	.type_at = lib_at,
	.type_children = lib_children,
	.ranges = lib_ranges,
	.lines = lib_lines,
	.file = lib_file,
	.close = lib_close,
};

struct error *libdwarf_reader_new(const struct dwarf_image *image, struct die_reader **result)
{
	struct lib_reader *reader = xcalloc(1, sizeof(*reader));
	Dwarf_Error err = NULL;

	reader->base = (struct die_reader){.ops = &lib_ops, .param_depth = NO_PARAM_DEPTH};
	reader->image = image;
	reader->base.texts = (const char *)image->sections[DWARF_STR].data;
	reader->base.address_bytes = image->units.count ? image->units.items[0].address_bytes : 8;
	reader->base.texts_bytes = image->sections[DWARF_STR].size_bytes;
	/* What is asked for is given back here, so libdwarf need not keep its account of it, a third of the time. */
	dwarf_set_de_alloc_flag(0);
	reader->object = (Dwarf_Obj_Access_Interface){reader, &access_methods};
	if (dwarf_object_init_b(&reader->object, lib_unasked_error, reader, DW_GROUPNUMBER_ANY, &reader->debug, &err) !=
	    DW_DLV_OK) {
		struct error *result_error =
			dwarf_error(image, DWARF_INFO, 0, err ? dwarf_errmsg(err) : "libdwarf finds no DWARF");

		free(reader);
		return result_error;
	}
	*result = &reader->base;
	return NULL;
}
