// SPDX-License-Identifier: GPL-2.0-or-later
/* The images of an atlas: which there are, and labelling one. */
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
	image->module_count = sqlite3_column_int64(stmt, numbers + 1);
	image->modules_read = image->module_count > 0;
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

struct error *store_images_for_release(struct store *store, struct arena *arena, const char *release, const char *arch,
				       const struct image **images, size_t *count)
{
	const struct image *all;
	size_t all_count, found = 0;

	TRY(store_images(store, arena, &all, &all_count));
	struct image *fitting = arena_alloc(arena, all_count * sizeof(*fitting));

	for (size_t i = 0; i < all_count; i++)
		if (str_eq(all[i].release, release) && str_eq(all[i].arch, arch))
			fitting[found++] = all[i];
	*images = fitting;
	*count = found;
	return NULL;
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
	sqlite3_stmt *stmt;
	size_t count;

	TRY(store_images(store, arena, &images, &count));
	const struct image *image = image_with_id(images, count, image_id);

	if (!image)
		return error_new(ERROR_INPUT, "%s: the image is not there any more", store->path);
	AUTO_FREE char *name = labelled_name(image, label);

	for (size_t i = 0; i < count; i++)
		if (images[i].id != image_id && str_eq(images[i].name, name))
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
