// SPDX-License-Identifier: GPL-2.0-or-later
/* Lines of kinds "types" and "type". */
#include "atlas/exchange.h"
#include "write_values.h"

void exchange_write_types_known(struct json_writer *json, const char *const *objects, size_t count)
{
	if (!count)
		return;
	jw_begin_object(json);
	jw_put_text(json, "kind", "types");
	jw_key(json, "known");
	jw_begin_array(json);
	for (size_t i = 0; i < count; i++)
		jw_string(json, objects[i]);
	jw_end_array(json);
	jw_end_object(json);
	jw_newline(json);
}

static void write_enumerators(struct json_writer *json, const struct type *type, uint32_t member)
{
	bool any = false;

	for (uint32_t i = 0; i < type->enumerator_count; i++) {
		const struct type_enumerator *enumerator = &type->enumerators[i];

		if (enumerator->member != member)
			continue;
		if (!any) {
			jw_key(json, "enumerators");
			jw_begin_array(json);
		}
		any = true;
		jw_begin_object(json);
		jw_put_known(json, "name", enumerator->name);
		jw_key(json, "value");
		jw_i64(json, enumerator->value);
		jw_end_object(json);
	}
	if (any)
		jw_end_array(json);
}

static void write_members(struct json_writer *json, const struct type *type, uint32_t first, uint32_t end);

static void write_member(struct json_writer *json, const struct type *type, uint32_t index)
{
	const struct type_member *member = &type->members[index];

	jw_begin_object(json);
	jw_put_known(json, "name", member->name);
	jw_put_known(json, "type", member->type);
	jw_put_u64(json, "offset", member->offset_bits / 8);
	if (member->offset_bits % 8)
		jw_put_u64(json, "bit", member->offset_bits % 8);
	jw_put_u64(json, "size", member->size_bytes);
	if (member->bit_size)
		jw_put_u64(json, "bits", member->bit_size);
	write_members(json, type, index + 1, index + 1 + member->nested);
	write_enumerators(json, type, index);
	jw_end_object(json);
}

/* Members first to end - 1, those inside of others within them. */
static void write_members(struct json_writer *json, const struct type *type, uint32_t first, uint32_t end)
{
	if (end > type->member_count || first >= end)
		return;
	jw_put_if(json, "pointer", type->members[first].behind);
	jw_key(json, "members");
	jw_begin_array(json);
	for (uint32_t i = first; i < end; i += 1 + type->members[i].nested)
		write_member(json, type, i);
	jw_end_array(json);
}

static void write_place(struct json_writer *json, const struct type_place *place)
{
	write_module(json, place->object);
	if (place->decl_file && place->decl_line) {
		AUTO_FREE char *text = xasprintf("%s:%u", place->decl_file, place->decl_line);

		jw_put_known(json, "decl", text);
	} else {
		jw_put_known(json, "decl", place->decl_file);
	}
	if (!place->unit_count)
		return;
	jw_key(json, "units");
	jw_begin_array(json);
	for (uint32_t i = 0; i < place->unit_count; i++)
		jw_string(json, place->units[i]);
	jw_end_array(json);
}

void exchange_write_type(struct json_writer *json, const struct type_place *place)
{
	const struct type *type = place->type;

	jw_begin_object(json);
	jw_put_text(json, "kind", "type");
	jw_put_text(json, "type", type_kind_text(type->kind));
	jw_put_known(json, "name", type->name);
	jw_put_if(json, "declared", type->declared);
	if (!type->declared)
		jw_put_u64(json, "size", type->size_bytes);
	if (type->align_bytes)
		jw_put_u64(json, "align", type->align_bytes);
	jw_put_if(json, "unsigned", type->is_unsigned);
	jw_put_known(json, "target", type->text);
	write_place(json, place);
	write_members(json, type, 0, type->member_count);
	write_enumerators(json, type, NO_INDEX);
	jw_end_object(json);
	jw_newline(json);
}
