// SPDX-License-Identifier: GPL-2.0-or-later
/* Lists of functions by letter. */
#include "page_kinds.h"
#include "render/page/keys.h"
#include "render/page/page_file.h"
#include "render/words/text.h"

/* What is searched by eye, and sorted by a browser at once. */
#define PAGE_NAMES 1000

/* The names of one letter, as numbers of wanted ones. */
struct letter_list {
	char letter;
	VEC(size_t) names;
};

static const char *page_link(struct arena *arena, char letter, size_t number)
{
	return number ? arena_printf(arena, "function/%c/index-%zu.html", letter, number + 1)
		      : arena_printf(arena, "function/%c/index.html", letter);
}

/* Which page has which names: from the first of each on. */
static void add_pages(struct site_writer *writer, struct object *values, const struct letter_list *list, size_t shown)
{
	const struct site_plan *plan = writer->data->plan;
	struct list *pages = object_list(object_object(values, KEY_some), KEY_pages);

	for (size_t number = 0; number * PAGE_NAMES < list->names.count; number++) {
		struct object *page = list_object(pages);
		const char *first = plan->names[plan->wanted[list->names.items[number * PAGE_NAMES]]];

		object_text(page, KEY_name, text_function(&writer->arena, first));
		object_text(page, KEY_href, number == shown ? NULL : page_link(&writer->arena, list->letter, number));
	}
}

static struct error *write_page(struct site_writer *writer, const struct letter_list *list, size_t number,
				const size_t *counts)
{
	struct object *values = object_new(&writer->arena);
	struct list *rows = object_list(values, KEY_rows);
	size_t from = number * PAGE_NAMES, left = list->names.count - from,
	       to = from + (left < PAGE_NAMES ? left : PAGE_NAMES);
	struct layout_page page = {
		.link = page_link(&writer->arena, list->letter, number),
		.title = arena_printf(&writer->arena, "Functions: %c%s", list->letter,
				      number ? arena_printf(&writer->arena, ", page %zu", number + 1) : ""),
	};

	object_text(values, KEY_name, arena_strndup(&writer->arena, &list->letter, 1));
	object_number(values, KEY_count, list->names.count);
	site_add_letters(writer, values, counts, list->letter);
	if (list->names.count > PAGE_NAMES)
		add_pages(writer, values, list, number);
	site_add_columns(writer, values);
	for (size_t i = from; i < to; i++)
		site_add_row(writer, rows, list->names.items[i]);
	return site_write(writer, "letter.html", &page, values);
}

static struct error *write_letter(struct site_writer *writer, char letter, const size_t *counts)
{
	const struct site_plan *plan = writer->data->plan;
	struct letter_list list = {.letter = letter};
	struct error *err = NULL;

	for (size_t i = 0; i < plan->wanted_count; i++)
		if (writer->data->written[i] && page_letter(plan->names[plan->wanted[i]]) == letter)
			vec_add(&list.names, i);
	for (size_t number = 0; !err && number * PAGE_NAMES < list.names.count; number++)
		err = write_page(writer, &list, number, counts);
	vec_free(&list.names);
	return err;
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
	site_add_letters(writer, values, counts, '\0');
	TRY(site_write(writer, "letters.html", &page, values));
	return site_write_attach(writer);
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
