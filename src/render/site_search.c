// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The index the search reads: scripts, since a page opened from disk may load
 * those and nothing else.  docs/site.md tells the format.
 */
#include <string.h>

#include "keys.h"
#include "page_file.h"
#include "site_writer.h"
#include "text.h"

#define SHARDS 257 /* one a letter, one for source files */

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

static void add_function(struct site_writer *writer, struct shard *shards, const char *name)
{
	struct arena *arena = &writer->arena;
	const char *shown = text_visible(arena, name), *link = url_function(arena, writer->data->plan, name);
	char letter = page_letter(name);

	add_entry(&shards[(unsigned char)letter], shown, link,
		  arena_printf(arena, "function/%c/%s.html", letter, shown));
}

static void add_source(struct site_writer *writer, struct shard *shards, const char *path)
{
	struct arena *arena = &writer->arena;
	const char *shown = text_visible(arena, path);

	add_entry(&shards[SHARDS - 1], shown, url_source(arena, writer->data->plan, path),
		  arena_printf(arena, "source/%s.html", shown));
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

static struct error *write_shards(struct site_writer *writer, const struct shard *shards)
{
	AUTO_STR struct str list = {0};

	str_add(&list, "atlasShards([");
	for (size_t i = 0; i < SHARDS; i++) {
		char letter[2] = {(char)i};
		const char *kind = i == SHARDS - 1 ? "source" : "function", *name = i == SHARDS - 1 ? "all" : letter;

		if (!shards[i].count)
			continue;
		TRY(write_shard(writer, kind, name, &shards[i]));
		str_addf(&list, "%s[\"%s\",\"%s\",%zu]", str_ends(list.data, "[") ? "" : ",", kind, name,
			 shards[i].count);
	}
	str_add(&list, "]);\n");
	str_clear(&writer->text);
	str_addn(&writer->text, list.data, list.length);
	return site_write_text(writer, "assets/search/index.js");
}

struct error *site_write_search(struct site_writer *writer)
{
	const struct site_plan *plan = writer->data->plan;
	struct shard *shards = xcalloc(SHARDS, sizeof(*shards));

	for (size_t i = 0; i < plan->wanted_count; i++)
		if (writer->data->written[i])
			add_function(writer, shards, plan->names[plan->wanted[i]]);
	for (size_t i = 0; i < plan->path_count; i++)
		add_source(writer, shards, plan->paths[i]);
	struct error *err = write_shards(writer, shards);

	for (size_t i = 0; i < SHARDS; i++)
		str_free(&shards[i].text);
	free(shards);
	arena_reset(&writer->arena);
	return err;
}
