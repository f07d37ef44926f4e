// SPDX-License-Identifier: GPL-2.0-or-later
/* What the sections of a source page are put together from. */
#include "render/page/keys.h"
#include "render/words/text.h"
#include "source_page.h"

const char *source_href(const struct source_page *page, const char *url)
{
	return url && page->markdown ? url_markdown(page->arena, url) : url;
}

/* "headers-that-contributed-code" */
static const char *id_of(struct arena *arena, const char *title)
{
	char *id = arena_strdup(arena, title);

	for (char *p = id; *p; p++)
		*p = *p == ' ' ? '-' : *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
	return id;
}

struct object *source_section(struct source_page *page, const char *title)
{
	struct object *section = list_object(page->sections);

	object_text(section, KEY_title, title);
	object_text(section, KEY_kind, id_of(page->arena, title));
	return section;
}

struct list *source_list(struct object *section)
{
	object_flag(section, KEY_open, true);
	return object_list(section, KEY_entries);
}

struct list *source_facts(struct object *section)
{
	object_flag(section, KEY_some, true);
	return object_list(section, KEY_facts);
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

/* Names are parted by commas, and words, which have some of their own, by semicolons. */
static struct object *add_part(struct list *parts, const char *text, bool plain)
{
	bool first = list_length(parts) == 0;
	struct object *part = list_object(parts);

	object_text(part, KEY_text, text);
	object_flag(part, KEY_plain, plain);
	object_text(part, KEY_more, first ? "" : plain ? "; " : ", ");
	return part;
}

void source_part(struct list *parts, const char *text, const char *href)
{
	source_part_noted(parts, text, href, "");
}

void source_part_noted(struct list *parts, const char *text, const char *href, const char *note)
{
	struct object *part = add_part(parts, text, false);

	object_text(part, KEY_href, href);
	object_flag(part, KEY_inside, href && !str_starts(href, "https://"));
	object_text(part, KEY_after, note);
}

void source_plain(struct list *parts, const char *text)
{
	object_text(add_part(parts, text, true), KEY_after, "");
}

void source_part_file(struct source_page *page, struct list *parts, const char *path)
{
	source_part(parts, text_visible(page->arena, path),
		    source_href(page, url_source(page->arena, page->plan, path)));
}

const char *source_function_href(struct source_page *page, const char *name)
{
	size_t wanted = site_find_wanted(page->plan, name);
	bool written = wanted != SIZE_MAX && page->data->written[wanted];

	return written ? source_href(page, url_function(page->arena, page->plan, name)) : NULL;
}

void source_part_function(struct source_page *page, struct list *parts, const char *name)
{
	source_part(parts, text_function(page->arena, name), source_function_href(page, name));
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
			str_addf(&text, "%s%s", text.length ? ", " : "", page->set->labels[i]);
	return arena_strdup(page->arena, text.data);
}
