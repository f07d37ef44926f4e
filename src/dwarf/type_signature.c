// SPDX-License-Identifier: GPL-2.0-or-later
#include "dwarf/type_signature.h"

#include "atlas/intern.h"
#include "atlas/mem.h"
#include "dwarf/constants.h"
#include "dwarf/field_path.h"

/* A unit of a kernel has at most 600 KB of DIEs, four bytes or more each. */
#define NEAR_COUNT ((size_t)1 << 17)

/* Deeper than any declaration; a loop of references does not end otherwise. */
#define MAX_NESTING 200u

#define SIGNATURE_LOOP	  0x100000001ULL
#define SIGNATURE_VOID	  0x100000002ULL
#define SIGNATURE_NOTHING 0x100000003ULL

void signatures_init(struct signatures *signatures, struct die_reader *reader, bool by_text)
{
	*signatures = (struct signatures){.reader = reader, .by_text = by_text, .rest_count = 64};
	signatures->near = xcalloc(NEAR_COUNT, sizeof(*signatures->near));
	signatures->rest = xcalloc(signatures->rest_count, sizeof(*signatures->rest));
}

void signatures_fini(struct signatures *signatures)
{
	free(signatures->near);
	free(signatures->rest);
}

void signatures_begin(struct signatures *signatures, uint64_t unit)
{
	signatures->unit = unit;
}

static struct signature_slot *rest_slot(const struct signatures *signatures, uint64_t offset)
{
	size_t mask = signatures->rest_count - 1, at = hash_u64(offset) & mask;

	while (signatures->rest[at].offset && signatures->rest[at].offset != offset)
		at = (at + 1) & mask;
	return &signatures->rest[at];
}

/* Counted from the unit's start, so that small units share what the processor has at hand. */
static struct signature_slot *near_slot(const struct signatures *signatures, uint64_t offset)
{
	return &signatures->near[((offset - signatures->unit) >> 2) & (NEAR_COUNT - 1)];
}

static const struct signature_slot *find(const struct signatures *signatures, uint64_t offset)
{
	const struct signature_slot *slot = near_slot(signatures, offset);

	if (slot->offset == offset)
		return slot;
	slot = rest_slot(signatures, offset);
	return slot->offset ? slot : NULL;
}

static void put_rest(struct signatures *signatures, const struct signature_slot *new)
{
	if (2 * (signatures->rest_used + 1) > signatures->rest_count) {
		struct signature_slot *old = signatures->rest;
		size_t count = signatures->rest_count;

		signatures->rest_count *= 2;
		signatures->rest = xcalloc(signatures->rest_count, sizeof(*signatures->rest));
		for (size_t i = 0; i < count; i++)
			if (old[i].offset)
				*rest_slot(signatures, old[i].offset) = old[i];
		free(old);
	}
	struct signature_slot *slot = rest_slot(signatures, new->offset);

	signatures->rest_used += slot->offset == 0;
	*slot = *new;
}

/* Units are read in ascending order: what stands before this one may go. */
static void put(struct signatures *signatures, const struct signature_slot *new)
{
	struct signature_slot *slot = near_slot(signatures, new->offset);

	if (new->offset >= signatures->unit && (slot->offset < signatures->unit || slot->offset == new->offset))
		*slot = *new;
	else
		put_rest(signatures, new);
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * 0x9e3779b97f4a7c15ULL;
	return hash ^ hash >> 29;
}

static uint64_t text_number(const char *text)
{
	uint64_t hash = 0xcbf29ce484222325ULL;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3ULL;
	return hash;
}

static uint64_t name_number(const struct signatures *signatures, const struct die *die)
{
	const char *name = die_text(die, AT_NAME);

	if (!name)
		return SIGNATURE_NOTHING;
	/* Short names stand in the DIE itself. */
	uint64_t place = (uint64_t)(uintptr_t)name - (uint64_t)(uintptr_t)signatures->reader->texts;

	return signatures->by_text || place >= signatures->reader->texts_bytes ? text_number(name) : place;
}

static struct error *referred(struct signatures *signatures, const struct die *die, unsigned nesting,
			      struct signature_slot *type);

/* What is being added up, child by child. */
struct sum {
	struct signatures *signatures;
	uint64_t hash;
	unsigned nesting;
};

/* A number, or that there is none. */
static uint64_t attribute(const struct die *die, enum die_attr attr)
{
	return die_has(die, attr) ? die->value[attr].number : SIGNATURE_NOTHING;
}

static struct error *aggregate(struct signatures *signatures, const struct die *die, unsigned nesting, uint64_t *hash);
static bool is_aggregate(const struct die *die);

/* What a member without a name holds is its struct's own, even where its type has a name. */
static struct error *add_unnamed(struct sum *sum, const struct die *member)
{
	unsigned nesting = sum->nesting;
	struct die type = *member;
	uint64_t inner;

	do {
		if (!die_has(&type, AT_TYPE) || ++nesting > MAX_NESTING)
			return NULL;
		TRY(sum->signatures->reader->ops->type_at(sum->signatures->reader, type.value[AT_TYPE].number, &type));
	} while (type.tag == DW_TAG_const_type || type.tag == DW_TAG_volatile_type || type.tag == DW_TAG_atomic_type);
	if (!is_aggregate(&type) || !die_has(&type, AT_NAME))
		return NULL;
	TRY(aggregate(sum->signatures, &type, nesting, &inner));
	sum->hash = mix(sum->hash, inner);
	return NULL;
}

static struct error *add_part(void *context, const struct die *child)
{
	struct sum *sum = context;
	struct signature_slot type;

	sum->hash = mix(sum->hash, child->tag);
	switch (child->tag) {
	case DW_TAG_member:
		TRY(referred(sum->signatures, child, sum->nesting, &type));
		if (!die_has(child, AT_NAME))
			TRY(add_unnamed(sum, child));
		sum->hash = mix(mix(sum->hash, name_number(sum->signatures, child)), type.signature);
		sum->hash = mix(sum->hash, type.size);
		sum->hash = mix(sum->hash, attribute(child, AT_DATA_MEMBER_LOCATION));
		if (!die_has(child, AT_BIT_SIZE))
			return NULL;
		sum->hash = mix(mix(sum->hash, child->value[AT_BIT_SIZE].number), attribute(child, AT_BYTE_SIZE));
		sum->hash = mix(sum->hash, attribute(child, AT_DATA_BIT_OFFSET));
		sum->hash = mix(sum->hash, attribute(child, AT_BIT_OFFSET));
		return NULL;
	case DW_TAG_enumerator:
		sum->hash = mix(mix(sum->hash, name_number(sum->signatures, child)), attribute(child, AT_CONST_VALUE));
		return NULL;
	case DW_TAG_subrange_type:
		sum->hash = mix(mix(sum->hash, attribute(child, AT_COUNT)), attribute(child, AT_UPPER_BOUND));
		return NULL;
	case DW_TAG_formal_parameter:
		TRY(referred(sum->signatures, child, sum->nesting, &type));
		sum->hash = mix(sum->hash, type.signature);
		return NULL;
	default:
		return NULL;
	}
}

static struct error *add_children(struct signatures *signatures, const struct die *die, unsigned nesting,
				  uint64_t *hash)
{
	struct sum sum = {signatures, *hash, nesting};

	if (die->has_children)
		TRY(signatures->reader->ops->type_children(signatures->reader, die->offset, add_part, &sum));
	*hash = sum.hash;
	return NULL;
}

/* Of an enum the type beneath counts, too: it tells whether values have a sign. */
static struct error *add_base(struct signatures *signatures, const struct die *die, unsigned nesting, uint64_t *hash)
{
	struct signature_slot type;
	struct die base;

	TRY(referred(signatures, die, nesting, &type));
	TRY(signatures->reader->ops->type_at(signatures->reader, die->value[AT_TYPE].number, &base));
	*hash = mix(mix(*hash, type.signature), attribute(&base, AT_ENCODING));
	return NULL;
}

static struct error *aggregate(struct signatures *signatures, const struct die *die, unsigned nesting, uint64_t *hash)
{
	*hash = mix(mix(die->tag, attribute(die, AT_BYTE_SIZE)), attribute(die, AT_ALIGNMENT));
	*hash = mix(*hash, attribute(die, AT_ENCODING));
	if (die->tag == DW_TAG_enumeration_type && die_has(die, AT_TYPE))
		TRY(add_base(signatures, die, nesting, hash));
	return add_children(signatures, die, nesting, hash);
}

static bool is_aggregate(const struct die *die)
{
	return die->tag == DW_TAG_structure_type || die->tag == DW_TAG_union_type || die->tag == DW_TAG_class_type ||
	       die->tag == DW_TAG_enumeration_type;
}

static bool is_by_value(uint16_t tag)
{
	return tag == DW_TAG_typedef || tag == DW_TAG_array_type || tag == DW_TAG_const_type ||
	       tag == DW_TAG_volatile_type || tag == DW_TAG_restrict_type || tag == DW_TAG_atomic_type;
}

/* What the size of a type depends on; units that only declare a struct know none. */
static struct error *size_of(struct signatures *signatures, const struct die *die, uint64_t *size)
{
	struct die type = *die;
	uint64_t own;

	*size = SIGNATURE_NOTHING;
	for (unsigned step = 0; step < MAX_NESTING; step++) {
		if (die_size(signatures->reader, &type, &own)) {
			*size = mix(*size, own);
			return NULL;
		}
		if (type.tag == DW_TAG_array_type)
			TRY(add_children(signatures, &type, MAX_NESTING, size));
		if (!is_by_value(type.tag) || !die_has(&type, AT_TYPE))
			return NULL;
		TRY(signatures->reader->ops->type_at(signatures->reader, type.value[AT_TYPE].number, &type));
	}
	return NULL;
}

static struct error *signature_at(struct signatures *signatures, const struct die *die, unsigned nesting,
				  uint64_t *hash)
{
	struct signature_slot inner;

	*hash = mix(die->tag, name_number(signatures, die));
	if (is_aggregate(die))
		return die_has(die, AT_NAME) ? NULL : aggregate(signatures, die, nesting, hash);
	switch (die->tag) {
	case DW_TAG_pointer_type:
	case DW_TAG_const_type:
	case DW_TAG_volatile_type:
	case DW_TAG_restrict_type:
	case DW_TAG_atomic_type:
	case DW_TAG_array_type:
	case DW_TAG_subroutine_type:
		TRY(referred(signatures, die, nesting, &inner));
		*hash = mix(die->tag, inner.signature);
		if (die->tag == DW_TAG_array_type || die->tag == DW_TAG_subroutine_type)
			return add_children(signatures, die, nesting, hash);
		return NULL;
	default:
		return NULL;
	}
}

/* Of the type `die` has (AT_TYPE). */
static struct error *referred(struct signatures *signatures, const struct die *die, unsigned nesting,
			      struct signature_slot *type)
{
	const struct signature_slot *known;
	struct die target;

	*type = (struct signature_slot){0, SIGNATURE_VOID, SIGNATURE_NOTHING};
	if (!die_has(die, AT_TYPE))
		return NULL;
	type->offset = die->value[AT_TYPE].number;
	type->signature = SIGNATURE_LOOP;
	known = find(signatures, type->offset);
	if (known)
		*type = *known;
	if (known || nesting > MAX_NESTING)
		return NULL;
	put(signatures, type);
	TRY(signatures->reader->ops->type_at(signatures->reader, type->offset, &target));
	TRY(signature_at(signatures, &target, nesting + 1, &type->signature));
	TRY(size_of(signatures, &target, &type->size));
	put(signatures, type);
	return NULL;
}

struct error *signature_of(struct signatures *signatures, const struct die *die, uint64_t *signature)
{
	uint64_t hash = mix(die->tag, name_number(signatures, die)), inner = SIGNATURE_NOTHING;
	struct signature_slot type;

	if (die->tag == DW_TAG_typedef) {
		TRY(referred(signatures, die, 0, &type));
		inner = mix(type.signature, type.size);
	} else if (!die_has(die, AT_DECLARATION)) {
		TRY(aggregate(signatures, die, 0, &inner));
	}
	*signature = hash_u64(mix(hash, inner));
	return NULL;
}
