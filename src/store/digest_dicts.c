// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/digests.h"

/* More ids than a dictionary can have are a damaged atlas. */
#define IDS_MAX INT32_MAX

digest id_digest(const struct id_digests *digests, int64_t id)
{
	return id >= 0 && (size_t)id < digests->by_id.count ? digests->by_id.items[id] : 0;
}

static void set(struct id_digests *digests, int64_t id, digest value)
{
	if (id < 0 || id > IDS_MAX)
		return;
	while (digests->by_id.count <= (size_t)id)
		vec_add(&digests->by_id, 0);
	digests->by_id.items[id] = value;
}

/* A row of a dictionary: its id, then what it says. */
static digest row_digest(const struct digests *digests, sqlite3_stmt *stmt)
{
	digest value = DIGEST_START;

	(void)digests;
	for (int i = 1; i < sqlite3_column_count(stmt); i++)
		value = digest_text(value, (const char *)sqlite3_column_text(stmt, i));
	return value;
}

/* Parents have smaller ids than what they are parents of; were it not so, the number would stand for the text. */
static digest chain_digest(const struct digests *digests, sqlite3_stmt *stmt)
{
	int64_t parent = sqlite3_column_int64(stmt, 1);
	digest above = id_digest(&digests->chains, parent);

	return digest_add(digest_add(DIGEST_START, above ? above : (uint64_t)parent),
			  id_digest(&digests->names, sqlite3_column_int64(stmt, 2)));
}

static struct error *load(struct store *store, enum statement which, struct digests *digests, struct id_digests *ids,
			  digest (*digest_of)(const struct digests *, sqlite3_stmt *))
{
	struct error *err;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get(store, which, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row)
		set(ids, sqlite3_column_int64(stmt, 0), digest_of(digests, stmt));
	return err;
}

static struct error *load_salted(struct store *store, enum statement which, const void *context,
				 uint64_t (*salt)(const void *, const char *), struct id_digests *ids)
{
	struct error *err;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get(store, which, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row) {
		const char *text = (const char *)sqlite3_column_text(stmt, 1);

		if (text)
			set(ids, sqlite3_column_int64(stmt, 0),
			    digest_add(digest_text(DIGEST_START, text), salt(context, text)));
	}
	return err;
}

static struct error *load_all(struct store *store, const struct digest_salts *salts, struct digests *digests)
{
	TRY(load_salted(store, STATEMENT_names_load, salts->context, salts->name, &digests->names));
	TRY(load_salted(store, STATEMENT_paths_load, salts->context, salts->path, &digests->paths));
	TRY(load(store, STATEMENT_prototypes_load, digests, &digests->prototypes, row_digest));
	TRY(load(store, STATEMENT_labels_load, digests, &digests->labels, row_digest));
	TRY(load(store, STATEMENT_attach_load, digests, &digests->attach, row_digest));
	return load(store, STATEMENT_chains_load, digests, &digests->chains, chain_digest);
}

struct error *store_digests_open(struct store *store, const char *const *names, size_t count,
				 const struct digest_salts *salts, struct digests **digests)
{
	struct digests *made = xcalloc(1, sizeof(*made));
	struct error *err = name_index_read(store, names, count, &made->index);

	if (!err)
		err = load_all(store, salts, made);
	if (err)
		store_digests_close(made);
	else
		*digests = made;
	return err;
}

void store_digests_close(struct digests *digests)
{
	if (!digests)
		return;
	vec_free(&digests->names.by_id);
	vec_free(&digests->paths.by_id);
	vec_free(&digests->prototypes.by_id);
	vec_free(&digests->chains.by_id);
	vec_free(&digests->labels.by_id);
	vec_free(&digests->attach.by_id);
	vec_free(&digests->index.by_id);
	free(digests);
}

static digest value_digest(digest so_far, sqlite3_stmt *stmt, int column)
{
	switch (sqlite3_column_type(stmt, column)) {
	case SQLITE_INTEGER:
		return digest_add(so_far, (uint64_t)sqlite3_column_int64(stmt, column));
	case SQLITE_NULL:
		return digest_text(so_far, NULL);
	default: {
		const void *bytes = sqlite3_column_blob(stmt, column);

		return digest_bytes(so_far, bytes ? bytes : "", (size_t)sqlite3_column_bytes(stmt, column));
	}
	}
}

/* All of a table, whatever it holds; `name` comes from the schema. */
static struct error *table_digest(struct store *store, const char *name, digest *so_far)
{
	char *sql = sqlite3_mprintf("SELECT * FROM \"%w\"", name);
	sqlite3_stmt *stmt = NULL;
	int rc = sql ? sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL) : SQLITE_NOMEM;
	struct error *err = rc == SQLITE_OK ? NULL : sql_error(store, rc);
	bool row = !err;

	*so_far = digest_text(*so_far, name);
	while (row && !(err = sql_step(store, stmt, &row)) && row)
		for (int i = 0; i < sqlite3_column_count(stmt); i++)
			*so_far = value_digest(*so_far, stmt, i);
	sqlite3_finalize(stmt);
	sqlite3_free(sql);
	return err;
}

struct error *store_digests_rest(struct store *store, uint64_t *rest)
{
	digest so_far = DIGEST_START;
	struct error *err;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get(store, STATEMENT_digest_tables, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row)
		if ((err = table_digest(store, (const char *)sqlite3_column_text(stmt, 0), &so_far)))
			break;
	sqlite3_reset(stmt);
	*rest = so_far;
	return err;
}
