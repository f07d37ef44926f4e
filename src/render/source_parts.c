// SPDX-License-Identifier: GPL-2.0-or-later
/* What the sections of a source page are put together from. */
#include <string.h>

#include "keys.h"
#include "source_page.h"
#include "text.h"

const char *source_href(const struct source_page *page, const char *url)
{
	if (!url || !page->markdown || !str_ends(url, ".html"))
		return url;
	return arena_printf(page->arena, "%.*s.md", (int)(strlen(url) - strlen(".html")), url);
}

struct object *source_section(struct source_page *page, const char *title)
{
	struct object *section = list_object(page->sections);

	object_text(section, KEY_title, title);
	return section;
}

void source_note(struct object *section, struct list **notes, const char *text)
{
	if (!*notes)
		*notes = object_list(section, KEY_notes);
	list_text(*notes, text);
}

void source_fact(struct source_page *page, struct list *facts, const char *name, const char *value)
{
	struct object *fact = list_object(facts);

	object_text(fact, KEY_name, name);
	object_text(fact, KEY_text, value ? text_visible(page->arena, value) : "unknown");
}

struct list *source_entry(struct list *entries, const char *label)
{
	struct object *entry = list_object(entries);

	object_text(entry, KEY_label, label);
	return object_list(entry, KEY_items);
}

struct list *source_cell(struct list *cells)
{
	return object_list(list_object(cells), KEY_items);
}

void source_part(struct list *parts, const char *text, const char *href)
{
	struct object *part = list_object(parts);

	object_text(part, KEY_text, text);
	object_text(part, KEY_href, href);
	object_flag(part, KEY_plain, false);
}

void source_plain(struct list *parts, const char *text)
{
	struct object *part = list_object(parts);

	object_text(part, KEY_text, text);
	object_flag(part, KEY_plain, true);
}

void source_part_file(struct source_page *page, struct list *parts, const char *path)
{
	source_part(parts, text_visible(page->arena, path),
		    source_href(page, url_source(page->arena, page->plan, path)));
}

void source_part_function(struct source_page *page, struct list *parts, const char *name)
{
	size_t wanted = site_find_wanted(page->plan, name);
	bool written = wanted != SIZE_MAX && page->data->written[wanted];
	const char *url = written ? url_function(page->arena, page->plan, name) : NULL;

	source_part(parts, text_function(page->arena, name), source_href(page, url));
}

struct list *source_table(struct object *section, const char *label, const char *const *columns, size_t count)
{
	struct object *table = object_object(section, KEY_table);
	struct list *heads = object_list(table, KEY_columns);

	object_text(table, KEY_label, label);
	for (size_t i = 0; i < count; i++)
		list_text(heads, columns[i]);
	return object_list(table, KEY_rows);
}

struct list *source_cells(struct list *rows, const char *anchor)
{
	struct object *row = list_object(rows);

	object_text(row, KEY_anchor, anchor);
	return object_list(row, KEY_cells);
}

const char *source_number(struct arena *arena, uint64_t number)
{
	return arena_printf(arena, "%llu", (unsigned long long)number);
}

const char *source_images(struct source_page *page, const bool *of_image)
{
	AUTO_STR struct str text = {0};
	size_t found = 0;

	for (size_t i = 0; i < page->plan->image_count; i++)
		found += of_image[i];
	if (found == page->plan->image_count && found > 2)
		return arena_printf(page->arena, "all %zu images", found);
	str_add(&text, found ? "" : "none");
	for (size_t i = 0; i < page->plan->image_count; i++)
		if (of_image[i])
			str_addf(&text, "%s%s", text.length ? ", " : "", page->plan->images[i].name);
	return arena_strdup(page->arena, text.data);
}
