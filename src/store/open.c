// SPDX-License-Identifier: GPL-2.0-or-later
/* Opening and closing the file. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/dicts.h"
#include "store/internal.h"
#include "store/rows.h"
#include "store/type_rows.h"

/* Large pages make it cheaper to append many small rows. */
#define PAGE_SIZE "16384"

/* The cache takes a whole image, in KiB: nothing is written before the commit. */
static const char write_pragmas[] = "PRAGMA cache_size = -262144;"
				    "PRAGMA temp_store = MEMORY;"
				    "PRAGMA secure_delete = OFF;" /* Debian's default is to overwrite what is freed */
				    "PRAGMA journal_mode = DELETE;"
				    "PRAGMA synchronous = FULL;"
				    "PRAGMA foreign_keys = OFF;"; /* declared, and kept by the writer */

/* One read transaction as long as the store is open: one view of the atlas, and no lock per statement. */
static const char read_pragmas[] = "PRAGMA cache_size = -65536;"
				   "PRAGMA mmap_size = 4294967296;"
				   "PRAGMA temp_store = MEMORY;"
				   "PRAGMA query_only = ON;"
				   "BEGIN;";

static struct error *open_db(struct store *store, const char *path, int flags)
{
	int rc = sqlite3_open_v2(path, &store->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);

	if (rc != SQLITE_OK)
		return sql_error(store, rc);
	lock_wait_install(store);
	return type_functions_register(store);
}

/* SQLite gives names such as ":memory:" a meaning of their own; with a directory in front they are files. */
static struct error *open_file(struct store *store, int flags)
{
	AUTO_FREE char *path = xasprintf("%s%s", store->path[0] == '/' ? "" : "./", store->path);

	return open_db(store, path, flags);
}

static void close_db(struct store *store)
{
	sql_finalize_all(store);
	sqlite3_close(store->db);
	store->db = NULL;
}

static struct error *open_blank(struct store *store)
{
	store->blank = true;
	TRY(open_db(store, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
	return schema_create(store);
}

static struct error *empty_error(const char *path)
{
	return error_new(ERROR_STORE, "%s: the file is empty, not an atlas; `atlasgen scan` or `import` makes one",
			 path);
}

/* A writer that was killed left a journal; only a connection that may write can put the file right. */
static struct error *recover(struct store *store)
{
	int64_t ignored = 0;

	close_db(store);
	TRY(open_file(store, SQLITE_OPEN_READWRITE));
	struct error *err = sql_integer(store, "SELECT count(*) FROM sqlite_schema", &ignored);

	close_db(store);
	return error_prefix(err, "undoing the write that was interrupted");
}

static struct error *start_reading(struct store *store)
{
	bool empty = false;

	TRY(open_file(store, SQLITE_OPEN_READONLY));
	struct error *err = schema_check(store, &empty);

	if (err && (sqlite3_extended_errcode(store->db) & 0xff) == SQLITE_READONLY) {
		error_free(err);
		TRY(recover(store));
		TRY(open_file(store, SQLITE_OPEN_READONLY));
		err = schema_check(store, &empty);
	}
	TRY(err);
	if (empty)
		return empty_error(store->path);
	return sql_exec(store, read_pragmas);
}

static struct error *start_writing(struct store *store)
{
	bool empty = false, creates = store->mode == STORE_CREATE;

	TRY(open_file(store, SQLITE_OPEN_READWRITE | (creates ? SQLITE_OPEN_CREATE : 0)));
	if (sqlite3_db_readonly(store->db, "main") == 1)
		return error_new(ERROR_STORE, "%s: the file is read-only", store->path);
	TRY(schema_check(store, &empty));
	if (empty && !creates)
		return empty_error(store->path);
	if (empty)
		TRY(sql_exec(store, "PRAGMA page_size = " PAGE_SIZE ";"));
	TRY(rows_register(store));
	return sql_exec(store, write_pragmas);
}

/* Nothing is made before there is something to write, so that a scan that fails leaves no file. */
static struct error *check_creatable(const char *path)
{
	const char *slash = strrchr(path, '/');
	AUTO_FREE char *dir = slash ? xstrndup(path, (size_t)(slash - path) + 1) : xstrdup(".");

	if (*path == '\0')
		return error_new(ERROR_USAGE, "the atlas has an empty name; give one with --atlas");
	if (access(dir, W_OK | X_OK) != 0)
		return error_errno("%s: cannot make the atlas in %s", path, dir);
	return NULL;
}

static struct error *open_any(struct store *store)
{
	struct stat st;
	bool exists = stat(store->path, &st) == 0;

	if (!exists && errno != ENOENT)
		return error_errno("%s", store->path);
	if (exists && !S_ISREG(st.st_mode))
		return error_new(ERROR_STORE, "%s: not a file, so not an atlas; name another with --atlas",
				 store->path);
	if (!exists && store->mode != STORE_CREATE)
		return error_new(ERROR_STORE,
				 "%s: there is no such atlas; `atlasgen scan` or `import` makes one, --atlas names "
				 "another",
				 store->path);
	if (!exists) {
		TRY(check_creatable(store->path));
		return open_blank(store);
	}
	return store->mode == STORE_READ ? start_reading(store) : start_writing(store);
}

struct error *store_open(const char *path, enum store_mode mode, struct store **store)
{
	struct store *opened = xcalloc(1, sizeof(*opened));

	opened->path = xstrdup(path);
	opened->mode = mode;
	arena_init(&opened->arena);
	struct error *err = open_any(opened);

	if (err) {
		store_close(opened);
		return err;
	}
	*store = opened;
	return NULL;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	dicts_forget(store);
	close_db(store);
	caches_fini(store);
	arena_fini(&store->arena);
	free(store->path);
	free(store);
}

struct error *store_reopen(struct store *store, bool blank)
{
	close_db(store);
	if (blank)
		return open_blank(store);
	store->blank = false;
	return start_writing(store);
}
