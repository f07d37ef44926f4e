// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/chain_dict.h"

#include <string.h>

struct chain_key {
	uint32_t parent, name;
};

struct error *load_chains(struct store *store, struct dict *dict)
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

		TRY(dict_enter(store, dict, sqlite3_column_int64(stmt, 0), (const char *)&key, sizeof(key)));
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
	return dict_store_rows(store, STATEMENT_chain_insert, dict, fill_chain);
}
