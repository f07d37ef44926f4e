// SPDX-License-Identifier: GPL-2.0-or-later
/* Lines of kinds "types" and "type". */
#include <string.h>

#include "atlas/type_pool.h"
#include "reader.h"
#include "value.h"

/* As in what is read from DWARF (src/dwarf/type_draft.c). */
#define MAX_NESTING	32u
#define MAX_MEMBERS	50000u
#define MAX_BYTES	((uint64_t)1 << 48)
#define MAX_BITS	0x10000u
#define MAX_ALIGN_BYTES ((uint64_t)1 << 31)

struct draft {
	struct type type;
	VEC(struct type_member) members;
	VEC(struct type_enumerator) enumerators;
};

struct error *read_types_known(struct reader *reader, const json_t *line)
{
	const json_t *list = NULL;

	TRY(value_list(line, "known", &list));
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		if (!json_is_string(item) || !*json_string_value(item))
			return error_new(ERROR_INPUT, "\"known\" must be a list of objects' names; it holds %s",
					 value_type_text(item));
		uint32_t object = reader_object(reader, json_string_value(item));

		reader->facts->objects.items[object].types_read = true;
	}
	return NULL;
}

static struct error *read_enumerators(struct draft *draft, const json_t *owner, uint32_t member)
{
	const json_t *list = NULL;

	TRY(value_list(owner, "enumerators", &list));
	if (json_array_size(list) > MAX_MEMBERS - draft->enumerators.count)
		return error_new(ERROR_INPUT, "more than %u enumerators", MAX_MEMBERS);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i), *value = json_object_get(item, "value");
		const char *name = NULL;

		if (!json_is_object(item) || !json_is_integer(value))
			return error_new(ERROR_INPUT, "enumerator %zu must be an object with a \"value\"", i + 1);
		TRY(value_name(item, "name", &name));
		*vec_push(&draft->enumerators) = (struct type_enumerator){name, json_integer_value(value), member};
	}
	return NULL;
}

static struct error *read_members(struct draft *draft, const json_t *owner, uint32_t parent, unsigned nesting);

static struct error *read_member(struct draft *draft, const json_t *item, uint32_t parent, bool behind,
				 unsigned nesting)
{
	uint32_t index = (uint32_t)draft->members.count;
	struct type_member member = {.parent = parent, .behind = behind};
	uint64_t offset = 0, bit = 0, bits = 0;

	TRY(value_text(item, "name", &member.name));
	TRY(value_name(item, "type", &member.type));
	TRY(value_number(item, "offset", MAX_BYTES, &offset));
	TRY(value_number(item, "bit", 7, &bit));
	TRY(value_number(item, "size", MAX_BYTES, &member.size_bytes));
	TRY(value_number(item, "bits", MAX_BITS, &bits));
	if (member.name && !*member.name)
		member.name = NULL;
	member.offset_bits = offset * 8 + bit;
	member.bit_size = (uint32_t)bits;
	vec_add(&draft->members, member);
	TRY(read_members(draft, item, index, nesting + 1));
	draft->members.items[index].nested = (uint32_t)draft->members.count - index - 1;
	return read_enumerators(draft, item, index);
}

static struct error *read_members(struct draft *draft, const json_t *owner, uint32_t parent, unsigned nesting)
{
	const json_t *list = NULL;
	bool behind = false;

	TRY(value_list(owner, "members", &list));
	TRY(value_bool(owner, "pointer", &behind));
	if (list && nesting > MAX_NESTING)
		return error_new(ERROR_INPUT, "members nested more than %u deep", MAX_NESTING);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		if (!json_is_object(item))
			return error_new(ERROR_INPUT, "\"members\" must be a list of objects; it holds %s",
					 value_type_text(item));
		if (draft->members.count >= MAX_MEMBERS)
			return error_new(ERROR_INPUT, "more than %u members", MAX_MEMBERS);
		TRY(error_prefix(read_member(draft, item, parent, behind, nesting), "member %zu", i + 1));
	}
	return NULL;
}

static struct error *read_kind(const json_t *line, enum type_kind *kind)
{
	const char *text = NULL;

	TRY(value_name(line, "type", &text));
	for (int i = 0; i < TYPE_KIND_COUNT; i++) {
		if (strcmp(text, type_kind_text((enum type_kind)i)) == 0) {
			*kind = (enum type_kind)i;
			return NULL;
		}
	}
	return error_new(ERROR_INPUT, "\"type\" must be struct, union, enum or typedef, not '%.80s'", text);
}

static struct error *read_definition(struct draft *draft, const json_t *line)
{
	struct type *type = &draft->type;
	uint64_t align = 0;

	TRY(value_bool(line, "declared", &type->declared));
	TRY(value_bool(line, "unsigned", &type->is_unsigned));
	TRY(value_number(line, "size", MAX_BYTES, &type->size_bytes));
	TRY(value_number(line, "align", MAX_ALIGN_BYTES, &align));
	TRY(value_text(line, "target", &type->text));
	type->align_bytes = (uint32_t)align;
	if (type->declared) {
		*type = (struct type){.kind = type->kind, .name = type->name, .declared = true};
		return NULL;
	}
	TRY(read_members(draft, line, NO_INDEX, 0));
	TRY(read_enumerators(draft, line, NO_INDEX));
	type->members = draft->members.items;
	type->member_count = (uint32_t)draft->members.count;
	type->enumerators = draft->enumerators.items;
	type->enumerator_count = (uint32_t)draft->enumerators.count;
	return NULL;
}

/* "PATH:LINE" or "PATH" */
static void set_declaration(struct facts *facts, const char *text, struct fact_type *fact)
{
	const char *colon = strrchr(text, ':');
	char *end = NULL;
	unsigned long line = colon ? strtoul(colon + 1, &end, 10) : 0;
	bool numbered = colon && colon[1] >= '0' && colon[1] <= '9' && *end == '\0' && line <= UINT32_MAX;

	fact->decl_file = intern_n(&facts->strings, text, numbered ? (size_t)(colon - text) : strlen(text));
	fact->decl_line = numbered ? (uint32_t)line : 0;
}

static struct error *read_place(struct reader *reader, const json_t *line, struct fact_type *fact)
{
	const char *module = NULL, *declared = NULL;
	struct facts *facts = reader->facts;
	const json_t *units = NULL;

	TRY(value_text(line, "module", &module));
	TRY(value_text(line, "decl", &declared));
	TRY(value_list(line, "units", &units));
	fact->object = reader_object(reader, module);
	facts->objects.items[fact->object].types_read = true;
	if (declared && *declared)
		set_declaration(facts, declared, fact);
	fact->first_unit = (uint32_t)facts->type_units.count;
	for (size_t i = 0; i < json_array_size(units); i++) {
		const json_t *unit = json_array_get(units, i);

		if (!json_is_string(unit) || !*json_string_value(unit))
			return error_new(ERROR_INPUT, "\"units\" must be a list of paths; it holds %s",
					 value_type_text(unit));
		vec_add(&facts->type_units, intern(&facts->strings, json_string_value(unit)));
	}
	fact->units = (uint32_t)facts->type_units.count - fact->first_unit;
	return NULL;
}

static struct error *read_draft(struct reader *reader, const json_t *line, struct draft *draft)
{
	struct fact_type fact = {0};

	TRY(value_name(line, "name", &draft->type.name));
	TRY(read_kind(line, &draft->type.kind));
	struct error *err = read_definition(draft, line);

	if (!err)
		err = read_place(reader, line, &fact);
	if (err)
		return error_prefix(err, "%s '%.80s'", type_kind_text(draft->type.kind), draft->type.name);
	fact.type = type_pool_add(&draft->type);
	vec_add(&reader->facts->types, fact);
	return NULL;
}

struct error *read_type(struct reader *reader, const json_t *line)
{
	struct draft draft = {0};
	struct error *err = read_draft(reader, line, &draft);

	vec_free(&draft.members);
	vec_free(&draft.enumerators);
	return err;
}
