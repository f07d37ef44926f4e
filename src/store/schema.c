// SPDX-License-Identifier: GPL-2.0-or-later
/* Making the schema, and telling whose file it is. */
#include <assert.h>

#include "atlas/embed.h"
#include "atlas/type.h"
#include "store/internal.h"

static const char *const schema_files[] = {"schema/attach.sql", "schema/tables.sql", "schema/exports.sql",
					   "schema/taken.sql",	"schema/files.sql",  "schema/types.sql",
					   "schema/views.sql"};

#define TERM(id, text) text,
static const char *const collisions[] = {COLLISIONS(TERM) NULL};
static const char *const inlinings[] = {INLINES(TERM) NULL};
static const char *const type_kinds[] = {TYPE_KINDS(TERM) NULL};
#undef TERM
static const char *const evidences[] = {"dwarf", "symbols", "imported", NULL};
static const char *const languages[] = {
	[LANGUAGE_C] = "C",	    [LANGUAGE_ASM] = "assembler", [LANGUAGE_RUST] = "Rust",
	[LANGUAGE_OTHER] = "other", [LANGUAGE_OTHER + 1] = NULL,
};
static const char *const edge_kinds[] = {
	[EDGE_DIRECT] = "direct", [EDGE_TAIL] = "tail",	  [EDGE_INLINED] = "inlined",
	[EDGE_CODE] = "code",	  [EDGE_CODE + 1] = NULL,
};

static struct error *insert_terms(struct store *store, const char *table, const char *const *texts)
{
	for (int i = 0; texts[i]; i++) {
		char *sql = sqlite3_mprintf("INSERT INTO %w (id, text) VALUES (%d, %Q)", table, i, texts[i]);
		struct error *err = sql_exec(store, sql);

		sqlite3_free(sql);
		TRY(err);
	}
	return NULL;
}

static struct error *insert_all_terms(struct store *store)
{
	TRY(insert_terms(store, "evidence", evidences));
	TRY(insert_terms(store, "language", languages));
	TRY(insert_terms(store, "collision", collisions));
	TRY(insert_terms(store, "inlining", inlinings));
	TRY(insert_terms(store, "type_kind", type_kinds));
	return insert_terms(store, "edge_kind", edge_kinds);
}

struct error *schema_create(struct store *store)
{
	AUTO_STR struct str stamp = {0};

	for (size_t i = 0; i < ARRAY_LEN(schema_files); i++) {
		const char *sql = embedded(schema_files[i], NULL);

		assert(sql);
		TRY(error_prefix(sql_exec(store, sql), "%s", schema_files[i]));
	}
	TRY(insert_all_terms(store));
	str_addf(&stamp, "INSERT INTO meta (key, value) VALUES ('program', 'atlasgen %s'), ('schema_version', '%d');",
		 ATLASGEN_VERSION, ATLAS_SCHEMA_VERSION);
	str_addf(&stamp, "PRAGMA application_id = %d; PRAGMA user_version = %d;", ATLAS_APPLICATION_ID,
		 ATLAS_SCHEMA_VERSION);
	return sql_exec(store, stamp.data);
}

struct error *schema_check(struct store *store, bool *empty)
{
	int64_t application = 0, version = 0, tables = 0;

	/* Reading the schema is what finds out that a file is no database at all. */
	TRY(sql_integer(store, "SELECT count(*) FROM sqlite_schema", &tables));
	TRY(sql_integer(store, "PRAGMA application_id", &application));
	TRY(sql_integer(store, "PRAGMA user_version", &version));
	*empty = application == 0 && version == 0 && tables == 0;
	if (*empty)
		return NULL;
	if (application != ATLAS_APPLICATION_ID)
		return error_new(ERROR_STORE,
				 "%s: an SQLite database, but not an atlas; name another file with --atlas",
				 store->path);
	if (version != ATLAS_SCHEMA_VERSION)
		return error_new(ERROR_STORE,
				 "%s: schema version %lld, but this atlasgen knows %d only; scan the images into a new "
				 "file (--atlas), or use the atlasgen that made it",
				 store->path, (long long)version, ATLAS_SCHEMA_VERSION);
	return NULL;
}
