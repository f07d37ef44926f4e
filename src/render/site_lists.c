// SPDX-License-Identifier: GPL-2.0-or-later
/* Lists of functions by letter. */
#include "keys.h"
#include "page_file.h"
#include "page_kinds.h"

#define LETTERS 256

static void add_letters(struct site_writer *writer, struct object *page, const size_t *counts)
{
	struct list *letters = object_list(page, KEY_items);

	for (size_t letter = 0; letter < LETTERS; letter++) {
		if (!counts[letter])
			continue;
		struct object *object = list_object(letters);
		char text = (char)letter;

		object_text(object, KEY_letter, arena_strndup(&writer->arena, &text, 1));
		object_number(object, KEY_sum, counts[letter]);
	}
}

static struct error *write_letter(struct site_writer *writer, char letter, const size_t *counts)
{
	const struct site_plan *plan = writer->data->plan;
	struct object *values = object_new(&writer->arena);
	struct list *rows = object_list(values, KEY_rows);
	struct layout_page page = {
		.link = arena_printf(&writer->arena, "function/%c/index.html", letter),
		.title = arena_printf(&writer->arena, "Functions: %c", letter),
	};

	object_text(values, KEY_name, arena_strndup(&writer->arena, &letter, 1));
	object_number(values, KEY_count, counts[(unsigned char)letter]);
	add_letters(writer, values, counts);
	site_add_columns(writer, values);
	for (size_t i = 0; i < plan->wanted_count; i++)
		if (writer->data->written[i] && page_letter(plan->names[plan->wanted[i]]) == letter)
			site_add_row(writer, rows, i);
	return site_write(writer, "letter.html", &page, values);
}

static struct error *write_lists(struct site_writer *writer)
{
	const struct site_plan *plan = writer->data->plan;
	size_t counts[LETTERS] = {0}, all = 0;

	for (size_t i = 0; i < plan->wanted_count; i++) {
		counts[(unsigned char)page_letter(plan->names[plan->wanted[i]])] += writer->data->written[i];
		all += writer->data->written[i];
	}
	for (size_t letter = 0; letter < LETTERS; letter++)
		if (counts[letter])
			TRY(write_letter(writer, (char)letter, counts));
	struct object *values = object_new(&writer->arena);
	struct layout_page page = {.link = "function/index.html", .title = "Functions"};

	object_number(values, KEY_count, all);
	add_letters(writer, values, counts);
	return site_write(writer, "letters.html", &page, values);
}

static size_t count_functions(const struct site_data *data)
{
	return data->plan->wanted_count;
}

static const char *function_text(const struct site_data *data, size_t number)
{
	return data->plan->names[data->plan->wanted[number]];
}

static const char *function_link(struct arena *arena, const struct site_data *data, size_t number)
{
	return data->written[number] ? url_function(arena, data->plan, function_text(data, number)) : NULL;
}

static page_key function_key(const struct site_data *data, size_t number)
{
	return data->keys ? data->keys[number] : NO_KEY;
}

/* Their pages come first, since what they find out stands in all lists. */
const struct page_kind function_kind = {
	.name = "function",
	.by_letter = true,
	.count = count_functions,
	.text = function_text,
	.link = function_link,
	.key = function_key,
	.write_lists = write_lists,
};
