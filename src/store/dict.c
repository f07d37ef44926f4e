// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/dict.h"

#include <string.h>

#include "atlas/json_writer.h"
#include "store/rows.h"

static void dict_init(struct dict *dict)
{
	intern_init(&dict->known);
	dict->stored = 1;
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

struct error *dict_load(struct store *store, enum statement load, struct dict *dict)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get(store, load, &stmt));
	for (;;) {
		TRY(sql_step(store, stmt, &row));
		if (!row)
			return NULL;
		const char *text = (const char *)sqlite3_column_text(stmt, 1);

		TRY(enter(store, dict, sqlite3_column_int64(stmt, 0), text ? text : "",
			  (size_t)sqlite3_column_bytes(stmt, 1)));
	}
}

void text_ids_init(struct text_ids *texts, const struct facts *facts)
{
	*texts = (struct text_ids){.ids = xcalloc(facts->strings.entries.count, sizeof(*texts->ids))};
}

void text_ids_use(struct text_ids *texts, const struct dict *dict, const struct facts *facts, str_id id)
{
	if (id == 0 || texts->ids[id])
		return;
	texts->ids[id] = intern_find(&dict->known, intern_text(&facts->strings, id));
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

static struct sort_key *sort_added(const struct facts *facts, const struct text_ids *texts)
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
	const struct dict *dict = context;
	const struct intern_entry *entry = &dict->known.entries.items[dict->stored + n];

	row->values[0] = (int64_t)(dict->stored + n);
	row->text = entry->text;
	row->text_length = entry->length;
}

/* Writes the entries of `dict` that the atlas does not have yet. */
static struct error *store_new(struct store *store, enum statement insert, struct dict *dict,
			       void (*fill)(const void *, size_t, struct row *))
{
	size_t count = dict->known.entries.count - dict->stored;

	TRY(rows_insert(store, insert, &(struct row_source){dict, count, fill}));
	dict->stored += count;
	return NULL;
}

struct error *dict_store_new(struct store *store, enum statement insert, struct dict *dict)
{
	return store_new(store, insert, dict, fill_text);
}

struct error *text_ids_write(struct store *store, enum statement insert, const struct facts *facts, struct dict *dict,
			     struct text_ids *texts)
{
	AUTO_FREE struct sort_key *keys = sort_added(facts, texts);

	for (size_t i = 0; i < texts->added.count; i++)
		texts->ids[keys[i].id] = intern(&dict->known, keys[i].text);
	return store_new(store, insert, dict, fill_text);
}

void text_ids_fini(struct text_ids *texts)
{
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

struct error *write_chains(struct store *store, const struct facts *facts, const uint32_t *name_ids, struct dict *dict,
			   uint32_t *ids)
{
	enter_chains(facts, name_ids, dict, ids);
	return store_new(store, STATEMENT_chain_insert, dict, fill_chain);
}

static struct error *load_all(struct store *store, struct dicts *dicts)
{
	TRY(dict_load(store, STATEMENT_names_load, &dicts->names));
	TRY(dict_load(store, STATEMENT_paths_load, &dicts->paths));
	TRY(dict_load(store, STATEMENT_labels_load, &dicts->labels));
	TRY(load_prototypes(store, &dicts->prototypes));
	dicts->old_names = dicts->names.stored;
	return load_chains(store, &dicts->chains);
}

struct error *dicts_get(struct store *store, struct dicts **dicts)
{
	if (!store->dicts) {
		store->dicts = xcalloc(1, sizeof(*store->dicts));
		dict_init(&store->dicts->names);
		dict_init(&store->dicts->paths);
		dict_init(&store->dicts->prototypes);
		dict_init(&store->dicts->chains);
		dict_init(&store->dicts->labels);
		TRY(load_all(store, store->dicts));
	}
	*dicts = store->dicts;
	return NULL;
}

void dicts_forget(struct store *store)
{
	struct dicts *dicts = store->dicts;

	if (!dicts)
		return;
	intern_fini(&dicts->names.known);
	intern_fini(&dicts->paths.known);
	intern_fini(&dicts->prototypes.known);
	intern_fini(&dicts->chains.known);
	intern_fini(&dicts->labels.known);
	type_dicts_free(dicts->types);
	free(dicts);
	store->dicts = NULL;
}
