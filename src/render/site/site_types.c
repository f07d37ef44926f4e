// SPDX-License-Identifier: GPL-2.0-or-later
/* HTML pages of types, and the lists that lead to them. */
#include "page_kinds.h"
#include "render/page/keys.h"
#include "render/page/page_file.h"
#include "render/type/type_page.h"
#include "render/words/text.h"

static struct error *write_type(struct site_writer *writer, size_t number)
{
	const struct site_plan *plan = writer->data->plan;
	const char *visible = text_visible(&writer->arena, plan->types[number]);
	struct layout_page page = {url_type(&writer->arena, plan, plan->types[number]), visible,
				   arena_printf(&writer->arena, "Layout of %s in the kernel images.", visible)};
	struct object *values;
	struct store *store;

	TRY(site_writer_store(writer, &store));
	TRY(type_page(&writer->arena, store, plan, number, true, &values));
	return values ? site_write(writer, "struct.html", &page, values) : NULL;
}

static struct error *write_letter(struct site_writer *writer, char letter, const size_t *counts)
{
	const struct site_plan *plan = writer->data->plan;
	struct object *values = object_new(&writer->arena);
	struct list *rows = object_list(values, KEY_rows);
	struct layout_page page = {
		.link = arena_printf(&writer->arena, "struct/%c/index.html", letter),
		.title = arena_printf(&writer->arena, "Types: %c", letter),
	};

	object_text(values, KEY_name, arena_strndup(&writer->arena, &letter, 1));
	object_number(values, KEY_count, counts[(unsigned char)letter]);
	site_add_letters(writer, values, counts, '\0');
	for (size_t i = 0; i < plan->type_count; i++) {
		if (page_letter(plan->types[i]) != letter)
			continue;
		struct object *row = list_object(rows);

		object_text(row, KEY_name, text_visible(&writer->arena, plan->types[i]));
		object_text(row, KEY_href, url_type(&writer->arena, plan, plan->types[i]));
	}
	return site_write(writer, "struct-letter.html", &page, values);
}

static struct error *write_lists(struct site_writer *writer)
{
	const struct site_plan *plan = writer->data->plan;
	size_t counts[LETTERS] = {0};

	for (size_t i = 0; i < plan->type_count; i++)
		counts[(unsigned char)page_letter(plan->types[i])]++;
	for (size_t letter = 0; letter < LETTERS; letter++)
		if (counts[letter])
			TRY(write_letter(writer, (char)letter, counts));
	struct object *values = object_new(&writer->arena);
	struct layout_page page = {.link = "struct/index.html", .title = "Types"};

	object_number(values, KEY_count, plan->type_count);
	site_add_letters(writer, values, counts, '\0');
	return site_write(writer, "struct-letters.html", &page, values);
}

static size_t count_types(const struct site_data *data)
{
	return data->plan->type_count;
}

static const char *type_text(const struct site_data *data, size_t number)
{
	return data->plan->types[number];
}

static const char *type_link(struct arena *arena, const struct site_data *data, size_t number)
{
	return url_type(arena, data->plan, data->plan->types[number]);
}

static page_key type_key(const struct site_data *data, size_t number)
{
	return digest_add(data->plan->key, data->plan->type_keys[number]);
}

const struct page_kind type_kind = {
	.name = "struct",
	.by_letter = true,
	.count = count_types,
	.text = type_text,
	.link = type_link,
	.key = type_key,
	.write = write_type,
	.write_lists = write_lists,
};
