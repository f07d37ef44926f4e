// SPDX-License-Identifier: GPL-2.0-or-later
/* What OLD and NEW mean, and reading the two images. */
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>

#include "diff/internal.h"

static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

/* Meant as a file even if there is none: the message is then about the file. */
static bool looks_like_file(const char *path)
{
	return strchr(path, '/') || str_ends(path, ".db");
}

/* `path` and `pattern` of FILE, FILE:IMAGE or IMAGE; a NULL pattern is the file's only image. */
static void split(const struct diff_options *options, struct arena *arena, const char *argument, const char **path,
		  const char **pattern)
{
	const char *colon = strrchr(argument, ':');
	const char *head = colon ? arena_strndup(arena, argument, (size_t)(colon - argument)) : NULL;
	bool whole = is_file(argument);

	if (!whole && head && (is_file(head) || looks_like_file(head))) {
		*path = head;
		*pattern = colon + 1;
	} else if (whole || looks_like_file(argument)) {
		*path = argument;
		*pattern = NULL;
	} else {
		*path = options->atlas_path;
		*pattern = argument;
	}
}

static struct error *only_image(struct diff_side *side)
{
	const struct image *images;
	AUTO_STR struct str names = {0};
	size_t count;

	TRY(store_images(side->store, &side->arena, &images, &count));
	if (count == 1) {
		side->image = images;
		return NULL;
	}
	for (size_t i = 0; i < count; i++)
		str_addf(&names, "%s%s", i ? ", " : "", images[i].name);
	if (count == 0)
		return error_new(ERROR_INPUT, "%s: the atlas holds no image", side->path);
	return error_new(ERROR_INPUT, "%s: the atlas holds %zu images: name one as %s:IMAGE; %s", side->path, count,
			 side->path, names.data);
}

struct error *side_open(const struct diff_options *options, const char *argument, struct diff_side *side)
{
	const char *pattern;

	arena_init(&side->arena);
	split(options, &side->arena, argument, &side->path, &pattern);
	TRY(store_open(side->path, STORE_READ, &side->store));
	if (!pattern)
		return only_image(side);
	return store_find_image(side->store, &side->arena, pattern, &side->image);
}

void side_close(struct diff_side *side)
{
	store_close(side->store);
	arena_fini(&side->arena);
}

static struct error *read_side(struct diff_side *side)
{
	TRY(store_all_functions(side->store, &side->arena, side->image, &side->functions, &side->function_count));
	TRY(store_all_exports(side->store, &side->arena, side->image, &side->exports));
	return store_types(side->store, side->image, &side->graph);
}

static void *read_old(void *side)
{
	return read_side(side);
}

struct error *sides_read(struct diff *diff)
{
	void *result = NULL;
	pthread_t thread;
	bool threaded = pthread_create(&thread, NULL, read_old, &diff->old) == 0;
	struct error *new_err = read_side(&diff->new), *err = NULL;

	if (threaded)
		pthread_join(thread, &result);
	else
		result = read_side(&diff->old);
	err = result;
	if (!err)
		return new_err;
	error_free(new_err);
	return err;
}
