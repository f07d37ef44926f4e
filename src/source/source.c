// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/source.h"

#include <errno.h>
#include <sys/stat.h>

#include "source/parse.h"
#include "source/reader.h"
#include "source/syntax.h"

struct source {
	struct index index;
	struct arena arena;
	struct place place;
	struct source_counts counts;
	const char *version;
};

const char *source_state_text(enum source_state state)
{
	static const char *const texts[] = {
#define X(name, text) [SOURCE_##name] = (text),
		SOURCE_STATES(X)
#undef X
	};

	return texts[state];
}

struct error *source_parse(const char *path, const char *text, size_t size_bytes, struct arena *arena,
			   struct source_file *file)
{
	TRY(syntax_refusal());
	parse_init();
	struct syntax *syntax = syntax_new();

	parse_file(syntax, arena_strdup(arena, path), text, size_bytes, true, arena, file);
	syntax_free(syntax);
	return NULL;
}

/* Whether an earlier run has all that is wanted of a tree that cannot have changed since. */
static bool is_complete(const struct source *source, const struct index *old, const struct source_options *options)
{
	if (!source->place.identity || !old->identity || !str_eq(old->identity, source->place.identity))
		return false;
	for (size_t i = 0; i < old->count; i++) {
		const struct index_entry *entry = &old->entries[i];

		if (entry->c_state == 1 + SOURCE_LISTED &&
		    (!options->wanted || options->wanted(options->context, entry->path)))
			return false;
	}
	return true;
}

static void count_old(struct source *source)
{
	for (size_t i = 0; i < source->index.count; i++) {
		const struct index_entry *entry = &source->index.entries[i];

		source->counts.files++;
		source->counts.c_files += entry->c_state != 0;
		source->counts.cached += entry->c_state == 1 + SOURCE_PARSED;
	}
}

static struct error *write_index(struct source *source, struct reading *reading, const char *cache)
{
	struct index_writer writer;

	TRY(index_create(&writer, cache));
	reading->writer = &writer;
	struct error *err = reader_run(reading);

	if (!err)
		err = index_finish(&writer, reading->version, source->place.identity, &source->index);
	index_discard(&writer);
	source->counts = reading->counts;
	return err;
}

static struct error *read_tree(struct source *source, const struct source_options *options, const char *cache)
{
	struct index old = {0};
	struct reading reading = {.place = &source->place, .options = options, .old = &old};

	if (cache)
		index_open(&old, cache);
	if (is_complete(source, &old, options)) {
		source->index = old;
		count_old(source);
		return NULL;
	}
	struct error *err = write_index(source, &reading, cache);

	free(reading.version);
	index_close(&old);
	return err;
}

static struct error *open_source(struct source *source, const char *argument, const struct source_options *options)
{
	const char *cache = NULL;

	TRY(place_read(argument, &source->arena, &source->place));
	if (options->cache_dir) {
		if (mkdir(options->cache_dir, 0777) != 0 && errno != EEXIST)
			return error_errno("%s", options->cache_dir);
		cache = place_cache(&source->place, options->cache_dir, &source->arena);
	}
	TRY(read_tree(source, options, cache));
	source->version = source->place.version ? source->place.version : source->index.version;
	if (source->index.count == 0)
		return error_new(ERROR_INPUT, "%s: holds no files", source->place.name);
	return NULL;
}

struct error *source_open(const char *argument, const struct source_options *options, struct source **source)
{
	static const struct source_options defaults = {0};

	TRY(syntax_refusal());
	struct source *opening = xcalloc(1, sizeof(*opening));

	arena_init(&opening->arena);
	struct error *err = open_source(opening, argument, options ? options : &defaults);

	if (err)
		source_close(opening);
	else
		*source = opening;
	return err;
}

void source_close(struct source *source)
{
	if (!source)
		return;
	index_close(&source->index);
	arena_fini(&source->arena);
	free(source);
}

const char *source_version(const struct source *source)
{
	return source->version;
}

const char *source_name(const struct source *source)
{
	return source->place.name;
}

struct source_counts source_counts(const struct source *source)
{
	return source->counts;
}

size_t source_file_count(const struct source *source)
{
	return source->index.count;
}

const char *source_file_path(const struct source *source, size_t index)
{
	return source->index.entries[index].path;
}

size_t source_file_find(const struct source *source, const char *path)
{
	return index_find(&source->index, path);
}

void source_file_get(const struct source *source, size_t index, struct arena *arena, struct source_file *file)
{
	index_get(&source->index, &source->index.entries[index], arena, file);
	file->extension = parse_extension(file->path);
}
