/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of src/store share: the open atlas, and SQL with errors as values. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include <sqlite3.h>

#include "atlas/store.h"
#include "store/statements.h"

#define ATLAS_APPLICATION_ID 0x41544c53 /* "ATLS" */
#define ATLAS_SCHEMA_VERSION 3

/* Texts of a dictionary by id; NULL until first asked for. */
struct text_cache {
	const char **texts;
	size_t room;
};

struct chain_node {
	int64_t parent; /* 0: none */
	int64_t name;	/* 0: not read yet */
};

/* What the linker makes of a function's name: column `role` of its table. */
enum role {
	ROLE_VMLINUX,	/* code for all in vmlinux */
	ROLE_MODULE,	/* code for all in a module */
	ROLE_DECLARED,	/* vmlinux declares it extern: it is there, without a symbol of its own */
	ROLE_OWN,	/* the object's own */
	ROLE_IMPORT,	/* a module that only declares and calls it */
	ROLE_MENTIONED, /* known only as a caller */
};

/* Column `flags` of table export. */
enum export_row_flag {
	EXPORT_ROW_GPL = 1,
	EXPORT_ROW_FUNCTION = 2,
};

/* Column `flags` of table files_read. */
enum files_row_flag {
	FILES_ROW_UNITS = 1,
	FILES_ROW_INITS = 2,
};

/* Everything at or below stands for the name when another object imports it. */
#define ROLE_LAST_DEFINER ROLE_DECLARED

/* A linked object, as reading needs it. */
struct object_row {
	const char *name;
	const struct section_row *sections; /* ascending base */
	uint32_t section_count;
	bool is_vmlinux;
};

struct section_row {
	const char *name;
	uint64_t base, size_bytes;
};

struct dicts;
struct type_cache;
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
	struct dicts *dicts;		 /* of the transaction, NULL until first needed (dicts.h) */
	/* What reading has met so far; it all lives in `arena`. */
	struct arena arena;
	struct text_cache names, paths, labels;
	const struct object_row **objects;
	size_t object_room;
	const struct prototype **prototypes;
	size_t prototype_room;
	const struct symbol_attach **attach;
	size_t attach_room;
	struct type_cache *types; /* type_cache.h */
	struct chain_node *chains;
	size_t chain_room;
	bool preloaded; /* names_preload() was here */
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
struct error *write_objects(struct store *store, const struct facts *facts, int64_t image_id, bool joined) MUST_CHECK;
/* remove.c: inside a transaction; the row of the image stays. */
enum removal {
	REMOVE_ALL,
	REMOVE_NAMED,	 /* the object of that name, if there is one */
	REMOVE_TOGETHER, /* all but the modules that joined on their own */
};

struct error *remove_objects(struct store *store, int64_t image_id, enum removal removal, const char *name) MUST_CHECK;
struct error *remove_image_row(struct store *store, int64_t image_id) MUST_CHECK;

/* read_cache.c: texts live as long as the store; an id that is not there is an error. */
void caches_fini(struct store *store);
struct error *cached_name(struct store *store, int64_t id, const char **text) MUST_CHECK;
/* All names at once, for who will ask for most of them. */
struct error *names_preload(struct store *store) MUST_CHECK;
struct error *cached_path(struct store *store, int64_t id, const char **text) MUST_CHECK;
struct error *cached_label(struct store *store, int64_t id, const char **text) MUST_CHECK;
struct error *cached_object(struct store *store, int64_t id, const struct object_row **object) MUST_CHECK;
/* From an address as it is stored to the section's name and the offset in it; vmlinux has no sections. */
const char *section_at(const struct object_row *object, uint64_t *address);
struct error *cached_prototype(struct store *store, int64_t id, const struct prototype **prototype) MUST_CHECK;
struct error *cached_attach(struct store *store, int64_t id, const struct symbol_attach **attach) MUST_CHECK;
struct error *cached_chain(struct store *store, int64_t id, struct chain_node *node) MUST_CHECK;

/* spans.c: from ids of names to indexes into `names`, which are in byte order as store_names() gives them. */
#define NO_NAME UINT32_MAX

struct name_index {
	VEC(uint32_t) by_id;
};

struct error *name_index_read(struct store *store, const char *const *names, size_t count,
			      struct name_index *index) MUST_CHECK;
/* NO_NAME if it is not among them. */
uint32_t name_index_of(const struct name_index *index, int64_t id);

/* params_json.c */

/* The identifier that ends a declaration, "" if none does: of most parameters the name. */
const char *param_name_at_end(const char *decl);
/* Parses ["decl",["name","decl"],...] as the writer made it: a name that ends its declaration is not there twice. */
struct error *params_parse(struct arena *arena, const char *json, const struct param **params,
			   uint32_t *count) MUST_CHECK;

/* sites.c */
struct site_list {
	VEC(struct site) sites;
};

/* Appends the sites on a run of edges, with their callers; everything but the vector lives in `arena`. */
struct error *sites_on(struct store *store, struct arena *arena, int64_t first_edge, int64_t count,
		       struct site_list *list) MUST_CHECK;
/* A copy in `arena`; ends the list. */
const struct site *sites_keep(struct arena *arena, struct site_list *list, uint32_t *count);

/* function.c: a row of functions_by_name. */
struct function_row {
	struct function function; /* without instances, symbols and sites */
	int64_t id, object_id, first_instance, first_symbol;
	const struct object_row *object;
	enum role role;
};

struct function_rows {
	VEC(struct function_row) rows;
};

/* All rows of that name: vmlinux's first, then by module. */
struct error *function_rows_read(struct store *store, const struct image *image, const char *name, int64_t name_id,
				 struct function_rows *rows) MUST_CHECK;
/* The function of a row with all but what other objects and names add to it. */
struct error *function_gather(struct store *store, struct arena *arena, const struct function_row *row,
			      struct function **function) MUST_CHECK;
/* Without sites (their counts are there) and without its export. */
struct error *function_gather_brief(struct store *store, struct arena *arena, const struct function_row *row,
				    struct function **function) MUST_CHECK;
/* From six columns: collision, inlining, transformed, only_split, inlined_sites, call_sites. */
void class_read(sqlite3_stmt *stmt, int column, struct class *class);
/* The id of a name, 0 if the atlas does not have it. */
struct error *find_name(struct store *store, const char *name, int64_t *id) MUST_CHECK;

/* read_export.c */
struct error *export_read(struct store *store, struct arena *arena, int64_t function_id,
			  struct function_export *exported) MUST_CHECK;

/* Column `flags` of taken. */
#define TAKEN_ROW_CODE	 1
#define TAKEN_ROW_IMPORT 2

/* read_taken.c: one row of taken_of. */
struct taken_row {
	struct taken taken;
	int64_t object_id;
	bool import;
};

struct taken_rows {
	VEC(struct taken_row) rows;
};

/* All places that hold the address of a function of that name. */
struct error *taken_rows_read(struct store *store, struct arena *arena, int64_t image_id, int64_t name_id,
			      struct taken_rows *rows) MUST_CHECK;
/* Sets the places of a function: those of its object, and the imported ones if it is what other objects import. */
struct error *taken_give(struct store *store, struct arena *arena, const struct taken_rows *rows,
			 const struct function_row *row, bool definer, struct function *function) MUST_CHECK;

/* imports.c: calls under a name that are recorded under another, or in another object. */
struct import {
	int64_t instance, object_id, first_edge, calls;
	int64_t linkage; /* name id, 0: the function's own name */
	const struct object_row *object;
	const char *as; /* the name it is recorded under, NULL: that which was asked for */
	enum role role; /* of the function it is recorded under */
};

struct import_list {
	VEC(struct import) imports;
};

/* Appends what `which` (aliases_of, imports_of) finds. */
struct error *imports_read(struct store *store, enum statement which, int64_t image_id, int64_t name_id,
			   struct import_list *list) MUST_CHECK;
/* By object (vmlinux first), then as they stand in it. */
void imports_sort(struct import_list *list);
/* Appends the sites of one. */
struct error *import_sites(struct store *store, struct arena *arena, const struct import *import,
			   struct site_list *list) MUST_CHECK;

#endif
