// SPDX-License-Identifier: GPL-2.0-or-later
/* The images of an atlas: which there are, adding, removing and labelling one. */
#include <fnmatch.h>
#include <string.h>

#include "store/internal.h"

static void read_image(struct arena *arena, sqlite3_stmt *stmt, struct image *image)
{
	const char **texts[] = {
		&image->name,	 &image->version, &image->revision, &image->flavor,   &image->arch,  &image->label,
		&image->release, &image->banner,  &image->build_id, &image->producer, &image->scope, &image->path,
	};
	const int numbers = 1 + (int)ARRAY_LEN(texts);

	image->id = sqlite3_column_int64(stmt, 0);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		*texts[i] = sql_text(arena, stmt, (int)i + 1);
	image->evidence = (enum evidence)sqlite3_column_int(stmt, numbers);
	image->modules_read = sqlite3_column_int(stmt, numbers + 1) != 0;
	image->function_count = sqlite3_column_int64(stmt, numbers + 2);
	image->instance_count = sqlite3_column_int64(stmt, numbers + 3);
	image->edge_count = sqlite3_column_int64(stmt, numbers + 4);
	image->symbol_count = sqlite3_column_int64(stmt, numbers + 5);
}

static int compare_optional(const char *a, const char *b, int (*compare)(const char *, const char *))
{
	if (!a || !b)
		return (a != NULL) - (b != NULL);
	return compare(a, b);
}

static int compare_images(const void *left, const void *right)
{
	const struct image *a = left, *b = right;
	int order = version_compare(a->version, b->version);

	if (!order)
		order = compare_optional(a->revision, b->revision, version_compare);
	if (!order)
		order = strcmp(a->arch, b->arch);
	if (!order)
		order = strcmp(a->flavor, b->flavor);
	return order ? order : strcmp(a->name, b->name);
}

static struct error *collect_images(struct store *store, struct arena *arena, struct image **images, size_t *count)
{
	VEC(struct image) found = {0};
	struct error *err = NULL;
	sqlite3_stmt *stmt;
	bool row;

	TRY(sql_get(store, STATEMENT_images, &stmt));
	while (!(err = sql_step(store, stmt, &row)) && row)
		read_image(arena, stmt, vec_push(&found));
	if (!err) {
		*images = arena_zalloc(arena, found.count * sizeof(**images));
		*count = found.count;
		if (found.count)
			memcpy(*images, found.items, found.count * sizeof(**images));
	}
	vec_free(&found);
	return err;
}

struct error *store_images(struct store *store, struct arena *arena, const struct image **images, size_t *count)
{
	struct image *found;
	size_t found_count;

	TRY(collect_images(store, arena, &found, &found_count));
	qsort(found, found_count, sizeof(*found), compare_images);
	*images = found;
	*count = found_count;
	return NULL;
}

/* An error about `pattern` that lists the images of which `list` is true. */
static struct error *image_error(const struct store *store, const struct image *images, const bool *list, size_t count,
				 const char *what, const char *pattern)
{
	AUTO_STR struct str names = {0};

	for (size_t i = 0; i < count; i++)
		if (!list || list[i])
			str_addf(&names, "%s%s", names.length ? ", " : "", images[i].name);
	if (!names.length)
		return error_new(ERROR_INPUT, "%s: %s '%s': the atlas holds no image", store->path, what, pattern);
	return error_new(ERROR_INPUT, "%s: %s '%s': %s%s", store->path, what, pattern, list ? "" : "the atlas holds ",
			 names.data);
}

struct error *store_find_image(struct store *store, struct arena *arena, const char *pattern,
			       const struct image **image)
{
	const struct image *images, *found = NULL;
	size_t count, matches = 0;

	TRY(store_images(store, arena, &images, &count));
	bool *matching = arena_zalloc(arena, count * sizeof(*matching));

	for (size_t i = 0; i < count; i++) {
		if (strcmp(images[i].name, pattern) == 0) {
			*image = &images[i];
			return NULL;
		}
		if (fnmatch(pattern, images[i].name, 0) != 0)
			continue;
		matching[i] = true;
		matches++;
		found = &images[i];
	}
	if (matches == 0)
		return image_error(store, images, NULL, count, "no image matches", pattern);
	if (matches > 1)
		return image_error(store, images, matching, count, "several images match", pattern);
	*image = found;
	return NULL;
}

/* The image called `name`, if there is one. */
static struct error *find_by_name(struct store *store, struct arena *arena, const char *name, int64_t *id,
				  const char **build_id)
{
	sqlite3_stmt *stmt;
	bool row;

	*id = 0;
	TRY(sql_get(store, STATEMENT_image_by_name, &stmt));
	sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
	TRY(sql_step(store, stmt, &row));
	if (!row)
		return NULL;
	*id = sqlite3_column_int64(stmt, 0);
	*build_id = sql_text(arena, stmt, 1);
	sqlite3_reset(stmt);
	return NULL;
}

/* Two images are the same build if their build ids say so; images without one (imports) are told by name only. */
static struct error *make_room(struct store *store, const struct facts *facts, const char *name,
			       enum store_conflict conflict, struct arena *arena)
{
	const char *build_id = NULL;
	int64_t old;

	TRY(find_by_name(store, arena, name, &old, &build_id));
	if (!old)
		return NULL;
	if (conflict == CONFLICT_REFUSE && !str_eq(build_id, facts->image.build_id))
		return error_new(ERROR_INPUT,
				 "%s: holds another build of %s (build id %s, this one has %s); use --replace, or "
				 "--label TEXT to keep both",
				 store->path, name, build_id ? build_id : "unknown",
				 facts->image.build_id ? facts->image.build_id : "none");
	return remove_rows(store, old);
}

struct error *store_write_image(struct store *store, const struct facts *facts, enum store_conflict conflict)
{
	AUTO_FREE char *name = image_name_text(&facts->image);
	struct arena arena;

	TRY(store_begin(store));
	arena_init(&arena);
	struct error *err = make_room(store, facts, name, conflict, &arena);

	arena_fini(&arena);
	if (!err)
		err = write_facts(store, facts, name);
	return store_finish(store, err);
}

struct error *remove_rows(struct store *store, int64_t image_id)
{
	static const struct {
		enum statement statement;
		int column; /* of image_ranges: first id, then count */
	} ranges[] = {
		{STATEMENT_outgoing_delete, 4},	 {STATEMENT_edges_delete, 8},	  {STATEMENT_symbols_delete, 6},
		{STATEMENT_instances_delete, 4}, {STATEMENT_functions_delete, 2}, {STATEMENT_objects_delete, 0},
	};
	sqlite3_stmt *range, *stmt;
	bool row;

	TRY(sql_get1(store, STATEMENT_image_ranges, image_id, &range));
	TRY(sql_step(store, range, &row));
	if (!row)
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(ranges); i++) {
		TRY(sql_get2(store, ranges[i].statement, sqlite3_column_int64(range, ranges[i].column),
			     sqlite3_column_int64(range, ranges[i].column + 1), &stmt));
		TRY(sql_run(store, stmt));
	}
	sqlite3_reset(range);
	TRY(sql_get1(store, STATEMENT_image_delete, image_id, &stmt));
	return sql_run(store, stmt);
}

struct error *store_remove_image(struct store *store, int64_t image_id)
{
	TRY(store_begin(store));
	return store_finish(store, remove_rows(store, image_id));
}

static const struct image *image_with_id(const struct image *images, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (images[i].id == id)
			return &images[i];
	return NULL;
}

static char *labelled_name(const struct image *image, const char *label)
{
	AUTO_FREE char *version = xstrdup(image->version);
	AUTO_FREE char *revision = image->revision ? xstrdup(image->revision) : NULL;
	AUTO_FREE char *flavor = xstrdup(image->flavor);
	AUTO_FREE char *arch = xstrdup(image->arch);
	AUTO_FREE char *text = label && *label ? xstrdup(label) : NULL;
	const struct image_name name = {version, revision, flavor, arch, .label = text};

	return image_name_text(&name);
}

static struct error *relabel(struct store *store, struct arena *arena, int64_t image_id, const char *label)
{
	const struct image *images;
	const char *ignored;
	sqlite3_stmt *stmt;
	size_t count;
	int64_t other;

	TRY(store_images(store, arena, &images, &count));
	const struct image *image = image_with_id(images, count, image_id);

	if (!image)
		return error_new(ERROR_INPUT, "%s: the image is not there any more", store->path);
	AUTO_FREE char *name = labelled_name(image, label);

	TRY(find_by_name(store, arena, name, &other, &ignored));
	if (other && other != image_id)
		return error_new(ERROR_INPUT, "%s: there is another image called %s", store->path, name);
	TRY(sql_get1(store, STATEMENT_image_relabel, image_id, &stmt));
	sqlite3_bind_text(stmt, 2, label && *label ? label : NULL, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 3, name, -1, SQLITE_STATIC);
	return sql_run(store, stmt);
}

struct error *store_label_image(struct store *store, int64_t image_id, const char *label)
{
	struct arena arena;

	TRY(store_begin(store));
	arena_init(&arena);
	struct error *err = store_finish(store, relabel(store, &arena, image_id, label));

	arena_fini(&arena);
	return err;
}
