// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/text_ids.h"

#include <string.h>

void text_ids_init(struct text_ids *texts, const struct facts *facts)
{
	*texts = (struct text_ids){.ids = xcalloc(facts->strings.entries.count, sizeof(*texts->ids))};
}

void text_ids_use(struct text_ids *texts, const struct dict *dict, const struct facts *facts, str_id id)
{
	if (id == 0 || texts->ids[id])
		return;
	texts->ids[id] = intern_find(&dict->known, intern_text(&facts->strings, id));
	if (texts->ids[id])
		return;
	texts->ids[id] = TEXT_NEW;
	vec_add(&texts->added, id);
}

/* A text to sort: its first bytes as a number that compares as they do, which decides nearly always. */
struct sort_key {
	uint64_t head;
	const char *text;
	str_id id;
};

static uint64_t head_of(const char *text)
{
	uint64_t head = 0;

	for (int i = 0; i < 8; i++) {
		head = head << 8 | (unsigned char)*text;
		text += *text != '\0';
	}
	return head;
}

static int compare_keys(const void *left, const void *right)
{
	const struct sort_key *a = left, *b = right;

	if (a->head != b->head)
		return a->head < b->head ? -1 : 1;
	return strcmp(a->text, b->text);
}

static struct sort_key *sort_added(const struct facts *facts, const struct text_ids *texts)
{
	struct sort_key *keys = xcalloc(texts->added.count, sizeof(*keys));

	for (size_t i = 0; i < texts->added.count; i++) {
		str_id id = texts->added.items[i];
		const char *text = intern_text(&facts->strings, id);

		keys[i] = (struct sort_key){head_of(text), text, id};
	}
	qsort(keys, texts->added.count, sizeof(*keys), compare_keys);
	return keys;
}

struct error *text_ids_write(struct store *store, enum statement insert, const struct facts *facts, struct dict *dict,
			     struct text_ids *texts)
{
	AUTO_FREE struct sort_key *keys = sort_added(facts, texts);

	for (size_t i = 0; i < texts->added.count; i++)
		texts->ids[keys[i].id] = intern(&dict->known, keys[i].text);
	return dict_store_new(store, insert, dict);
}

void text_ids_fini(struct text_ids *texts)
{
	free(texts->ids);
	vec_free(&texts->added);
}
