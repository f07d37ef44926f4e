// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/dict.h"

#include <string.h>

#include "atlas/json_writer.h"
#include "store/rows.h"

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

/* A text to sort: its first bytes as a number that compares as they do, which decides nearly always. */
struct sort_key {
	uint64_t head;
	const char *text;
	str_id id;
};

static uint64_t head_of(const char *text)
{
	uint64_t head = 0;

	for (int i = 0; i < 8; i++) {
		head = head << 8 | (unsigned char)*text;
		text += *text != '\0';
	}
	return head;
}

static int compare_keys(const void *left, const void *right)
{
	const struct sort_key *a = left, *b = right;

	if (a->head != b->head)
		return a->head < b->head ? -1 : 1;
	return strcmp(a->text, b->text);
}

static struct sort_key *sort_added(const struct facts *facts, const struct text_dict *texts)
{
	struct sort_key *keys = xcalloc(texts->added.count, sizeof(*keys));

	for (size_t i = 0; i < texts->added.count; i++) {
		str_id id = texts->added.items[i];
		const char *text = intern_text(&facts->strings, id);

		keys[i] = (struct sort_key){head_of(text), text, id};
	}
	qsort(keys, texts->added.count, sizeof(*keys), compare_keys);
	return keys;
}

static void fill_text(const void *context, size_t n, struct row *row)
{
	const struct text_dict *texts = context;
	const struct intern_entry *entry = &texts->dict.known.entries.items[texts->dict.stored + n];

	row->values[0] = (int64_t)(texts->dict.stored + n);
	row->text = entry->text;
	row->text_length = entry->length;
}

struct error *text_dict_write(struct store *store, enum statement insert, const struct facts *facts,
			      struct text_dict *texts)
{
	AUTO_FREE struct sort_key *keys = sort_added(facts, texts);

	for (size_t i = 0; i < texts->added.count; i++)
		texts->ids[keys[i].id] = intern_static(&texts->dict.known, keys[i].text);
	return rows_insert(store, insert, &(struct row_source){texts, texts->added.count, fill_text});
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

static void enter_chains(const struct facts *facts, const uint32_t *name_ids, struct dict *dict, uint32_t *ids)
{
	for (size_t i = 0; i < facts->chains.count; i++) {
		const struct fact_chain *chain = &facts->chains.items[i];
		struct chain_key key = {
			.parent = chain->parent == NO_INDEX ? 0 : ids[chain->parent],
			.name = name_ids[chain->name],
		};

		ids[i] = intern_n(&dict->known, (const char *)&key, sizeof(key));
	}
}

static void fill_chain(const void *context, size_t n, struct row *row)
{
	const struct dict *dict = context;
	struct chain_key key;

	memcpy(&key, dict->known.entries.items[dict->stored + n].text, sizeof(key));
	row->values[0] = (int64_t)(dict->stored + n);
	row->values[1] = key.parent ? key.parent : ROW_NULL;
	row->values[2] = key.name;
}

struct error *write_chains(struct store *store, const struct facts *facts, const uint32_t *name_ids, uint32_t *ids)
{
	struct dict dict;

	dict_init(&dict);
	struct error *err = load_chains(store, &dict);

	if (!err) {
		enter_chains(facts, name_ids, &dict, ids);
		err = rows_insert(store, STATEMENT_chain_insert,
				  &(struct row_source){&dict, dict.known.entries.count - dict.stored, fill_chain});
	}
	dict_fini(&dict);
	return err;
}
