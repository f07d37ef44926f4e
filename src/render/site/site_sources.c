// SPDX-License-Identifier: GPL-2.0-or-later
/* A page per source file and per folder: what is declared there. */
#include <string.h>

#include "atlas/search.h"
#include "page_kinds.h"
#include "render/page/keys.h"
#include "render/source/source_page.h"
#include "render/words/text.h"

static const char *in_words(struct site_writer *writer, const char *folder)
{
	return *folder ? text_visible(&writer->arena, folder) : "all sources";
}

static struct error *write_file(struct site_writer *writer, size_t number)
{
	const struct site_plan *plan = writer->data->plan;
	const char *path = plan->paths[number];
	const char *link = arena_strdup(&writer->whole, url_source(&writer->arena, plan, path));

	if (plan->options->markdown)
		TRY(site_write_markdown(writer, "source.md", url_markdown(&writer->whole, link),
					source_page_values(&writer->arena, writer->data, number, true)));
	if (!plan->options->html)
		return NULL;
	const char *visible = text_visible(&writer->arena, path);
	struct layout_page page = {
		link, visible,
		arena_printf(&writer->arena, "Source file %s: what is in it and what images made of it.", visible)};

	return site_write(writer, "source.html", &page,
			  source_page_values(&writer->arena, writer->data, number, false));
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

/* A folder's page being made. */
struct folder_page {
	struct site_writer *writer;
	const char *folder;
	bool markdown;
};

static const char *href(const struct folder_page *page, const char *link)
{
	return page->markdown ? url_markdown(&page->writer->arena, link) : link;
}

static void add_folder(const struct folder_page *page, struct list *folders, const char *folder, size_t files)
{
	struct site_writer *writer = page->writer;
	struct object *object = list_object(folders);

	object_text(object, KEY_name, text_visible(&writer->arena, folder));
	object_text(object, KEY_href, href(page, url_folder(&writer->arena, folder)));
	object_number(object, KEY_sum, files);
}

static void add_file(const struct folder_page *page, struct list *files, const char *path)
{
	struct site_writer *writer = page->writer;
	struct object *object = list_object(files);

	object_text(object, KEY_name, text_visible(&writer->arena, path));
	object_text(object, KEY_href, href(page, url_source(&writer->arena, writer->data->plan, path)));
}

/* The first path that is not before `text` in byte order. */
static size_t first_path(const struct site_plan *plan, const char *text)
{
	return lower_bound(at, plan->path_count, strcmp(plan->paths[at], text) < 0);
}

/* Paths come in byte order, so those of one folder below follow each other but for files in between. */
static void add_children(const struct folder_page *page, struct object *values)
{
	struct site_writer *writer = page->writer;
	const char *folder = page->folder;
	const struct site_plan *plan = writer->data->plan;
	struct list *folders = object_list(values, KEY_folders), *files = object_list(values, KEY_files);
	const char *below = NULL;
	size_t count = 0;

	for (size_t i = first_path(plan, folder); i < plan->path_count; i++) {
		const char *path = plan->paths[i], *own = folder_of(&writer->arena, path);

		if (strncmp(path, folder, strlen(folder)) != 0)
			break;
		if (!is_below(path, folder))
			continue;
		if (strcmp(own, folder) == 0) {
			add_file(page, files, path);
			continue;
		}
		if (!*own)
			continue;
		size_t end = step_end(own, strlen(folder));

		if (!below || strncmp(path, below, end) != 0 || strlen(below) != end) {
			if (below)
				add_folder(page, folders, below, count);
			below = arena_strndup(&writer->arena, path, end);
			count = 0;
		}
		count++;
	}
	if (below)
		add_folder(page, folders, below, count);
}

static const char *parent_of(struct arena *arena, const char *folder)
{
	const char *slash = strrchr(folder, '/');

	return slash ? arena_strndup(arena, folder, (size_t)(slash - folder)) : "";
}

static struct object *folder_values(const struct folder_page *page)
{
	struct site_writer *writer = page->writer;
	struct object *values = object_new(&writer->arena);

	object_text(values, KEY_path, in_words(writer, page->folder));
	if (*page->folder) {
		const char *parent = parent_of(&writer->arena, page->folder);

		object_text(values, KEY_folder, in_words(writer, parent));
		object_text(values, KEY_link, href(page, url_folder(&writer->arena, parent)));
	}
	add_children(page, values);
	return values;
}

static struct error *write_folder(struct site_writer *writer, const char *folder)
{
	const struct generate_options *options = writer->data->plan->options;
	const char *link = arena_strdup(&writer->whole, url_folder(&writer->arena, folder));
	struct folder_page page = {writer, folder, true};

	if (options->markdown)
		TRY(site_write_markdown(writer, "folder.md", url_markdown(&writer->whole, link), folder_values(&page)));
	if (!options->html)
		return NULL;
	struct layout_page layout = {link, arena_printf(&writer->arena, "Sources: %s", in_words(writer, folder)), NULL};

	page.markdown = false;
	return site_write(writer, "folder.html", &layout, folder_values(&page));
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

const struct page_kind source_kind = {
	.name = "source",
	.count = count_files,
	.text = file_text,
	.link = file_link,
	.key = source_page_key,
	.write = write_file,
	.write_lists = write_lists,
};
