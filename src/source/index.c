// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/index.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include "atlas/search.h"

static bool read_entries(struct index *index, struct codec *codec)
{
	uint64_t count = 0;

	code_text(codec, &index->version);
	code_text(codec, &index->identity);
	code_u64(codec, &count);
	if (codec->bad || count > (uint64_t)(codec->end - codec->at))
		return false;
	index->entries = arena_zalloc(&index->arena, (count + 1) * sizeof(*index->entries));
	for (uint64_t i = 0; i < count && !codec->bad; i++) {
		struct index_entry *entry = &index->entries[i];

		layout_entry(codec, entry);
		if (!entry->path || entry->at > index->map_bytes || entry->length > index->map_bytes - entry->at)
			return false;
		if (i && strcmp(entry[-1].path, entry->path) >= 0)
			return false;
	}
	index->count = (size_t)count;
	return !codec->bad;
}

static bool read_map(struct index *index)
{
	struct layout_head head;

	if (index->map_bytes < sizeof(head))
		return false;
	memcpy(&head, index->map, sizeof(head));
	if (memcmp(head.magic, LAYOUT_MAGIC, sizeof(head.magic)) != 0 || head.program != layout_program())
		return false;
	if (head.entries_at > index->map_bytes || head.entries_length > index->map_bytes - head.entries_at)
		return false;
	const unsigned char *at = index->map + head.entries_at;
	struct codec codec = {.at = at, .end = at + head.entries_length, .arena = &index->arena};

	return head.entries_check == layout_hash(at, head.entries_length) && read_entries(index, &codec);
}

static bool open_map(struct index *index, int fd)
{
	struct stat status;

	memset(index, 0, sizeof(*index));
	arena_init(&index->arena);
	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size <= 0)
		return false;
	void *map = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);

	if (map == MAP_FAILED)
		return false;
	index->map = map;
	index->map_bytes = (size_t)status.st_size;
	if (read_map(index))
		return true;
	index_close(index);
	return false;
}

struct error *index_open_fd(struct index *index, int fd)
{
	if (open_map(index, fd))
		return NULL;
	return error_new(ERROR_IO, "the facts of the source tree cannot be read back (no room left on the disk?)");
}

void index_open(struct index *index, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	memset(index, 0, sizeof(*index));
	if (fd < 0)
		return;
	open_map(index, fd);
	close(fd);
}

void index_close(struct index *index)
{
	if (index->map)
		munmap((void *)(uintptr_t)index->map, index->map_bytes);
	arena_fini(&index->arena);
	memset(index, 0, sizeof(*index));
}

size_t index_find(const struct index *index, const char *path)
{
	size_t low = lower_bound(at, index->count, strcmp(index->entries[at].path, path) < 0);

	return low < index->count && str_eq(index->entries[low].path, path) ? low : SIZE_MAX;
}

bool index_intact(const struct index *index, const struct index_entry *entry)
{
	return layout_hash(index->map + entry->at, entry->length) == entry->check;
}

/* No facts are longer: a megabyte of source has half of it. */
#define MAX_EXPANDED (256u << 20)

static bool expand(const struct index *index, const struct index_entry *entry, unsigned char **bytes)
{
	if (entry->expanded > MAX_EXPANDED || !index_intact(index, entry))
		return false;
	*bytes = xmalloc(entry->expanded + 1);
	size_t got = ZSTD_decompress(*bytes, entry->expanded, index->map + entry->at, entry->length);

	if (!ZSTD_isError(got) && got == entry->expanded)
		return true;
	free(*bytes);
	return false;
}

static void tell_damage(const struct index_entry *entry, struct arena *arena, struct source_file *file)
{
	struct source_problem *problem = arena_zalloc(arena, sizeof(*problem));

	*problem = (struct source_problem){
		.kind = PROBLEM_READ,
		.text = "what was read of it is damaged; remove the cache of facts and read again"};
	*file = (struct source_file){
		.path = entry->path, .state = SOURCE_UNREAD, .problems = problem, .problem_count = 1};
}

bool index_get(const struct index *index, const struct index_entry *entry, struct arena *arena,
	       struct source_file *file)
{
	unsigned char *bytes = NULL;
	bool good = expand(index, entry, &bytes);

	memset(file, 0, sizeof(*file));
	if (good) {
		struct codec codec = {.at = bytes, .end = bytes + entry->expanded, .arena = arena};

		code_file(&codec, file);
		good = !codec.bad && codec.at == codec.end;
		free(bytes);
	}
	if (!good)
		tell_damage(entry, arena, file);
	file->path = entry->path;
	return good;
}
