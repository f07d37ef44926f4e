// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Our own decoder: the hot loop of a scan.
 *
 * It keeps nothing but a position and a depth.  Whatever the file says, it reads
 * only inside its unit and only forward, so it ends.
 */
#include "dwarf/own_reader.h"

#include "dwarf/constants.h"

/* Deeper nesting than any compiler produces. */
#define MAX_DEPTH 4096u

/* So many other units are kept open. */
#define KEPT_OTHERS 16u

static struct error *info_error(const struct own_reader *reader, uint64_t offset, const char *what)
{
	return dwarf_error(reader->image, DWARF_INFO, offset, what);
}

static struct bytes unit_bytes(const struct own_reader *reader, uint64_t offset)
{
	const unsigned char *start = reader->image->sections[DWARF_INFO].data;

	return (struct bytes){start, start + offset, start + reader->unit->end, reader->image->swap, false};
}

/* Finds the abbreviation of the DIE at `b`; NULL for the end of a list. */
static inline struct error *read_code(const struct own_reader *reader, struct bytes *b, const struct abbrev **abbrev)
{
	uint64_t offset = bytes_offset(b), code;

	code = b->at < b->end && !(*b->at & 0x80) ? *b->at++ : bytes_uleb(b);
	*abbrev = NULL;
	if (b->overrun)
		return info_error(reader, offset, "a DIE that runs past the end of its unit");
	if (code == 0)
		return NULL;
	if (code >= reader->table.abbrevs.count || !reader->table.abbrevs.items[code].known)
		return info_error(reader, offset, "a DIE with an unknown abbreviation code");
	*abbrev = &reader->table.abbrevs.items[code];
	return NULL;
}

static struct error *run_ops(struct own_reader *reader, struct bytes *b, uint32_t first, uint32_t count,
			     struct die *die)
{
	const struct abbrev_op *op = &reader->table.ops.items[first], *end = op + count;

	for (; op < end; op++) {
		if (op->form == FORM_SKIP)
			bytes_skip(b, (uint64_t)op->operand);
		else if (op->slot == NO_SLOT)
			form_skip(reader->unit, b, op->form);
		else
			TRY(form_read(reader, b, op, die));
	}
	if (b->overrun)
		return info_error(reader, die->offset,
				  "a DIE whose attributes run past the end of its unit or have an unknown form");
	return NULL;
}

/* Slots of a type that a byte or two fill without further thought. */
#define PLAIN_NUMBERS                                                                                        \
	((uint64_t)1 << AT_DATA_MEMBER_LOCATION | (uint64_t)1 << AT_BYTE_SIZE | (uint64_t)1 << AT_BIT_SIZE | \
	 (uint64_t)1 << AT_DATA_BIT_OFFSET | (uint64_t)1 << AT_UPPER_BOUND | (uint64_t)1 << AT_CONST_VALUE)

/*
 * The same for the DIE of a type.  Most members are read by no more than this: a name in .debug_str, a type in the same
 * unit, a place.
 */
static struct error *run_type_ops(struct own_reader *reader, struct bytes *b, const struct abbrev *abbrev,
				  struct die *die)
{
	const struct abbrev_op *op = &reader->table.ops.items[abbrev->type_op], *end = op + abbrev->type_ops;
	const struct section *strings = &reader->image->sections[DWARF_STR];
	uint64_t number;

	for (; op < end; op++) {
		if (op->form == FORM_SKIP) {
			bytes_skip(b, (uint64_t)op->operand);
			continue;
		}
		if (op->slot == NO_SLOT) {
			form_skip(reader->unit, b, op->form);
			continue;
		}
		if (op->form == DW_FORM_ref4 && (op->slot == AT_TYPE || op->slot == AT_SIBLING)) {
			number = reader->unit->offset + bytes_u32(b);
		} else if (op->form == DW_FORM_strp && op->slot == AT_NAME && reader->unit->offset_bytes == 4) {
			number = bytes_u32(b);
			if (number >= strings->size_bytes)
				return dwarf_error(reader->image, DWARF_STR, number, "a string outside the section");
			die->value[AT_NAME].text = (const char *)strings->data + number;
			die->present |= (uint64_t)1 << AT_NAME;
			continue;
		} else if (op->form == DW_FORM_data1 && PLAIN_NUMBERS >> op->slot & 1) {
			number = bytes_u8(b);
		} else if (op->form == DW_FORM_data2 && PLAIN_NUMBERS >> op->slot & 1) {
			number = bytes_u16(b);
		} else {
			TRY(form_read(reader, b, op, die));
			continue;
		}
		die->value[op->slot].number = number;
		die->present |= (uint64_t)1 << op->slot;
	}
	return b->overrun ? info_error(reader, die->offset,
				       "a DIE whose attributes run past the end of its unit or have an unknown form")
			  : NULL;
}

/*
 * Decodes the DIE at `b`, `whole` or only what a layout consists of; `abbrev` is NULL for the entry that ends a list of
 * siblings.
 */
static inline struct error *decode(struct own_reader *reader, struct bytes *b, bool whole, struct die *die,
				   const struct abbrev **abbrev)
{
	die->offset = bytes_offset(b);
	die->present = 0;
	TRY(read_code(reader, b, abbrev));
	if (!*abbrev)
		return NULL;
	die->tag = (*abbrev)->tag;
	die->has_children = (*abbrev)->has_children;
	return whole ? run_ops(reader, b, (*abbrev)->decode_op, (*abbrev)->decode_ops, die)
		     : run_type_ops(reader, b, *abbrev, die);
}

/* Behind the children of `die`, whose attributes were just read: by its sibling if it has one, else through them. */
static struct error *skip_children(struct own_reader *reader, struct bytes *b, const struct die *die)
{
	struct die inner;

	if (die_has(die, AT_SIBLING)) {
		uint64_t sibling = die->value[AT_SIBLING].number;

		if (sibling < bytes_offset(b) || sibling > reader->unit->end)
			return info_error(reader, die->offset, "a DIE whose sibling is not behind it");
		b->at = b->start + sibling;
		return NULL;
	}
	for (uint32_t level = 1; level;) {
		const struct abbrev *abbrev;

		inner.offset = bytes_offset(b);
		inner.present = 0;
		TRY(read_code(reader, b, &abbrev));
		if (!abbrev) {
			level--;
			continue;
		}
		TRY(run_ops(reader, b, abbrev->skip_op, abbrev->skip_ops, &inner));
		if (!abbrev->has_children)
			continue;
		if (die_has(&inner, AT_SIBLING) && inner.value[AT_SIBLING].number >= bytes_offset(b) &&
		    inner.value[AT_SIBLING].number <= reader->unit->end)
			b->at = b->start + inner.value[AT_SIBLING].number;
		else if (++level > MAX_DEPTH)
			return info_error(reader, inner.offset, "DIEs nested too deep");
	}
	return NULL;
}

static bool comes_out(const struct own_reader *reader, const struct abbrev *abbrev)
{
	return abbrev->class == TAG_ENTER || abbrev->class == TAG_LEAF ||
	       (abbrev->class == TAG_TYPE && reader->base.types) ||
	       (abbrev->class == TAG_PARAM && reader->depth == reader->base.param_depth) ||
	       (abbrev->class == TAG_VARIABLE && reader->base.variables && reader->depth == 1);
}

static struct error *own_next(struct die_reader *base, struct die *die, bool *have)
{
	struct own_reader *reader = (struct own_reader *)base;
	struct bytes *b = &reader->at;

	*have = false;
	while (b->at < b->end && reader->depth > 0) {
		const struct abbrev *abbrev;

		die->offset = bytes_offset(b);
		die->present = 0;
		TRY(read_code(reader, b, &abbrev));
		if (!abbrev) {
			reader->depth--;
			continue;
		}
		if (!comes_out(reader, abbrev)) {
			TRY(run_ops(reader, b, abbrev->skip_op, abbrev->skip_ops, die));
			if (abbrev->has_children)
				TRY(skip_children(reader, b, die));
			continue;
		}
		die->tag = abbrev->tag;
		die->has_children = abbrev->has_children;
		die->depth = reader->depth;
		TRY(abbrev->class == TAG_TYPE ? run_type_ops(reader, b, abbrev, die)
					      : run_ops(reader, b, abbrev->decode_op, abbrev->decode_ops, die));
		if (abbrev->has_children && abbrev->class != TAG_ENTER)
			TRY(skip_children(reader, b, die));
		else if (abbrev->has_children && ++reader->depth > MAX_DEPTH)
			return info_error(reader, die->offset, "DIEs nested too deep");
		*have = true;
		return NULL;
	}
	return NULL;
}

static void set_bases(struct own_reader *reader, const struct die *die)
{
	/* Without the attribute the tables begin behind their first header (DWARF 5, 7.26). */
	uint64_t header = reader->unit->offset_bytes == 8 ? 16 : 8;

	reader->bases = (struct unit_bases){
		.known = true,
		.str_offsets = die_number(die, AT_STR_OFFSETS_BASE, header),
		.addr = die_number(die, AT_ADDR_BASE, header),
		.rnglists = die_number(die, AT_RNGLISTS_BASE, 0),
		.has_rnglists = die_has(die, AT_RNGLISTS_BASE),
		.line_offset = die_number(die, AT_STMT_LIST, 0),
		.has_line = die_has(die, AT_STMT_LIST),
	};
}

static struct error *own_open_unit(struct die_reader *base, uint32_t index, struct die *die, bool *has_die)
{
	struct own_reader *reader = (struct own_reader *)base;
	const struct unit_header *unit = &reader->image->units.items[index];
	const struct abbrev *abbrev;

	*has_die = false;
	reader->unit = unit;
	reader->bases = (struct unit_bases){0};
	reader->lines.read = false;
	reader->depth = 0;
	reader->base.param_depth = NO_PARAM_DEPTH;
	if (!unit->has_code || unit->first_die == unit->end)
		return NULL;
	TRY(abbrev_table_read(reader->image, unit, false, &reader->table));
	reader->at = unit_bytes(reader, unit->first_die);
	TRY(decode(reader, &reader->at, true, die, &abbrev));
	if (!abbrev)
		return NULL;
	/* Indexed strings and addresses can only be read once the bases are known. */
	set_bases(reader, die);
	reader->at = unit_bytes(reader, unit->first_die);
	TRY(decode(reader, &reader->at, true, die, &abbrev));
	reader->bases.low_pc = die_number(die, AT_LOW_PC, 0);
	if (die_number(die, AT_LANGUAGE, 0) == DW_LANG_Rust)
		TRY(abbrev_table_read(reader->image, unit, true, &reader->table));
	reader->depth = die->has_children ? 1 : 0;
	die->depth = 0;
	*has_die = true;
	return NULL;
}

/* The unit that holds `offset`, or NULL. */
static const struct unit_header *find_unit(const struct own_reader *reader, uint64_t offset)
{
	size_t low = 0, high = reader->image->units.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct unit_header *unit = &reader->image->units.items[middle];

		if (offset >= unit->end)
			low = middle + 1;
		else if (offset < unit->first_die)
			high = middle;
		else
			return unit;
	}
	return NULL;
}

/* One to send to another unit: a new one, or, of as many as are kept, one that no walk needs where it is. */
static struct own_reader *spare_reader(struct own_reader *reader)
{
	for (size_t i = 0; reader->others.count >= KEPT_OTHERS && i < reader->others.count; i++) {
		struct own_reader *other = reader->others.items[reader->next_other++ % reader->others.count];

		if (!other->walks)
			return other;
	}
	struct own_reader *other = (struct own_reader *)own_reader_new(reader->image);

	vec_add(&reader->others, other);
	return other;
}

/* A reader for a DIE of another unit; optimization at link time makes such references. */
static struct error *reader_at(struct own_reader *reader, uint64_t offset, struct own_reader **other)
{
	const struct unit_header *unit = find_unit(reader, offset);
	struct die unit_die;
	bool has_die;

	if (!unit)
		return info_error(reader, offset, "a reference to where no unit is");
	for (size_t i = 0; i < reader->others.count; i++) {
		*other = reader->others.items[i];
		if ((*other)->unit == unit)
			return NULL;
	}
	*other = spare_reader(reader);
	struct error *err =
		own_open_unit(&(*other)->base, (uint32_t)(unit - reader->image->units.items), &unit_die, &has_die);

	if (!err && !has_die)
		err = info_error(reader, offset, "a reference into a unit without DIEs");
	if (err)
		(*other)->unit = NULL;
	return err;
}

static bool is_elsewhere(const struct own_reader *reader, uint64_t offset)
{
	return offset < reader->unit->first_die || offset >= reader->unit->end;
}

static inline struct error *read_at(struct own_reader *reader, uint64_t offset, bool whole, struct die *die)
{
	const struct abbrev *abbrev;

	if (is_elsewhere(reader, offset))
		TRY(reader_at(reader, offset, &reader));
	struct bytes b = unit_bytes(reader, offset);

	TRY(decode(reader, &b, whole, die, &abbrev));
	die->depth = 0;
	return abbrev ? NULL : info_error(reader, offset, "a reference to no DIE");
}

static struct error *children_elsewhere(struct own_reader *reader, uint64_t offset, bool whole,
					struct error *(*each)(void *context, const struct die *child), void *context);

static inline struct error *read_children(struct own_reader *reader, uint64_t offset, bool whole,
					  struct error *(*each)(void *context, const struct die *child), void *context)
{
	const struct abbrev *abbrev;
	struct die die;

	if (is_elsewhere(reader, offset))
		return children_elsewhere(reader, offset, whole, each, context);
	struct bytes b = unit_bytes(reader, offset);

	TRY(decode(reader, &b, whole, &die, &abbrev));
	if (!abbrev || !abbrev->has_children)
		return NULL;
	for (;;) {
		TRY(decode(reader, &b, whole, &die, &abbrev));
		if (!abbrev)
			return NULL;
		TRY(each(context, &die));
		if (die.has_children)
			TRY(skip_children(reader, &b, &die));
	}
}

static struct error *children_elsewhere(struct own_reader *reader, uint64_t offset, bool whole,
					struct error *(*each)(void *context, const struct die *child), void *context)
{
	struct own_reader *other;

	TRY(reader_at(reader, offset, &other));
	other->walks++;
	struct error *err = read_children(other, offset, whole, each, context);

	other->walks--;
	return err;
}

static struct error *own_at(struct die_reader *base, uint64_t offset, struct die *die)
{
	return read_at((struct own_reader *)base, offset, true, die);
}

static struct error *own_children(struct die_reader *base, uint64_t offset,
				  struct error *(*each)(void *context, const struct die *child), void *context)
{
	return read_children((struct own_reader *)base, offset, true, each, context);
}

static struct error *own_type_at(struct die_reader *base, uint64_t offset, struct die *die)
{
	return read_at((struct own_reader *)base, offset, false, die);
}

static struct error *own_type_children(struct die_reader *base, uint64_t offset,
				       struct error *(*each)(void *context, const struct die *child), void *context)
{
	return read_children((struct own_reader *)base, offset, false, each, context);
}

static void own_close(struct die_reader *base)
{
	struct own_reader *reader = (struct own_reader *)base;

	for (size_t i = 0; i < reader->others.count; i++)
		own_close(&reader->others.items[i]->base);
	vec_free(&reader->others);
	abbrev_table_free(&reader->table);
	line_table_free(&reader->lines);
	free(reader);
}

static const struct die_reader_ops own_ops = {
	.open_unit = own_open_unit,
	.next = own_next,
	.at = own_at,
	.children = own_children,
	.type_at = own_type_at,
	.type_children = own_type_children,
	.ranges = own_ranges,
	.lines = own_lines,
	.file = own_file,
	.close = own_close,
};

struct die_reader *own_reader_new(const struct dwarf_image *image)
{
	struct own_reader *reader = xcalloc(1, sizeof(*reader));

	reader->base = (struct die_reader){.ops = &own_ops, .param_depth = NO_PARAM_DEPTH};
	reader->image = image;
	reader->base.texts = (const char *)image->sections[DWARF_STR].data;
	reader->base.address_bytes = image->units.count ? image->units.items[0].address_bytes : 8;
	reader->base.texts_bytes = image->sections[DWARF_STR].size_bytes;
	return &reader->base;
}
