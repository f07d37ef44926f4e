// SPDX-License-Identifier: GPL-2.0-or-later
#include "dwarf/field_path.h"

#include "atlas/mem.h"
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

bool die_size(const struct die_reader *reader, const struct die *die, uint64_t *size_bytes)
{
	bool is_pointer = die->tag == DW_TAG_pointer_type || die->tag == DW_TAG_reference_type ||
			  die->tag == DW_TAG_rvalue_reference_type;

	if (die_has(die, AT_BYTE_SIZE))
		*size_bytes = die->value[AT_BYTE_SIZE].number;
	else if (is_pointer)
		*size_bytes = reader->address_bytes;
	return is_pointer || die_has(die, AT_BYTE_SIZE);
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
	if (die_size(reader, &die, size_bytes) || die.tag != DW_TAG_array_type)
		return NULL;
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

struct member {
	uint64_t location, type;
	const char *name; /* NULL: unnamed */
};

struct member_list {
	VEC(struct member) members;
};

static struct error *gather_member(void *context, const struct die *child)
{
	struct member_list *list = context;

	if (child->tag == DW_TAG_member && die_has(child, AT_TYPE))
		*vec_push(&list->members) = (struct member){
			.location = die_number(child, AT_DATA_MEMBER_LOCATION, 0),
			.type = child->value[AT_TYPE].number,
			.name = die_text(child, AT_NAME),
		};
	return NULL;
}

/* The last member that begins at or before the byte; bit fields and empty members do not hold a pointer anyway. */
static bool choose_by_place(const struct member_list *list, uint64_t at, struct member *chosen)
{
	bool found = false;

	for (size_t i = 0; i < list->members.count; i++) {
		const struct member *member = &list->members.items[i];

		if (member->location > at || (found && member->location <= chosen->location))
			continue;
		*chosen = *member;
		found = true;
	}
	return found;
}

enum holds { HOLDS_NOTHING, HOLDS_AGGREGATE, HOLDS_FUNCTION };

/* Whether a member of a union can be what a function's address at byte `at` was stored in. */
static struct error *what_it_holds(struct die_reader *reader, const struct member *member, uint64_t at,
				   enum holds *holds)
{
	uint64_t size;
	struct die die;
	bool found;

	*holds = HOLDS_NOTHING;
	TRY(type_size(reader, member->type, &size));
	TRY(plain_type(reader, member->type, &die, &found));
	if (!found || at >= size)
		return NULL;
	if (die.tag == DW_TAG_structure_type || die.tag == DW_TAG_union_type || die.tag == DW_TAG_array_type)
		*holds = HOLDS_AGGREGATE;
	if (die.tag != DW_TAG_pointer_type || !die_has(&die, AT_TYPE))
		return NULL;
	TRY(plain_type(reader, die.value[AT_TYPE].number, &die, &found));
	if (found && die.tag == DW_TAG_subroutine_type)
		*holds = HOLDS_FUNCTION;
	return NULL;
}

/* A union's members share their place: which one was meant is known only if just one can hold a function pointer. */
static struct error *choose_by_type(struct die_reader *reader, const struct member_list *list, uint64_t at,
				    struct member *chosen, bool *found)
{
	enum holds best = HOLDS_NOTHING;
	size_t several = 0;

	*found = false;
	for (size_t i = 0; i < list->members.count; i++) {
		enum holds holds;

		TRY(what_it_holds(reader, &list->members.items[i], at, &holds));
		if (holds == HOLDS_NOTHING)
			continue;
		several++;
		if (holds > best)
			*chosen = list->members.items[i];
		best = holds > best ? holds : best;
	}
	*found = several == 1;
	return NULL;
}

static struct error *find_member(struct die_reader *reader, const struct die *type, uint64_t at, struct member *member,
				 bool *found)
{
	struct member_list list = {0};
	struct error *err = reader->ops->children(reader, type->offset, gather_member, &list);

	*found = false;
	if (!err && type->tag == DW_TAG_structure_type)
		*found = choose_by_place(&list, at, member);
	else if (!err && type->tag == DW_TAG_union_type)
		err = choose_by_type(reader, &list, at, member, found);
	vec_free(&list.members);
	return err;
}

/* Where the search stands: byte `at` of a type, and how the innermost struct with a name calls it. */
struct path {
	uint64_t type, at;
	const char *tag;    /* of that struct, NULL none */
	struct str members; /* ".ops.open[2]" */
};

static struct error *enter_array(struct die_reader *reader, const struct die *array, struct path *path)
{
	uint64_t size;

	path->type = array->value[AT_TYPE].number;
	TRY(type_size(reader, path->type, &size));
	if (size)
		str_addf(&path->members, "[%llu]", (unsigned long long)(path->at / size));
	path->at = size ? path->at % size : 0;
	return NULL;
}

/* Anonymous structs and unions lend their members to the one around them. */
static struct error *enter_struct(struct die_reader *reader, const struct die *type, struct path *path, bool *found)
{
	struct member member = {0};

	TRY(find_member(reader, type, path->at, &member, found));
	if (!*found)
		return NULL;
	if (die_text(type, AT_NAME)) {
		path->tag = die_text(type, AT_NAME);
		str_clear(&path->members);
	}
	if (member.name)
		str_addf(&path->members, ".%s", member.name);
	path->at -= member.location;
	path->type = member.type;
	return NULL;
}

static struct error *follow(struct die_reader *reader, struct path *path)
{
	for (unsigned step = 0; step < MAX_NESTING; step++) {
		struct die die;
		bool found;

		TRY(plain_type(reader, path->type, &die, &found));
		if (!found)
			return NULL;
		if (die.tag == DW_TAG_array_type && die_has(&die, AT_TYPE))
			TRY(enter_array(reader, &die, path));
		else
			TRY(enter_struct(reader, &die, path, &found));
		if (!found)
			return NULL;
	}
	return NULL;
}

struct error *field_path(struct die_reader *reader, uint64_t type, uint64_t at, struct str *out)
{
	struct path path = {.type = type, .at = at};
	struct error *err = follow(reader, &path);

	if (!err && path.members.length)
		str_addf(out, "%s%s", path.tag || path.members.data[0] == '[' ? path.tag ? path.tag : "" : "(anon)",
			 path.members.data);
	str_free(&path.members);
	return err;
}
