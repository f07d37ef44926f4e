// SPDX-License-Identifier: GPL-2.0-or-later
/* Putting images and modules into an open transaction. */
#include "store/internal.h"
#include "store/type_rows.h"

/* What the atlas says of an image that facts are put into; `id` 0: there is none. */
struct old_image {
	int64_t id;
	const char *name, *build_id, *scope, *arch, *release;
};

static struct error *find_by_name(struct store *store, struct arena *arena, const char *name, struct old_image *old)
{
	sqlite3_stmt *stmt;
	bool row;

	*old = (struct old_image){.name = name};
	TRY(sql_get(store, STATEMENT_image_by_name, &stmt));
	sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
	TRY(sql_step(store, stmt, &row));
	if (!row)
		return NULL;
	old->id = sqlite3_column_int64(stmt, 0);
	old->build_id = sql_text(arena, stmt, 1);
	old->scope = sql_text(arena, stmt, 2);
	sqlite3_reset(stmt);
	return NULL;
}

static struct error *find_by_id(struct store *store, struct arena *arena, int64_t id, struct old_image *old)
{
	sqlite3_stmt *stmt;
	bool row;

	*old = (struct old_image){0};
	TRY(sql_get1(store, STATEMENT_image_by_id, id, &stmt));
	TRY(sql_step(store, stmt, &row));
	if (!row)
		return error_new(ERROR_INPUT, "%s: the image is not there any more", store->path);
	old->id = id;
	old->name = sql_text(arena, stmt, 0);
	old->arch = sql_text(arena, stmt, 1);
	old->release = sql_text(arena, stmt, 2);
	old->scope = sql_text(arena, stmt, 3);
	sqlite3_reset(stmt);
	return NULL;
}

/* An error of SQLite may have undone the whole transaction; what is put afterwards would be lost in silence. */
static struct error *check_transaction(struct store *store)
{
	if (sqlite3_get_autocommit(store->db))
		return error_new(ERROR_STORE, "%s: the write was undone by an earlier error", store->path);
	return NULL;
}

static struct error *insert_image(struct store *store, int64_t id, const char *name, const struct facts *facts)
{
	const struct image_name *image = &facts->image;
	const char *path = facts->objects.count ? intern_text(&facts->strings, facts->objects.items[0].path) : NULL;
	const char *texts[] = {
		name,		image->version, image->revision, image->flavor,	  image->arch,	image->label,
		image->release, image->banner,	image->build_id, image->producer, image->scope, path,
	};
	sqlite3_stmt *stmt;

	TRY(sql_get1(store, STATEMENT_image_insert, id, &stmt));
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		sqlite3_bind_text(stmt, (int)i + 2, texts[i], -1, SQLITE_STATIC);
	sqlite3_bind_int(stmt, 14, (int)image->evidence);
	return sql_run(store, stmt);
}

static struct error *next_image_id(struct store *store, int64_t *id)
{
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get(store, STATEMENT_next_ids, &stmt));
	TRY(sql_step(store, stmt, &row));
	*id = sqlite3_column_int64(stmt, 0);
	sqlite3_reset(stmt);
	return NULL;
}

/* Modules that joined the old image belong to the new one only if it is the same build, read in the same way. */
static bool modules_stay(const struct old_image *old, const struct facts *facts)
{
	return old->build_id && str_eq(old->build_id, facts->image.build_id) && str_eq(old->scope, facts->image.scope);
}

/* What the facts hold themselves takes the place of what joined under that name. */
static struct error *remove_old(struct store *store, const struct old_image *old, const struct facts *facts)
{
	if (!modules_stay(old, facts))
		return remove_objects(store, old->id, REMOVE_ALL, NULL);
	TRY(remove_objects(store, old->id, REMOVE_TOGETHER, NULL));
	for (size_t i = 0; i < facts->objects.count; i++)
		TRY(remove_objects(store, old->id, REMOVE_NAMED,
				   intern_text(&facts->strings, facts->objects.items[i].name)));
	return NULL;
}

/* Two images are the same build if their build ids say so; images without one (imports) are told by name only. */
static struct error *check_conflict(const struct store *store, const struct old_image *old, const struct facts *facts)
{
	const char *build_id = facts->image.build_id;

	if (str_eq(old->build_id, build_id))
		return NULL;
	return error_new(ERROR_INPUT,
			 "%s: holds another build of %s (build id %s, this one has %s); use --replace, or "
			 "--label TEXT to keep both",
			 store->path, old->name, old->build_id ? old->build_id : "unknown",
			 build_id ? build_id : "none");
}

static struct error *put_image(struct store *store, struct arena *arena, const struct facts *facts,
			       enum store_conflict conflict, int64_t *image_id)
{
	AUTO_FREE char *name = image_name_text(&facts->image);
	struct old_image old;
	int64_t id;

	TRY(check_transaction(store));
	TRY(find_by_name(store, arena, name, &old));
	if (old.id) {
		if (conflict == CONFLICT_REFUSE)
			TRY(check_conflict(store, &old, facts));
		TRY(remove_old(store, &old, facts));
		TRY(remove_image_row(store, old.id));
		id = old.id;
	} else {
		TRY(next_image_id(store, &id));
	}
	TRY(insert_image(store, id, name, facts));
	TRY(write_objects(store, facts, id, false));
	if (old.id)
		TRY(sweep_types(store));
	*image_id = id;
	return NULL;
}

struct error *store_put_image(struct store *store, const struct facts *facts, enum store_conflict conflict,
			      int64_t *image_id)
{
	struct arena arena;

	arena_init(&arena);
	struct error *err = put_image(store, &arena, facts, conflict, image_id);

	arena_fini(&arena);
	return err;
}

static const char *or_everything(const char *scope)
{
	return scope ? scope : "everything";
}

static struct error *check_module(const struct old_image *image, const struct facts *facts)
{
	const struct image_name *says = &facts->image;

	if (facts->objects.count != 1 || str_eq(intern_text(&facts->strings, facts->objects.items[0].name), "vmlinux"))
		return error_new(ERROR_INPUT, "these are not the facts of one module");
	if (says->arch && !str_eq(says->arch, image->arch))
		return error_new(ERROR_INPUT, "a module for %s, but %s is not", says->arch, image->name);
	if (says->release && image->release && !str_eq(says->release, image->release))
		return error_new(ERROR_INPUT, "a module of kernel %s, but %s is %s", says->release, image->name,
				 image->release);
	if (!str_eq(says->scope, image->scope))
		return error_new(ERROR_INPUT,
				 "read with other --only globs than %s (%s here, %s there), so that what it does not "
				 "hold would be taken for absent; scan both with the same ones",
				 image->name, or_everything(says->scope), or_everything(image->scope));
	return NULL;
}

/* A module that came with the others, by import, has edges to and from them. */
static struct error *check_replaceable(struct store *store, const struct old_image *image, const char *module)
{
	const int joined = 9; /* column */
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_object_ranges, image->id, &stmt));
	sqlite3_bind_text(stmt, 2, module, -1, SQLITE_STATIC);
	sqlite3_bind_null(stmt, 3);
	TRY(sql_step(store, stmt, &row));
	bool refused = row && !sqlite3_column_int(stmt, joined);

	sqlite3_reset(stmt);
	if (refused)
		return error_new(ERROR_INPUT, "%s was imported with the module %s; remove the image to scan it anew",
				 image->name, module);
	return NULL;
}

static struct error *put_module(struct store *store, struct arena *arena, int64_t image_id, const struct facts *facts)
{
	struct old_image image;

	TRY(check_transaction(store));
	TRY(find_by_id(store, arena, image_id, &image));
	TRY(check_module(&image, facts));
	const char *name = intern_text(&facts->strings, facts->objects.items[0].name);

	TRY(check_replaceable(store, &image, name));
	TRY(remove_objects(store, image_id, REMOVE_NAMED, name));
	return write_objects(store, facts, image_id, true);
}

struct error *store_put_module(struct store *store, int64_t image_id, const struct facts *facts)
{
	struct arena arena;

	arena_init(&arena);
	struct error *err = put_module(store, &arena, image_id, facts);

	arena_fini(&arena);
	return err;
}

struct error *store_write_image(struct store *store, const struct facts *facts, enum store_conflict conflict)
{
	int64_t ignored;

	TRY(store_begin(store));
	return store_finish(store, store_put_image(store, facts, conflict, &ignored));
}
