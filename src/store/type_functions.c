// SPDX-License-Identifier: GPL-2.0-or-later
/* Bodies of definitions for SQL: JSON for json_each(). */
#include "atlas/json_writer.h"
#include "store/type_body.h"
#include "store/type_rows.h"

/* The views look words up themselves: a word is its number here, kept as text of digits. */
static const char *number_text(void *context, uint64_t number)
{
	return arena_printf(context, "%llu", (unsigned long long)number);
}

static void add_member(struct json_writer *json, const struct type_member *member)
{
	jw_begin_array(json);
	jw_raw(json, member->name ? member->name : "null");
	jw_raw(json, member->type);
	jw_u64(json, member->offset_bits);
	jw_u64(json, member->size_bytes);
	jw_u64(json, member->bit_size);
	if (member->parent == NO_INDEX)
		jw_null(json);
	else
		jw_u64(json, member->parent);
	jw_end_array(json);
}

static void add_enumerator(struct json_writer *json, const struct type_enumerator *enumerator)
{
	jw_begin_array(json);
	jw_string(json, enumerator->name);
	jw_i64(json, enumerator->value);
	jw_end_array(json);
}

enum part { PART_TARGET, PART_MEMBERS, PART_ENUMERATORS };

static void answer_list(sqlite3_context *context, const struct type *type, enum part part)
{
	AUTO_STR struct str text = {0};
	struct json_writer json;

	jw_to_str(&json, &text);
	jw_begin_array(&json);
	for (uint32_t i = 0; part == PART_MEMBERS && i < type->member_count; i++)
		add_member(&json, &type->members[i]);
	for (uint32_t i = 0; part == PART_ENUMERATORS && i < type->enumerator_count; i++)
		add_enumerator(&json, &type->enumerators[i]);
	jw_end_array(&json);
	sqlite3_result_text(context, text.data, (int)text.length, SQLITE_TRANSIENT);
}

static void answer(sqlite3_context *context, int count, sqlite3_value **values)
{
	const enum part *part = sqlite3_user_data(context);
	const void *body = sqlite3_value_blob(values[0]);
	struct type type = {0};
	struct arena arena;

	(void)count;
	arena_init(&arena);
	/* What is no body has no parts. */
	if (body && type_body_read(body, (size_t)sqlite3_value_bytes(values[0]), &arena, number_text, &arena, &type)) {
		if (*part != PART_TARGET)
			answer_list(context, &type, *part);
		else if (type.text)
			sqlite3_result_int64(context, strtoll(type.text, NULL, 10));
	}
	arena_fini(&arena);
}

struct error *type_functions_register(struct store *store)
{
	static enum part parts[] = {PART_TARGET, PART_MEMBERS, PART_ENUMERATORS};
	static const char *const names[] = {"type_target", "type_members", "type_enumerators"};

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		int rc = sqlite3_create_function_v2(store->db, names[i], 1,
						    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, &parts[i],
						    answer, NULL, NULL, NULL);

		if (rc != SQLITE_OK)
			return sql_error(store, rc);
	}
	return NULL;
}
