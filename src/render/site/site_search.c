// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The index the search reads: scripts, since a page opened from disk may load
 * those and nothing else.  docs/site.md tells the format.
 */
#include <string.h>

#include "page_kinds.h"
#include "render/page/keys.h"
#include "render/page/page_file.h"
#include "render/words/text.h"

#define SHARDS 256 /* of a kind: one a letter, or only the first */

struct shard {
	struct str text;
	size_t count;
};

/* Inside a string of a script. */
static void add_quoted(struct str *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			str_addc(out, '\\');
		str_addc(out, *text);
	}
}

/* A name whose page is not where the name says has its link after a tab. */
static void add_entry(struct shard *shard, const char *shown, const char *link, const char *plain_link)
{
	if (shard->count++)
		str_add(&shard->text, "\\n");
	add_quoted(&shard->text, shown);
	if (strcmp(link, plain_link) == 0)
		return;
	str_add(&shard->text, "\\t");
	add_quoted(&shard->text, link);
}

static void add_page(struct site_writer *writer, const struct page_kind *kind, struct shard *shards, size_t number)
{
	struct arena *arena = &writer->arena;
	const char *text = kind->text(writer->data, number), *link = kind->link(arena, writer->data, number);
	const char *shown = link ? text_visible(arena, text) : NULL;
	char letter = page_letter(text);

	if (!link)
		return;
	if (kind->by_letter)
		add_entry(&shards[(unsigned char)letter], shown, link,
			  arena_printf(arena, "%s/%c/%s.html", kind->name, letter, shown));
	else
		add_entry(&shards[0], shown, link, arena_printf(arena, "%s/%s.html", kind->name, shown));
}

static struct error *write_shard(struct site_writer *writer, const char *kind, const char *name,
				 const struct shard *shard)
{
	str_clear(&writer->text);
	str_addf(&writer->text, "atlasNames(\"%s\",\"%s\",\"", kind, name);
	str_addn(&writer->text, shard->text.data, shard->text.length);
	str_add(&writer->text, "\");\n");
	return site_write_text(writer, arena_printf(&writer->arena, "assets/search/%s-%s.js", kind, name));
}

static struct error *write_shards(struct site_writer *writer, const struct page_kind *kind, const struct shard *shards,
				  struct str *list)
{
	for (size_t i = 0; i < SHARDS; i++) {
		char letter[2] = {(char)i};
		const char *name = kind->by_letter ? letter : "all";

		if (!shards[i].count)
			continue;
		TRY(write_shard(writer, kind->name, name, &shards[i]));
		str_addf(list, "%s[\"%s\",\"%s\",%zu]", str_ends(list->data, "[") ? "" : ",", kind->name, name,
			 shards[i].count);
	}
	return NULL;
}

static struct error *write_kind(struct site_writer *writer, const struct page_kind *kind, struct str *list)
{
	struct shard *shards = xcalloc(SHARDS, sizeof(*shards));
	size_t count = kind->count(writer->data);

	for (size_t i = 0; i < count; i++)
		add_page(writer, kind, shards, i);
	struct error *err = write_shards(writer, kind, shards, list);

	for (size_t i = 0; i < SHARDS; i++)
		str_free(&shards[i].text);
	free(shards);
	arena_reset(&writer->arena);
	return err;
}

struct error *site_write_search(struct site_writer *writer)
{
	AUTO_STR struct str list = {0};

	str_add(&list, "atlasShards([");
	for (size_t i = 0; i < page_kind_count; i++)
		TRY(write_kind(writer, page_kinds[i], &list));
	str_add(&list, "]);\n");
	str_clear(&writer->text);
	str_addn(&writer->text, list.data, list.length);
	return site_write_text(writer, "assets/search/index.js");
}
