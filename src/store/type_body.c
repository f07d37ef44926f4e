// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/type_body.h"

#include <string.h>

static void put(struct str *out, uint64_t number)
{
	for (; number >= 0x80; number >>= 7)
		str_addc(out, (char)(0x80 | (number & 0x7f)));
	str_addc(out, (char)number);
}

static void put_signed(struct str *out, int64_t number)
{
	put(out, (uint64_t)number << 1 ^ (uint64_t)(number >> 63));
}

/* Ends of the siblings before, by nesting: members with something in them are few and not deep. */
static uint64_t expected_place(const struct type *type, uint32_t index)
{
	const struct type_member *members = type->members, *member = &members[index];

	for (uint32_t i = index; i-- > 0;) {
		if (members[i].parent == member->parent)
			return members[i].offset_bits +
			       (members[i].bit_size ? members[i].bit_size : members[i].size_bytes * 8);
		if (i == member->parent)
			break;
	}
	return member->parent == NO_INDEX || member->behind ? 0 : members[member->parent].offset_bits;
}

static void put_member(const struct type *type, uint32_t index, uint32_t (*word)(void *context, const char *text),
		       void *context, struct str *out)
{
	const struct type_member *member = &type->members[index];
	int64_t distance = (int64_t)(member->offset_bits - expected_place(type, index));
	bool more = member->bit_size || member->nested || member->behind;

	put(out, member->name ? word(context, member->name) : 0);
	put(out, word(context, member->type));
	uint64_t coded = distance % 8 ? (uint64_t)distance << 1 ^ (uint64_t)(distance >> 63)
				      : (uint64_t)(distance / 8) << 1 ^ (uint64_t)(distance >> 63);

	put(out, coded << 1 | (distance % 8 != 0));
	put(out, member->size_bytes << 1 | more);
	if (more) {
		put(out, member->bit_size);
		put(out, (uint64_t)member->nested << 1 | member->behind);
	}
}

static void put_enumerators(const struct type *type, struct str *out)
{
	const char *before = "";
	uint64_t expected = 0;

	put(out, type->enumerator_count);
	for (uint32_t i = 0; i < type->enumerator_count; i++) {
		const struct type_enumerator *enumerator = &type->enumerators[i];
		size_t common = 0, length = strlen(enumerator->name);

		while (before[common] && before[common] == enumerator->name[common])
			common++;
		put(out, common);
		put(out, length - common);
		str_addn(out, enumerator->name + common, length - common);
		put_signed(out, (int64_t)((uint64_t)enumerator->value - expected));
		put(out, enumerator->member == NO_INDEX ? 0 : (uint64_t)enumerator->member + 1);
		expected = (uint64_t)enumerator->value + 1;
		before = enumerator->name;
	}
}

void type_body_write(const struct type *type, uint32_t (*word)(void *context, const char *text), void *context,
		     struct str *out)
{
	put(out, type->text ? word(context, type->text) : 0);
	put(out, type->align_bytes);
	put(out, type->member_count);
	for (uint32_t i = 0; i < type->member_count; i++)
		put_member(type, i, word, context, out);
	put_enumerators(type, out);
}

struct cursor {
	const unsigned char *at, *end;
	bool damaged;
};

static uint64_t get(struct cursor *cursor)
{
	uint64_t number = 0;

	for (unsigned shift = 0; shift < 64; shift += 7) {
		if (cursor->at == cursor->end)
			break;
		unsigned char byte = *cursor->at++;

		number |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return number;
	}
	cursor->damaged = true;
	return 0;
}

static int64_t as_signed(uint64_t coded)
{
	return (int64_t)(coded >> 1 ^ (~(coded & 1) + 1));
}

/* Each thing takes at least this many bytes, so that a count cannot ask for more memory than the body is worth. */
static uint32_t get_count(struct cursor *cursor, unsigned least_bytes)
{
	uint64_t count = get(cursor);

	if (count > (uint64_t)(cursor->end - cursor->at) / least_bytes)
		cursor->damaged = true;
	return cursor->damaged ? 0 : (uint32_t)count;
}

struct reading {
	struct cursor cursor;
	struct arena *arena;
	const char *(*word)(void *context, uint64_t number);
	void *context;
};

static const char *get_word(struct reading *reading)
{
	uint64_t number = get(&reading->cursor);
	const char *text = number ? reading->word(reading->context, number) : NULL;

	if (number && !text)
		reading->cursor.damaged = true;
	return text;
}

/* The innermost member that has `index` inside of it. */
static uint32_t parent_of(const struct type_member *members, uint32_t index)
{
	uint32_t parent = index ? index - 1 : NO_INDEX;

	while (parent != NO_INDEX && (uint64_t)parent + members[parent].nested < index)
		parent = members[parent].parent;
	return parent;
}

static void get_member(struct reading *reading, const struct type *type, struct type_member *members, uint32_t index)
{
	struct type_member *member = &members[index];
	struct cursor *cursor = &reading->cursor;

	*member = (struct type_member){.parent = parent_of(members, index)};
	member->name = get_word(reading);
	member->type = get_word(reading);
	if (!member->type)
		cursor->damaged = true;
	uint64_t coded = get(cursor);
	int64_t distance = as_signed(coded >> 1);

	member->size_bytes = get(cursor);
	if (member->size_bytes & 1) {
		member->bit_size = (uint32_t)get(cursor);
		uint64_t nested = get(cursor);

		member->behind = nested & 1;
		if (nested >> 1 >= type->member_count - index)
			cursor->damaged = true;
		else
			member->nested = (uint32_t)(nested >> 1);
	}
	member->size_bytes >>= 1;
	member->offset_bits = expected_place(type, index) + (coded & 1 ? (uint64_t)distance : (uint64_t)distance * 8);
}

static void get_members(struct reading *reading, struct type *type)
{
	uint32_t count = get_count(&reading->cursor, 4);
	struct type_member *members = arena_alloc(reading->arena, count * sizeof(*members));

	type->members = members;
	type->member_count = count;
	for (uint32_t i = 0; i < count && !reading->cursor.damaged; i++)
		get_member(reading, type, members, i);
}

static const char *get_name(struct reading *reading, const char *before)
{
	struct cursor *cursor = &reading->cursor;
	uint64_t common = get(cursor), length = get(cursor);

	if (common > strlen(before) || length > (uint64_t)(cursor->end - cursor->at)) {
		cursor->damaged = true;
		return "";
	}
	char *name = arena_alloc(reading->arena, common + length + 1);

	memcpy(name, before, common);
	memcpy(name + common, cursor->at, length);
	name[common + length] = '\0';
	cursor->at += length;
	return name;
}

static void get_enumerators(struct reading *reading, struct type *type)
{
	uint32_t count = get_count(&reading->cursor, 4);
	struct type_enumerator *enumerators = arena_alloc(reading->arena, count * sizeof(*enumerators));
	const char *before = "";
	uint64_t expected = 0;

	type->enumerators = enumerators;
	type->enumerator_count = count;
	for (uint32_t i = 0; i < count && !reading->cursor.damaged; i++) {
		before = enumerators[i].name = get_name(reading, before);
		enumerators[i].value = (int64_t)(expected + (uint64_t)as_signed(get(&reading->cursor)));
		uint64_t member = get(&reading->cursor);

		if (member > type->member_count)
			reading->cursor.damaged = true;
		enumerators[i].member = member ? (uint32_t)member - 1 : NO_INDEX;
		expected = (uint64_t)enumerators[i].value + 1;
	}
}

bool type_body_read(const void *body, size_t size_bytes, struct arena *arena,
		    const char *(*word)(void *context, uint64_t number), void *context, struct type *type)
{
	const unsigned char *bytes = body;
	struct reading reading = {{bytes, bytes + size_bytes, false}, arena, word, context};

	if (!bytes)
		return false;
	type->text = get_word(&reading);
	type->align_bytes = (uint32_t)get(&reading.cursor);
	get_members(&reading, type);
	get_enumerators(&reading, type);
	return !reading.cursor.damaged && reading.cursor.at == reading.cursor.end;
}
