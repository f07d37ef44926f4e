// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/dict.h"

void dict_init(struct dict *dict)
{
	intern_init(&dict->known);
	dict->stored = 1;
}

struct error *dict_enter(struct store *store, struct dict *dict, int64_t id, const char *key, size_t length)
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

		TRY(dict_enter(store, dict, sqlite3_column_int64(stmt, 0), text ? text : "",
			       (size_t)sqlite3_column_bytes(stmt, 1)));
	}
}

static void fill_text(const void *context, size_t n, struct row *row)
{
	const struct dict *dict = context;
	const struct intern_entry *entry = &dict->known.entries.items[dict->stored + n];

	row->values[0] = (int64_t)(dict->stored + n);
	row->text = entry->text;
	row->text_length = entry->length;
}

struct error *dict_store_rows(struct store *store, enum statement insert, struct dict *dict,
			      void (*fill)(const void *, size_t, struct row *))
{
	size_t count = dict->known.entries.count - dict->stored;

	TRY(rows_insert(store, insert, &(struct row_source){dict, count, fill}));
	dict->stored += count;
	return NULL;
}

struct error *dict_store_new(struct store *store, enum statement insert, struct dict *dict)
{
	return dict_store_rows(store, insert, dict, fill_text);
}
