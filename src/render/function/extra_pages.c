// SPDX-License-Identifier: GPL-2.0-or-later
#include "extra_pages.h"

#include <string.h>

#include "html.h"
#include "render/page/keys.h"
#include "render/page/urls.h"
#include "render/words/text.h"

/* What a reader scrolls through and a browser sorts at once. */
#define ROWS_MAX 400
/* Shorter than a page of its own is worth. */
#define ROWS_SMALL 20
/* Of all lists on a function's page, and of a page of a list or of instances. */
#define LISTS_BYTES_MAX 300000
#define PAGE_BYTES_MAX	400000
/* Tags of a row, and of an instance. */
#define ROW_BYTES      110
#define INSTANCE_BYTES 600
#define FOLDERS_MAX    10

/* About: names stand in the link, too, and are made longer by escaping. */
static size_t row_bytes(const struct site_row *row)
{
	const struct site *site = row->site;
	size_t path = site->path ? strlen(site->path) : 0;

	return ROW_BYTES + 2 * strlen(site->name) + path + strlen(row->lines) + strlen(row->ways);
}

bool extra_list_fits(const struct site_rows *rows, bool roomy, size_t *bytes)
{
	size_t sum = *bytes;

	for (size_t i = 0; i < rows->count; i++)
		sum += row_bytes(&rows->rows[i]);
	if (rows->count > ROWS_MAX || (sum > LISTS_BYTES_MAX && !roomy && rows->count > ROWS_SMALL))
		return false;
	*bytes = sum;
	return true;
}

static unsigned pages_of_image(const struct extra_pages *pages, const struct image *image)
{
	unsigned count = 0;

	for (size_t i = 0; i < pages->items.count; i++)
		count += pages->items.items[i].group->image == image;
	return count;
}

static struct extra_page *add_page(struct arena *arena, struct extra_pages *pages, const struct page_input *input,
				   struct extra_group *group)
{
	unsigned number = pages_of_image(pages, group->image) + 1;
	struct extra_page *page = vec_push(&pages->items);

	*page = (struct extra_page){
		.group = group,
		.link = url_extra(arena, input->site, input->name, group->image, number),
		.values = object_new(arena),
	};
	if (group->pages++ == 0)
		group->first_link = page->link;
	group->bytes = 0;
	return page;
}

static size_t page_end(const struct site_rows *rows, size_t from)
{
	size_t to = from, bytes = 0;

	while (to < rows->count && bytes < PAGE_BYTES_MAX)
		bytes += row_bytes(&rows->rows[to++]);
	return to;
}

const struct extra_group *extra_list_add(struct arena *arena, struct extra_pages *pages, const struct page_input *input,
					 const struct extra_group *made)
{
	struct extra_group *group = extra_instances_new(arena, made);

	group->count = group->rows.count;
	for (size_t from = 0, to; from < group->count; from = to) {
		struct extra_page *page = add_page(arena, pages, input, group);

		to = page_end(&group->rows, from);
		page->from = from;
		page->to = to;
	}
	return group;
}

struct extra_group *extra_instances_new(struct arena *arena, const struct extra_group *made)
{
	struct extra_group *group = arena_alloc(arena, sizeof(*group));

	*group = *made;
	group->pages = 0;
	return group;
}

static struct extra_page *last_page(struct extra_pages *pages, const struct extra_group *group)
{
	for (size_t i = pages->items.count; i-- > 0;)
		if (pages->items.items[i].group == group)
			return &pages->items.items[i];
	return NULL;
}

struct list *extra_instances_next(struct arena *arena, struct extra_pages *pages, const struct page_input *input,
				  struct extra_group *group)
{
	struct extra_page *page = last_page(pages, group);
	size_t from = page ? page->to : 0;

	if (!page || group->bytes > PAGE_BYTES_MAX) {
		page = add_page(arena, pages, input, group);
		page->instances = object_list(page->values, KEY_instances);
		page->from = page->to = from;
	}
	page->to++;
	group->bytes += INSTANCE_BYTES;
	return page->instances;
}

struct folder_count {
	const char *path; /* not terminated */
	size_t length, count;
};

/* "fs" of "fs/file.c", "drivers/net" of "drivers/net/x/y.c". */
static size_t folder_length(const char *path)
{
	const char *slash = strchr(path, '/');
	const char *second = slash ? strchr(slash + 1, '/') : NULL;

	return second ? (size_t)(second - path) : slash ? (size_t)(slash - path) : 0;
}

static int by_folder(const void *left, const void *right)
{
	const struct folder_count *a = left, *b = right;
	int order = memcmp(a->path, b->path, a->length < b->length ? a->length : b->length);

	return order ? order : (a->length > b->length) - (a->length < b->length);
}

static int by_count(const void *left, const void *right)
{
	const struct folder_count *a = left, *b = right;

	return a->count != b->count ? (a->count < b->count) - (a->count > b->count) : by_folder(a, b);
}

/* One entry a folder, those of no folder left out; how many. */
static size_t count_folders(const struct site_rows *rows, struct folder_count *folders)
{
	size_t paths = 0, count = 0;

	for (size_t i = 0; i < rows->count; i++) {
		const char *path = rows->rows[i].site->path;

		if (path && folder_length(path))
			folders[paths++] = (struct folder_count){path, folder_length(path), 1};
	}
	if (paths)
		qsort(folders, paths, sizeof(*folders), by_folder);
	for (size_t i = 0; i < paths; i++) {
		if (count && by_folder(&folders[count - 1], &folders[i]) == 0)
			folders[count - 1].count++;
		else
			folders[count++] = folders[i];
	}
	if (count)
		qsort(folders, count, sizeof(*folders), by_count);
	return count;
}

const char *extra_list_folders(struct arena *arena, const struct site_rows *rows)
{
	AUTO_FREE struct folder_count *folders = xcalloc(rows->count, sizeof(*folders));
	size_t count = count_folders(rows, folders), rest = rows->count;
	AUTO_STR struct str text = {0};

	for (size_t i = 0; i < count && i < FOLDERS_MAX; i++) {
		str_addf(&text, "%s%.*s %zu", i ? ", " : "", (int)folders[i].length, folders[i].path, folders[i].count);
		rest -= folders[i].count;
	}
	if (text.length && rest)
		str_addf(&text, ", elsewhere %zu", rest);
	return text.length ? text_visible(arena, arena_strndup(arena, text.data, text.length)) : NULL;
}

static void add_numbers(struct object *values, const struct extra_pages *pages, const struct extra_page *shown)
{
	struct list *numbers = object_list(object_object(values, KEY_some), KEY_pages);
	unsigned ordinal = 0;

	for (size_t i = 0; i < pages->items.count; i++) {
		const struct extra_page *page = &pages->items.items[i];

		if (page->group != shown->group)
			continue;
		struct object *number = list_object(numbers);

		object_number(number, KEY_sum, ++ordinal);
		object_text(number, KEY_href, page == shown ? NULL : page->link);
	}
}

static void add_rows(struct arena *arena, const struct page_input *input, const struct extra_page *page)
{
	const struct extra_group *group = page->group;
	struct list *rows = object_list(object_object(page->values, KEY_table), KEY_rows);

	object_number(page->values, KEY_total, group->rows.sum.sites);
	for (size_t i = page->from; i < page->to; i++)
		html_site_row(arena, rows, input, &group->rows.rows[i]);
}

void extra_page_run(struct arena *arena, struct layout *layout, const struct template *template,
		    const struct page_input *input, const struct extra_pages *pages, const struct extra_page *page,
		    struct str *out)
{
	const struct extra_group *group = page->group;
	const char *name = text_function(arena, input->name), *image = text_visible(arena, group->image->name);
	struct object *values = page->values;
	const struct layout_page head = {
		.link = page->link,
		.title = arena_printf(arena, "%s: %s in %s, from %zu", name, group->title, image, page->from + 1),
	};

	object_text(values, KEY_name, name);
	object_text(values, KEY_link, url_function(arena, input->site, input->name));
	object_text(values, KEY_title, group->title);
	object_text(values, KEY_where, group->where);
	object_text(values, KEY_image, image);
	object_text(values, KEY_anchor, atlas_anchor(arena, group->image));
	object_number(values, KEY_from, page->from + 1);
	object_number(values, KEY_to, page->to);
	object_number(values, KEY_count, group->count);
	if (group->pages > 1)
		add_numbers(values, pages, page);
	if (group->rows.count)
		add_rows(arena, input, page);
	layout_run(layout, arena, template, &head, values, out);
}
