// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/prototype_dict.h"

#include <string.h>

#include "atlas/json_writer.h"

/* Stands between the return type and the parameters in the key of a prototype. */
#define KEY_MARK '\x1f'

struct error *load_prototypes(struct store *store, struct dict *dict)
{
	AUTO_STR struct str key = {0};
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get(store, STATEMENT_prototypes_load, &stmt));
	for (;;) {
		TRY(sql_step(store, stmt, &row));
		if (!row)
			return NULL;
		str_clear(&key);
		for (int column = 1; column <= 2; column++) {
			const char *text = (const char *)sqlite3_column_text(stmt, column);

			str_add(&key, text ? text : "");
			if (column == 1)
				str_addc(&key, KEY_MARK);
		}
		TRY(dict_enter(store, dict, sqlite3_column_int64(stmt, 0), key.data, key.length));
	}
}

static void params_json(const struct facts *facts, const struct fact_prototype *prototype, struct str *out)
{
	struct json_writer json;

	jw_to_str(&json, out);
	jw_begin_array(&json);
	for (uint32_t i = 0; i < prototype->params; i++) {
		const struct fact_param *param = &facts->params.items[prototype->first_param + i];

		const char *name = intern_text(&facts->strings, param->name);
		const char *decl = intern_text(&facts->strings, param->decl);
		bool at_end = strcmp(param_name_at_end(decl), name) == 0;

		if (!at_end) {
			jw_begin_array(&json);
			jw_string(&json, name);
		}
		jw_string(&json, decl);
		if (!at_end)
			jw_end_array(&json);
	}
	jw_end_array(&json);
}

static struct error *insert_prototype(struct store *store, uint32_t id, const struct str *key, size_t returns_length)
{
	sqlite3_stmt *stmt;

	TRY(sql_get(store, STATEMENT_prototype_insert, &stmt));
	sqlite3_bind_int64(stmt, 1, id);
	sqlite3_bind_text(stmt, 2, key->data, (int)returns_length, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 3, key->data + returns_length + 1, (int)(key->length - returns_length - 1),
			  SQLITE_STATIC);
	return sql_run(store, stmt);
}

struct error *write_prototypes(struct store *store, const struct facts *facts, struct dict *dict, uint32_t *ids)
{
	AUTO_STR struct str key = {0};

	for (size_t i = 0; i < facts->prototypes.count; i++) {
		const struct fact_prototype *prototype = &facts->prototypes.items[i];

		str_clear(&key);
		str_add(&key, intern_text(&facts->strings, prototype->returns));
		size_t returns_length = key.length;

		str_addc(&key, KEY_MARK);
		params_json(facts, prototype, &key);
		size_t before = dict->known.entries.count;

		ids[i] = intern_n(&dict->known, key.data, key.length);
		if (ids[i] == before)
			TRY(insert_prototype(store, ids[i], &key, returns_length));
	}
	dict->stored = dict->known.entries.count;
	return NULL;
}
