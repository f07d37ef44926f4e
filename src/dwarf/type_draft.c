// SPDX-License-Identifier: GPL-2.0-or-later
#include "dwarf/type_draft.h"

#include "dwarf/constants.h"
#include "dwarf/field_path.h"

/* Anonymous structs nest less deep; a loop of references does not end otherwise. */
#define MAX_NESTING 32u
/* The largest struct of a kernel has a few thousand; shared anonymous ones can be written so that they multiply. */
#define MAX_MEMBERS 50000u
/* Nothing is larger; offsets in bits stay within 64 bits. */
#define MAX_BYTES ((uint64_t)1 << 48)

void type_draft_fini(struct type_draft *draft)
{
	vec_free(&draft->members);
	vec_free(&draft->enumerators);
}

static struct error *refuse(const struct die *die, const char *what)
{
	return error_new(ERROR_INPUT, "section .debug_info, offset 0x%llx: %s", (unsigned long long)die->offset, what);
}

static struct error *add_bound(void *context, const struct die *child)
{
	uint64_t *elements = context, bound = 0;

	if (child->tag != DW_TAG_subrange_type)
		return NULL;
	if (die_has(child, AT_COUNT))
		bound = child->value[AT_COUNT].number;
	else if (die_has(child, AT_UPPER_BOUND))
		bound = child->value[AT_UPPER_BOUND].number + 1; /* -1: no elements */
	if (bound == (uint64_t)UINT32_MAX + 1)
		bound = 0;
	if (__builtin_mul_overflow(*elements, bound, elements) || *elements > MAX_BYTES)
		*elements = 0;
	return NULL;
}

/* Bytes of a type; 0 for a flexible array, and where the DWARF does not tell. */
static struct error *size_of(struct type_draft *draft, const struct die *die, uint64_t *size_bytes)
{
	uint64_t elements = 1, own;
	struct die type = *die;

	*size_bytes = 0;
	for (unsigned step = 0; step < 2 * MAX_NESTING; step++) {
		if (!die_has(&type, AT_TYPE))
			return NULL;
		TRY(draft->reader->ops->type_at(draft->reader, type.value[AT_TYPE].number, &type));
		if (die_size(draft->reader, &type, &own)) {
			if (!__builtin_mul_overflow(elements, own, &elements) && elements <= MAX_BYTES)
				*size_bytes = elements;
			return NULL;
		}
		if (type.tag == DW_TAG_array_type)
			TRY(draft->reader->ops->type_children(draft->reader, type.offset, add_bound, &elements));
	}
	return NULL;
}

/*
 * The struct, union or enum that belongs to a member or typedef: one without a name, which the type is, holds or points
 * at; or what a member without a name is, whose members are then used as if they stood outside (-fms-extensions).
 */
static struct error *find_anonymous(struct type_draft *draft, const struct die *die, struct die *found, bool *is_one,
				    bool *behind)
{
	struct die type = *die;
	bool direct = true;

	*is_one = *behind = false;
	for (unsigned step = 0; step < MAX_NESTING && die_has(&type, AT_TYPE); step++) {
		TRY(draft->reader->ops->type_at(draft->reader, type.value[AT_TYPE].number, &type));
		switch (type.tag) {
		case DW_TAG_structure_type:
		case DW_TAG_union_type:
		case DW_TAG_class_type:
		case DW_TAG_enumeration_type:
			*is_one = !die_has(&type, AT_NAME) ||
				  (direct && die->tag == DW_TAG_member && !die_has(die, AT_NAME));
			*found = type;
			return NULL;
		case DW_TAG_pointer_type:
			*behind = true;
			direct = false;
			break;
		case DW_TAG_const_type:
		case DW_TAG_volatile_type:
		case DW_TAG_restrict_type:
		case DW_TAG_atomic_type:
			break;
		case DW_TAG_array_type:
			direct = false;
			break;
		default:
			return NULL;
		}
	}
	return NULL;
}

/* Where the walk of a definition stands. */
struct inside {
	struct type_draft *draft;
	uint64_t offset_bits; /* of what is being read */
	uint32_t member;      /* whose type it is; NO_INDEX: the definition itself */
	unsigned nesting;
	bool behind;
};

static struct error *read_inside(const struct inside *inside, const struct die *die);

/* DWARF 4's form, from the high end of the bit-field's storage. */
static uint64_t old_bit_place(const struct type_draft *draft, const struct die *die, uint64_t size_bytes)
{
	uint64_t storage = die_number(die, AT_BYTE_SIZE, size_bytes) * 8;
	uint64_t from_top = die->value[AT_BIT_OFFSET].number;

	return draft->big_endian ? from_top : storage - from_top - die->value[AT_BIT_SIZE].number;
}

static struct error *place_of(const struct inside *inside, const struct die *die, struct type_member *member)
{
	uint64_t at = die_number(die, AT_DATA_MEMBER_LOCATION, 0), bits = 0;

	if (die_has(die, AT_BIT_SIZE)) {
		if (die->value[AT_BIT_SIZE].number > 0x10000)
			return refuse(die, "a bit-field of more than 65536 bits");
		member->bit_size = (uint32_t)die->value[AT_BIT_SIZE].number;
		bits = die_has(die, AT_DATA_BIT_OFFSET) ? die->value[AT_DATA_BIT_OFFSET].number
		       : die_has(die, AT_BIT_OFFSET)	? old_bit_place(inside->draft, die, member->size_bytes)
							: 0;
	}
	if (at > MAX_BYTES || bits > MAX_BYTES)
		return refuse(die, "a member farther from the start of its struct than any memory reaches");
	member->offset_bits = inside->offset_bits + at * 8 + bits;
	return NULL;
}

static struct error *read_member(const struct inside *inside, const struct die *die)
{
	struct type_draft *draft = inside->draft;
	struct type_member member = {.parent = inside->member, .behind = inside->behind};
	struct inside inner = {draft, 0, (uint32_t)draft->members.count, inside->nesting + 1, false};
	struct type_text type;
	struct die anonymous;
	bool is_one;

	if (draft->members.count >= MAX_MEMBERS)
		return refuse(die, "a struct of more than 50000 members");
	member.name = die_text(die, AT_NAME);
	TRY(type_of(draft->texts, die, &type));
	TRY(size_of(draft, die, &member.size_bytes));
	TRY(place_of(inside, die, &member));
	member.type = type.text;
	vec_add(&draft->members, member);
	TRY(find_anonymous(draft, die, &anonymous, &is_one, &inner.behind));
	if (!is_one || inside->nesting >= MAX_NESTING)
		return NULL;
	inner.offset_bits = inner.behind ? 0 : member.offset_bits;
	TRY(read_inside(&inner, &anonymous));
	draft->members.items[inner.member].nested = (uint32_t)draft->members.count - inner.member - 1;
	return NULL;
}

static struct error *read_part(void *context, const struct die *child)
{
	const struct inside *inside = context;

	if (child->tag == DW_TAG_member)
		return read_member(inside, child);
	if (child->tag == DW_TAG_enumerator) {
		if (inside->draft->enumerators.count >= MAX_MEMBERS)
			return refuse(child, "an enum of more than 50000 enumerators");
		const char *name = die_text(child, AT_NAME);

		*vec_push(&inside->draft->enumerators) = (struct type_enumerator){
			.name = name ? name : "(anon)",
			.value = (int64_t)die_number(child, AT_CONST_VALUE, 0),
			.member = inside->member,
		};
	}
	return NULL;
}

/* What a struct, union or enum holds. */
static struct error *read_inside(const struct inside *inside, const struct die *die)
{
	struct inside own = *inside;

	return inside->draft->reader->ops->type_children(inside->draft->reader, die->offset, read_part, &own);
}

static struct error *read_typedef(struct type_draft *draft, const struct die *die)
{
	struct inside inside = {draft, 0, NO_INDEX, 0, false};
	struct type_text text;
	struct die anonymous;
	bool is_one;

	TRY(type_of(draft->texts, die, &text));
	draft->type.text = text.text;
	TRY(size_of(draft, die, &draft->type.size_bytes));
	TRY(find_anonymous(draft, die, &anonymous, &is_one, &inside.behind));
	return is_one ? read_inside(&inside, &anonymous) : NULL;
}

/* GCC tells by the encoding, others by the type beneath. */
static struct error *read_enum(struct type_draft *draft, const struct die *die)
{
	uint64_t encoding = die_number(die, AT_ENCODING, 0);
	struct type_text text;
	struct die base;

	if (die_has(die, AT_TYPE)) {
		TRY(type_of(draft->texts, die, &text));
		TRY(draft->reader->ops->type_at(draft->reader, die->value[AT_TYPE].number, &base));
		draft->type.text = text.text;
		encoding = die_number(&base, AT_ENCODING, encoding);
	}
	draft->type.is_unsigned = encoding == DW_ATE_unsigned || encoding == DW_ATE_unsigned_char;
	return NULL;
}

static struct error *read_definition(struct type_draft *draft, const struct die *die)
{
	struct inside inside = {draft, 0, NO_INDEX, 0, false};

	if (draft->type.kind == TYPE_TYPEDEF)
		return read_typedef(draft, die);
	if (draft->type.declared)
		return NULL;
	draft->type.size_bytes = die_number(die, AT_BYTE_SIZE, 0);
	draft->type.align_bytes = (uint32_t)die_number(die, AT_ALIGNMENT, 0);
	if (draft->type.size_bytes > MAX_BYTES)
		return refuse(die, "a type larger than any memory");
	if (draft->type.kind == TYPE_ENUM)
		TRY(read_enum(draft, die));
	return read_inside(&inside, die);
}

static enum type_kind kind_of(const struct die *die)
{
	switch (die->tag) {
	case DW_TAG_union_type:
		return TYPE_UNION;
	case DW_TAG_enumeration_type:
		return TYPE_ENUM;
	case DW_TAG_typedef:
		return TYPE_TYPEDEF;
	default:
		return TYPE_STRUCT;
	}
}

void type_draft_read(struct type_draft *draft, const struct die *die)
{
	draft->members.count = draft->enumerators.count = 0;
	draft->type = (struct type){.kind = kind_of(die), .name = die_text(die, AT_NAME)};
	draft->type.declared = die_has(die, AT_DECLARATION);
	struct error *err = read_definition(draft, die);

	if (err) {
		error_free(err);
		draft->members.count = draft->enumerators.count = 0;
		draft->type = (struct type){.kind = draft->type.kind, .name = draft->type.name, .declared = true};
	}
	draft->type.members = draft->members.items;
	draft->type.member_count = (uint32_t)draft->members.count;
	draft->type.enumerators = draft->enumerators.items;
	draft->type.enumerator_count = (uint32_t)draft->enumerators.count;
}
