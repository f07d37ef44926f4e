// SPDX-License-Identifier: GPL-2.0-or-later
/* What compilers and linkers made of functions, by the suffixes of their symbols. */
#include <string.h>

#include "render/page/keys.h"
#include "render/words/suffixes.h"
#include "render/words/tables.h"
#include "render/words/text.h"
#include "site_overview.h"

/* Plots shown; the table has all of them. */
#define PLOTS_MAX  8
#define PLOTS_OPEN 1

/* A suffix: one of data/suffixes.tsv, or all others together. */
struct suffix {
	const char *word;
	size_t *of_images; /* functions that have it */
	size_t sum;
	int64_t last; /* the function counted last */
};

struct suffix_counts {
	VEC(struct suffix) items;
};

static struct suffix *find_suffix(struct site_writer *writer, struct suffix_counts *counts, const char *word)
{
	for (size_t i = 0; i < counts->items.count; i++)
		if (strcmp(counts->items.items[i].word, word) == 0)
			return &counts->items.items[i];
	struct suffix *made = vec_push(&counts->items);
	size_t images = writer->data->plan->image_count;

	*made = (struct suffix){.word = word, .of_images = arena_zalloc(&writer->arena, images * sizeof(size_t))};
	return made;
}

/* Each word once a function, however many of its symbols have it. */
static void count_symbol(struct site_writer *writer, struct suffix_counts *counts, size_t image,
			 const struct suffixed_symbol *symbol)
{
	AUTO_STR struct str words = {0};
	char *rest, *word;

	suffix_words(&words, symbol->symbol);
	if (!words.length)
		return;
	rest = words.data + 1;
	while ((word = strsep(&rest, "."))) {
		const struct suffix_entry *known = suffix_find(word, strlen(word));
		struct suffix *suffix = find_suffix(writer, counts, known ? known->suffix : "other");

		if (suffix->last == symbol->function)
			continue;
		suffix->last = symbol->function;
		suffix->of_images[image]++;
		suffix->sum++;
	}
}

static bool has_page(const struct site_data *data, const char *name)
{
	size_t wanted = site_find_wanted(data->plan, name);

	return wanted != SIZE_MAX && data->written[wanted];
}

static struct error *count_image(struct site_writer *writer, struct suffix_counts *counts, size_t image)
{
	const struct suffixed_symbol *symbols;
	struct store *store;
	struct arena arena;
	size_t count = 0;

	TRY(site_writer_store(writer, &store));
	arena_init(&arena);
	struct error *err = store_suffixed_symbols(store, &arena, &writer->data->plan->images[image], &symbols, &count);

	for (size_t i = 0; !err && i < count; i++)
		if (has_page(writer->data, symbols[i].name))
			count_symbol(writer, counts, image, &symbols[i]);
	arena_fini(&arena);
	return err;
}

static int by_sum(const void *left, const void *right)
{
	const struct suffix *a = left, *b = right;

	return a->sum != b->sum ? (a->sum < b->sum) - (a->sum > b->sum) : strcmp(a->word, b->word);
}

static void add_table(struct site_writer *writer, struct object *suffixes, const struct suffix_counts *counts)
{
	const struct site_plan *plan = writer->data->plan;
	struct list *columns = object_list(suffixes, KEY_columns), *rows = object_list(suffixes, KEY_rows);

	for (size_t i = 0; i < counts->items.count; i++)
		list_text(columns, counts->items.items[i].word);
	for (size_t image = 0; image < plan->image_count; image++) {
		struct object *row = list_object(rows);
		struct list *cells = object_list(row, KEY_cells);

		object_text(row, KEY_label, text_visible(&writer->arena, plan->images[image].name));
		object_text(row, KEY_href, url_image(&writer->arena, &plan->images[image]));
		for (size_t i = 0; i < counts->items.count; i++)
			list_text(cells, arena_printf(&writer->arena, "%zu", counts->items.items[i].of_images[image]));
	}
}

static void add_counts(struct site_writer *writer, struct object *values, struct suffix_counts *counts)
{
	if (!counts->items.count)
		return;
	qsort(counts->items.items, counts->items.count, sizeof(*counts->items.items), by_sum);
	struct object *suffixes = object_object(values, KEY_suffixes);
	struct list *plots = object_list(suffixes, KEY_series);

	for (size_t i = 0; i < counts->items.count && i < PLOTS_MAX; i++)
		site_add_plot(writer, plots, counts->items.items[i].of_images, counts->items.items[i].word,
			      arena_printf(&writer->arena, "suffix%zu", i), i < PLOTS_OPEN);
	add_table(writer, suffixes, counts);
}

struct error *site_add_suffixes(struct site_writer *writer, struct object *values)
{
	struct suffix_counts counts = {0};
	struct error *err = NULL;

	for (size_t image = 0; !err && image < writer->data->plan->image_count; image++)
		err = count_image(writer, &counts, image);
	if (!err)
		add_counts(writer, values, &counts);
	vec_free(&counts.items);
	return err;
}
