// SPDX-License-Identifier: GPL-2.0-or-later
#include "dwarf/field_path.h"

#include "dwarf/constants.h"

/* Types nest less deep; a loop of references does not end otherwise. */
#define MAX_NESTING 64u

/* Reads a type behind its typedefs and qualifiers; `found` is false for void. */
static struct error *plain_type(struct die_reader *reader, uint64_t offset, struct die *die, bool *found)
{
	*found = false;
	for (unsigned step = 0; step < MAX_NESTING; step++) {
		TRY(reader->ops->at(reader, offset, die));
		if (die->tag != DW_TAG_typedef && die->tag != DW_TAG_const_type && die->tag != DW_TAG_volatile_type &&
		    die->tag != DW_TAG_atomic_type) {
			*found = true;
			return NULL;
		}
		if (!die_has(die, AT_TYPE))
			return NULL;
		offset = die->value[AT_TYPE].number;
	}
	return NULL;
}

static struct error *multiply_bound(void *context, const struct die *child)
{
	uint64_t *elements = context;

	if (child->tag == DW_TAG_subrange_type)
		*elements *= die_has(child, AT_COUNT) ? child->value[AT_COUNT].number
						      : die_number(child, AT_UPPER_BOUND, 0) + 1;
	return NULL;
}

static struct error *size_within(struct die_reader *reader, uint64_t offset, unsigned nesting, uint64_t *size_bytes)
{
	uint64_t elements = 1;
	struct die die;
	bool found;

	*size_bytes = 0;
	TRY(plain_type(reader, offset, &die, &found));
	if (!found)
		return NULL;
	if (die_has(&die, AT_BYTE_SIZE) || die.tag != DW_TAG_array_type) {
		*size_bytes = die_number(&die, AT_BYTE_SIZE, 0);
		return NULL;
	}
	if (!die_has(&die, AT_TYPE) || nesting > MAX_NESTING)
		return NULL;
	TRY(reader->ops->children(reader, die.offset, multiply_bound, &elements));
	TRY(size_within(reader, die.value[AT_TYPE].number, nesting + 1, size_bytes));
	*size_bytes *= elements;
	return NULL;
}

struct error *type_size(struct die_reader *reader, uint64_t offset, uint64_t *size_bytes)
{
	return size_within(reader, offset, 0, size_bytes);
}

struct member_search {
	uint64_t at;
	bool found;
	uint64_t location, type;
	const char *name;
};

/* The last member that begins at or before the byte; of a union's, which all begin together, the first. */
static struct error *consider_member(void *context, const struct die *child)
{
	struct member_search *search = context;
	uint64_t location = die_number(child, AT_DATA_MEMBER_LOCATION, 0);

	if (child->tag != DW_TAG_member || location > search->at || !die_has(child, AT_TYPE) ||
	    (search->found && location <= search->location))
		return NULL;
	*search = (struct member_search){search->at, true, location, child->value[AT_TYPE].number,
					 die_text(child, AT_NAME)};
	return NULL;
}

struct error *field_path(struct die_reader *reader, uint64_t type, uint64_t at, struct str *out)
{
	const char *tag = NULL, *member = NULL;

	for (unsigned step = 0; step < MAX_NESTING; step++) {
		struct die die;
		bool found;

		TRY(plain_type(reader, type, &die, &found));
		if (!found)
			break;
		if (die.tag == DW_TAG_array_type && die_has(&die, AT_TYPE)) {
			uint64_t size;

			type = die.value[AT_TYPE].number;
			TRY(type_size(reader, type, &size));
			at = size ? at % size : 0;
			continue;
		}
		if (die.tag != DW_TAG_structure_type && die.tag != DW_TAG_union_type)
			break;
		struct member_search search = {.at = at};

		TRY(reader->ops->children(reader, die.offset, consider_member, &search));
		if (!search.found)
			break;
		/* Anonymous structs and unions lend their members to the one around them. */
		if (die_text(&die, AT_NAME) || !tag)
			tag = die_text(&die, AT_NAME);
		if (search.name)
			member = search.name;
		at -= search.location;
		type = search.type;
	}
	if (member)
		str_addf(out, "%s.%s", tag ? tag : "(anon)", member);
	return NULL;
}
