// SPDX-License-Identifier: GPL-2.0-or-later
/* A page per source file and per folder: what is declared there. */
#include <string.h>

#include "keys.h"
#include "page_kinds.h"
#include "text.h"

static const char *in_words(struct site_writer *writer, const char *folder)
{
	return *folder ? text_visible(&writer->arena, folder) : "all sources";
}

/* The newest image whose version has a place at kernel.org. */
static const struct image *tagged_image(struct site_writer *writer)
{
	const struct site_plan *plan = writer->data->plan;
	const struct image *baseline = &plan->images[plan->groups.baseline];

	return url_tag(&writer->arena, baseline) ? baseline : NULL;
}

static struct error *write_file(struct site_writer *writer, size_t number)
{
	const struct site_plan *plan = writer->data->plan;
	size_t first = plan->path_first[number], end = plan->path_first[number + 1];
	const char *path = plan->paths[number], *visible = text_visible(&writer->arena, path);
	const char *folder = folder_of(&writer->arena, path);
	const struct image *tagged = tagged_image(writer);
	struct object *values = object_new(&writer->arena);
	struct list *rows = object_list(values, KEY_rows);
	struct layout_page page = {url_source(&writer->arena, plan, path), visible,
				   arena_printf(&writer->arena, "Functions declared in %s.", visible)};

	object_text(values, KEY_path, visible);
	object_text(values, KEY_folder, in_words(writer, folder));
	object_text(values, KEY_link, url_folder(&writer->arena, folder));
	object_text(values, KEY_elixir, tagged ? url_elixir(&writer->arena, tagged, path, 0) : NULL);
	object_text(values, KEY_git, tagged ? url_git(&writer->arena, tagged, path, 0) : NULL);
	object_number(values, KEY_count, end - first);
	site_add_columns(writer, values);
	for (size_t i = first; i < end; i++) {
		size_t wanted = site_find_wanted(plan, plan->places[i].name);

		if (wanted != SIZE_MAX && writer->data->written[wanted])
			site_add_row(writer, rows, wanted);
	}
	return site_write(writer, "source.html", &page, values);
}

/* Where the first step of `path` from `at` on ends: a folder "mm", or "/usr" of a path that begins at the root. */
static size_t step_end(const char *path, size_t at)
{
	at += strspn(path + at, "/");
	return at + strcspn(path + at, "/");
}

static bool is_below(const char *path, const char *folder)
{
	size_t length = strlen(folder);

	return length == 0 || (strncmp(path, folder, length) == 0 && path[length] == '/');
}

static void add_folder(struct site_writer *writer, struct list *folders, const char *folder, size_t files)
{
	struct object *object = list_object(folders);

	object_text(object, KEY_name, text_visible(&writer->arena, folder));
	object_text(object, KEY_href, url_folder(&writer->arena, folder));
	object_number(object, KEY_sum, files);
}

static void add_file(struct site_writer *writer, struct list *files, const char *path)
{
	struct object *object = list_object(files);

	object_text(object, KEY_name, text_visible(&writer->arena, path));
	object_text(object, KEY_href, url_source(&writer->arena, writer->data->plan, path));
}

/* Paths come in byte order, so those of one folder below follow each other but for files in between. */
static void add_children(struct site_writer *writer, struct object *values, const char *folder)
{
	const struct site_plan *plan = writer->data->plan;
	struct list *folders = object_list(values, KEY_folders), *files = object_list(values, KEY_files);
	const char *below = NULL;
	size_t count = 0;

	for (size_t i = 0; i < plan->path_count; i++) {
		const char *path = plan->paths[i], *own = folder_of(&writer->arena, path);

		if (!is_below(path, folder))
			continue;
		if (strcmp(own, folder) == 0) {
			add_file(writer, files, path);
			continue;
		}
		if (!*own)
			continue;
		size_t end = step_end(own, strlen(folder));

		if (!below || strncmp(path, below, end) != 0 || strlen(below) != end) {
			if (below)
				add_folder(writer, folders, below, count);
			below = arena_strndup(&writer->arena, path, end);
			count = 0;
		}
		count++;
	}
	if (below)
		add_folder(writer, folders, below, count);
}

static const char *parent_of(struct arena *arena, const char *folder)
{
	const char *slash = strrchr(folder, '/');

	return slash ? arena_strndup(arena, folder, (size_t)(slash - folder)) : "";
}

static struct error *write_folder(struct site_writer *writer, const char *folder)
{
	struct object *values = object_new(&writer->arena);
	struct layout_page page = {url_folder(&writer->arena, folder),
				   arena_printf(&writer->arena, "Sources: %s", in_words(writer, folder)), NULL};

	object_text(values, KEY_path, in_words(writer, folder));
	if (*folder) {
		const char *parent = parent_of(&writer->arena, folder);

		object_text(values, KEY_folder, in_words(writer, parent));
		object_text(values, KEY_link, url_folder(&writer->arena, parent));
	}
	add_children(writer, values, folder);
	return site_write(writer, "folder.html", &page, values);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct folder_list {
	VEC(const char *) items;
};

static void collect_folders(struct site_writer *writer, struct folder_list *list)
{
	const struct site_plan *plan = writer->data->plan;
	const char *last = "";

	vec_add(&list->items, "");
	for (size_t i = 0; i < plan->path_count; i++) {
		const char *folder = folder_of(&writer->whole, plan->paths[i]);

		if (strcmp(folder, last) == 0)
			continue;
		for (size_t end = 0; end < strlen(folder);) {
			end = step_end(folder, end);
			vec_add(&list->items, arena_strndup(&writer->whole, folder, end));
		}
		last = folder;
	}
	qsort(list->items.items, list->items.count, sizeof(*list->items.items), by_text);
}

static struct error *write_folders(struct site_writer *writer, const struct folder_list *list)
{
	for (size_t i = 0; i < list->items.count; i++)
		if (i == 0 || strcmp(list->items.items[i - 1], list->items.items[i]) != 0)
			TRY(write_folder(writer, list->items.items[i]));
	return NULL;
}

static struct error *write_lists(struct site_writer *writer)
{
	struct folder_list list = {0};

	collect_folders(writer, &list);
	struct error *err = write_folders(writer, &list);

	vec_free(&list.items);
	return err;
}

static size_t count_files(const struct site_data *data)
{
	return data->plan->path_count;
}

static const char *file_text(const struct site_data *data, size_t number)
{
	return data->plan->paths[number];
}

static const char *file_link(struct arena *arena, const struct site_data *data, size_t number)
{
	return url_source(arena, data->plan, data->plan->paths[number]);
}

/* Its rows say what lists of functions do. */
static page_key file_key(const struct site_data *data, size_t number)
{
	const struct site_plan *plan = data->plan;
	digest so_far = digest_text(plan->key, plan->paths[number]);

	for (size_t i = plan->path_first[number]; i < plan->path_first[number + 1]; i++) {
		size_t wanted = site_find_wanted(plan, plan->places[i].name);

		so_far = digest_text(so_far, plan->places[i].name);
		if (wanted == SIZE_MAX)
			continue;
		so_far = digest_bytes(so_far, data->all_marks + wanted * plan->image_count,
				      plan->image_count * sizeof(marks));
		so_far = digest_add(so_far, data->written[wanted] + 2 * plan->shadowed[plan->wanted[wanted]]);
	}
	return so_far ? so_far : 1;
}

const struct page_kind source_kind = {
	.name = "source",
	.count = count_files,
	.text = file_text,
	.link = file_link,
	.key = file_key,
	.write = write_file,
	.write_lists = write_lists,
};
