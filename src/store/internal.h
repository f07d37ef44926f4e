/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of src/store share: the open atlas, and SQL with errors as values. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include <sqlite3.h>

#include "atlas/store.h"
#include "store/statements.h"

#define ATLAS_APPLICATION_ID 0x41544c53 /* "ATLS" */
#define ATLAS_SCHEMA_VERSION 1

/* Texts of a dictionary by id; NULL until first asked for. */
struct text_cache {
	const char **texts;
	size_t room;
};

struct chain_node {
	int64_t parent; /* 0: none */
	int64_t name;	/* 0: not read yet */
};

struct dicts;
struct row_source;

struct store {
	sqlite3 *db;
	char *path;
	enum store_mode mode;
	bool blank; /* STORE_CREATE on a path where nothing is yet: `db` is an empty atlas in memory */
	bool made;  /* the file was not there, and nothing is committed yet */
	bool told_waiting;
	sqlite3_stmt *statements[STATEMENT_COUNT];
	const struct row_source *source; /* of the insert that runs (rows.h) */
	struct dicts *dicts;		 /* of the transaction, NULL until first needed (dict.h) */
	/* What reading has met so far; it all lives in `arena`. */
	struct arena arena;
	struct text_cache names, paths, objects;
	const struct prototype **prototypes;
	size_t prototype_room;
	struct chain_node *chains;
	size_t chain_room;
};

/* sql.c */

/* What SQLite last complained of, as one line that names the file and what to do.  Never NULL. */
struct error *sql_error(struct store *store, int rc) MUST_CHECK;
/* The statement, prepared and reset.  Owned by the store. */
struct error *sql_get(struct store *store, enum statement which, sqlite3_stmt **stmt) MUST_CHECK;
/* The same with its first parameters bound. */
struct error *sql_get1(struct store *store, enum statement which, int64_t a, sqlite3_stmt **stmt) MUST_CHECK;
struct error *sql_get2(struct store *store, enum statement which, int64_t a, int64_t b, sqlite3_stmt **stmt) MUST_CHECK;
/* One step; `row` tells whether there is one.  After the last row the statement is reset. */
struct error *sql_step(struct store *store, sqlite3_stmt *stmt, bool *row) MUST_CHECK;
/* Runs a statement that returns no row, and resets it. */
struct error *sql_run(struct store *store, sqlite3_stmt *stmt) MUST_CHECK;
struct error *sql_exec(struct store *store, const char *sql) MUST_CHECK;
/* The one integer that `sql` answers. */
struct error *sql_integer(struct store *store, const char *sql, int64_t *value) MUST_CHECK;
/* The statement called `name` in the embedded file `path`, static and not terminated; NULL if there is none. */
const char *sql_named(const char *path, const char *name, size_t *length_bytes);
/* Text of a column, copied; NULL for NULL. */
const char *sql_text(struct arena *arena, sqlite3_stmt *stmt, int column);
void sql_finalize_all(struct store *store);

/* open.c: opens anew, the file for writing or nothing but an empty atlas in memory. */
struct error *store_reopen(struct store *store, bool blank) MUST_CHECK;

/* transaction.c */

/* Commits, or, if `err` or the commit itself failed, undoes everything.  Takes and returns `err`. */
struct error *store_finish(struct store *store, struct error *err) MUST_CHECK;

/* schema.c */
struct error *schema_create(struct store *store) MUST_CHECK;
/* An error unless the open database is an atlas of this schema, or has nothing in it. */
struct error *schema_check(struct store *store, bool *empty) MUST_CHECK;

/* lock.c: waits for other processes, tells so after a second, and gives up after minutes. */
void lock_wait_install(struct store *store);

/* write.c: inside a transaction, all objects of the facts. */
struct error *write_objects(struct store *store, const struct facts *facts, int64_t image_id) MUST_CHECK;
/* remove.c: inside a transaction.  `object` NULL: all objects of the image; the row of the image stays. */
struct error *remove_objects(struct store *store, int64_t image_id, const char *object) MUST_CHECK;
struct error *remove_image_row(struct store *store, int64_t image_id) MUST_CHECK;

/* read_cache.c: texts live as long as the store; an id that is not there is an error. */
void caches_fini(struct store *store);
struct error *cached_name(struct store *store, int64_t id, const char **text) MUST_CHECK;
struct error *cached_path(struct store *store, int64_t id, const char **text) MUST_CHECK;
struct error *cached_object(struct store *store, int64_t id, const char **text) MUST_CHECK;
struct error *cached_prototype(struct store *store, int64_t id, const struct prototype **prototype) MUST_CHECK;
struct error *cached_chain(struct store *store, int64_t id, struct chain_node *node) MUST_CHECK;

/* params_json.c */

/* Parses [["name","decl"],...] as the writer made it. */
struct error *params_parse(struct arena *arena, const char *json, const struct param **params,
			   uint32_t *count) MUST_CHECK;

/* sites.c */
struct site_list {
	VEC(struct site) sites;
};

/* Appends what callers_of or callees_of says; everything but the vector lives in `arena`. */
struct error *sites_read(struct store *store, struct arena *arena, sqlite3_stmt *stmt,
			 struct site_list *list) MUST_CHECK;

#endif
