// SPDX-License-Identifier: GPL-2.0-or-later
/* Transactions, and the file that the first of them makes. */
#include <sys/stat.h>
#include <unistd.h>

#include "store/dicts.h"
#include "store/internal.h"

/* A file that vanishes while this process waits for its lock is made again, but not forever. */
#define MAX_TRIES 5

/* True once the path no longer leads to the file that is open: what was written there would be lost. */
static bool is_moved(struct store *store)
{
	int moved = 0;

	sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
	return moved != 0;
}

/* The file of a blank store. */
static struct error *make_file(struct store *store)
{
	if (!store->blank)
		return NULL;
	store->made = access(store->path, F_OK) != 0;
	return store_reopen(store, false);
}

/*
 * A first write that failed leaves an empty file, which goes.  Whoever waits for
 * its lock meanwhile finds out by is_moved().
 */
static void unmake_file(struct store *store)
{
	struct stat st;

	if (!store->made || sqlite3_exec(store->db, "BEGIN EXCLUSIVE", NULL, NULL, NULL) != SQLITE_OK)
		return;
	bool empty = !is_moved(store) && stat(store->path, &st) == 0 && st.st_size == 0;

	if (empty)
		unlink(store->path);
	sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	store->made = false;
	if (empty)
		error_free(store_reopen(store, true));
}

static struct error *lock_file(struct store *store)
{
	for (int i = 0; i < MAX_TRIES; i++) {
		TRY(make_file(store));
		TRY(sql_exec(store, "BEGIN IMMEDIATE"));
		if (!is_moved(store))
			return NULL;
		TRY(sql_exec(store, "ROLLBACK"));
		if (store->mode != STORE_CREATE)
			break;
		TRY(store_reopen(store, access(store->path, F_OK) != 0));
	}
	return error_new(ERROR_STORE, "%s: the atlas was removed or replaced meanwhile", store->path);
}

struct error *store_begin(struct store *store)
{
	bool empty = false;

	if (store->mode == STORE_READ)
		return error_new(ERROR_STORE, "%s: opened for reading only", store->path);
	/* What was read may be gone, and its ids may be given to other rows. */
	caches_fini(store);
	TRY(lock_file(store));
	/* Another process may have made the schema between our opening and this lock. */
	struct error *err = schema_check(store, &empty);

	if (!err && empty)
		err = schema_create(store);
	return err ? store_finish(store, err) : NULL;
}

/* What the whole transaction added, once. */
static struct error *complete(struct store *store)
{
	sqlite3_stmt *stmt;

	if (!store->dicts)
		return NULL;
	TRY(sql_get1(store, STATEMENT_name_words_insert, (int64_t)store->dicts->old_names, &stmt));
	TRY(sql_run(store, stmt));
	/* A sample of each index is enough for the planner. */
	return sql_exec(store, "PRAGMA analysis_limit = 400; ANALYZE;");
}

struct error *store_finish(struct store *store, struct error *err)
{
	if (!err)
		err = complete(store);
	if (!err)
		err = sql_exec(store, "COMMIT");
	if (err) {
		store_abort(store);
		return err;
	}
	dicts_forget(store);
	store->made = false;
	return NULL;
}

struct error *store_commit(struct store *store)
{
	return store_finish(store, NULL);
}

void store_abort(struct store *store)
{
	dicts_forget(store);
	if (!sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	unmake_file(store);
}
