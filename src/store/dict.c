// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/dict.h"

#include <string.h>

#include "atlas/json_writer.h"

void dict_init(struct dict *dict)
{
	intern_init(&dict->known);
	dict->stored = 1;
}

void dict_fini(struct dict *dict)
{
	intern_fini(&dict->known);
}

/* Enters a stored key, which must get the number it is stored under. */
static struct error *enter(struct store *store, struct dict *dict, int64_t id, const char *key, size_t length)
{
	if (id != (int64_t)dict->stored || intern_n(&dict->known, key, length) != dict->stored)
		return error_new(ERROR_STORE,
				 "%s: a dictionary of the atlas is damaged; remove it and scan the images again",
				 store->path);
	dict->stored++;
	return NULL;
}

struct error *text_dict_load(struct store *store, enum statement load, const struct facts *facts,
			     struct text_dict *texts)
{
	sqlite3_stmt *stmt;
	bool row;

	dict_init(&texts->dict);
	texts->ids = xcalloc(facts->strings.entries.count, sizeof(*texts->ids));
	TRY(sql_get(store, load, &stmt));
	for (;;) {
		TRY(sql_step(store, stmt, &row));
		if (!row)
			return NULL;
		const char *text = (const char *)sqlite3_column_text(stmt, 1);

		TRY(enter(store, &texts->dict, sqlite3_column_int64(stmt, 0), text ? text : "",
			  (size_t)sqlite3_column_bytes(stmt, 1)));
	}
}

void text_dict_use(struct text_dict *texts, const struct facts *facts, str_id id)
{
	if (id == 0 || texts->ids[id])
		return;
	texts->ids[id] = intern_find(&texts->dict.known, intern_text(&facts->strings, id));
	if (texts->ids[id])
		return;
	texts->ids[id] = TEXT_NEW;
	vec_add(&texts->added, id);
}

static int compare_text(const void *a, const void *b, void *strings)
{
	return strcmp(intern_text(strings, *(const str_id *)a), intern_text(strings, *(const str_id *)b));
}

struct error *text_dict_write(struct store *store, enum statement insert, const struct facts *facts,
			      struct text_dict *texts)
{
	sqlite3_stmt *stmt;
	struct intern strings = facts->strings;

	qsort_r(texts->added.items, texts->added.count, sizeof(str_id), compare_text, &strings);
	TRY(sql_get(store, insert, &stmt));
	for (size_t i = 0; i < texts->added.count; i++) {
		str_id id = texts->added.items[i];
		const struct intern_entry *entry = &strings.entries.items[id];

		texts->ids[id] = intern_static(&texts->dict.known, entry->text);
		sqlite3_bind_int64(stmt, 1, texts->ids[id]);
		sqlite3_bind_text(stmt, 2, entry->text, (int)entry->length, SQLITE_STATIC);
		TRY(sql_run(store, stmt));
	}
	return NULL;
}

void text_dict_fini(struct text_dict *texts)
{
	dict_fini(&texts->dict);
	free(texts->ids);
	vec_free(&texts->added);
}

/* Stands between the return type and the parameters in the key of a prototype. */
#define KEY_MARK '\x1f'

static struct error *load_prototypes(struct store *store, struct dict *dict)
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
		TRY(enter(store, dict, sqlite3_column_int64(stmt, 0), key.data, key.length));
	}
}

static void params_json(const struct facts *facts, const struct fact_prototype *prototype, struct str *out)
{
	struct json_writer json;

	jw_to_str(&json, out);
	jw_begin_array(&json);
	for (uint32_t i = 0; i < prototype->params; i++) {
		const struct fact_param *param = &facts->params.items[prototype->first_param + i];

		jw_begin_array(&json);
		jw_string(&json, intern_text(&facts->strings, param->name));
		jw_string(&json, intern_text(&facts->strings, param->decl));
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

static struct error *enter_prototypes(struct store *store, const struct facts *facts, struct dict *dict, uint32_t *ids)
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
	return NULL;
}

struct error *write_prototypes(struct store *store, const struct facts *facts, uint32_t *ids)
{
	struct dict dict;

	dict_init(&dict);
	struct error *err = load_prototypes(store, &dict);

	if (!err)
		err = enter_prototypes(store, facts, &dict, ids);
	dict_fini(&dict);
	return err;
}

struct chain_key {
	uint32_t parent, name;
};

static struct error *load_chains(struct store *store, struct dict *dict)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get(store, STATEMENT_chains_load, &stmt));
	for (;;) {
		TRY(sql_step(store, stmt, &row));
		if (!row)
			return NULL;
		struct chain_key key = {
			.parent = (uint32_t)sqlite3_column_int64(stmt, 1),
			.name = (uint32_t)sqlite3_column_int64(stmt, 2),
		};

		TRY(enter(store, dict, sqlite3_column_int64(stmt, 0), (const char *)&key, sizeof(key)));
	}
}

static struct error *insert_chain(struct store *store, uint32_t id, const struct chain_key *key)
{
	sqlite3_stmt *stmt;

	TRY(sql_get2(store, STATEMENT_chain_insert, id, key->parent, &stmt));
	if (!key->parent)
		sqlite3_bind_null(stmt, 2);
	sqlite3_bind_int64(stmt, 3, key->name);
	return sql_run(store, stmt);
}

static struct error *enter_chains(struct store *store, const struct facts *facts, const uint32_t *name_ids,
				  struct dict *dict, uint32_t *ids)
{
	for (size_t i = 0; i < facts->chains.count; i++) {
		const struct fact_chain *chain = &facts->chains.items[i];
		struct chain_key key = {
			.parent = chain->parent == NO_INDEX ? 0 : ids[chain->parent],
			.name = name_ids[chain->name],
		};
		size_t before = dict->known.entries.count;

		ids[i] = intern_n(&dict->known, (const char *)&key, sizeof(key));
		if (ids[i] == before)
			TRY(insert_chain(store, ids[i], &key));
	}
	return NULL;
}

struct error *write_chains(struct store *store, const struct facts *facts, const uint32_t *name_ids, uint32_t *ids)
{
	struct dict dict;

	dict_init(&dict);
	struct error *err = load_chains(store, &dict);

	if (!err)
		err = enter_chains(store, facts, name_ids, &dict, ids);
	dict_fini(&dict);
	return err;
}
