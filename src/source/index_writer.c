// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/index_writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#define ZSTD_LEVEL 1

static void write_at(struct index_writer *writer, const void *bytes, size_t length, uint64_t at)
{
	const char *from = bytes;

	while (length && !writer->failed) {
		ssize_t written = pwrite(writer->fd, from, length, (off_t)at);

		if (written < 0 && errno != EINTR)
			writer->failed = error_errno("%s: writing the facts of the source tree",
						     writer->final_path ? writer->final_path : "(temporary file)");
		if (written > 0) {
			from += written;
			at += (uint64_t)written;
			length -= (size_t)written;
		}
	}
}

struct error *index_create(struct index_writer *writer, const char *path)
{
	memset(writer, 0, sizeof(*writer));
	arena_init(&writer->arena);
	if (path) {
		writer->final_path = xstrdup(path);
		writer->temporary_path = xasprintf("%s.XXXXXX", path);
		writer->fd = mkostemp(writer->temporary_path, O_CLOEXEC);
	} else {
		writer->fd = memfd_create("atlasgen-source", MFD_CLOEXEC);
	}
	writer->at = sizeof(struct layout_head);
	if (writer->fd >= 0)
		return NULL;
	struct error *err = error_errno("%s", path ? path : "a file for the facts of the source tree");

	free(writer->temporary_path);
	writer->temporary_path = NULL;
	index_discard(writer);
	return err;
}

void index_add(struct index_writer *writer, const struct index_entry *entry, const void *bytes)
{
	struct index_entry *mine = vec_push(&writer->entries);

	*mine = *entry;
	mine->path = arena_strdup(&writer->arena, entry->path);
	mine->at = writer->at;
	write_at(writer, bytes, entry->length, writer->at);
	writer->at += entry->length;
}

/* Of the same path the last that was added comes last. */
static int by_path(const void *a, const void *b)
{
	const struct index_entry *x = a, *y = b;
	int order = strcmp(x->path, y->path);

	return order ? order : (x->at > y->at) - (x->at < y->at);
}

static void sort_entries(struct index_writer *writer)
{
	size_t kept = 0;

	if (writer->entries.count)
		qsort(writer->entries.items, writer->entries.count, sizeof(*writer->entries.items), by_path);
	for (size_t i = 0; i < writer->entries.count; i++) {
		if (kept && strcmp(writer->entries.items[kept - 1].path, writer->entries.items[i].path) == 0)
			kept--;
		writer->entries.items[kept++] = writer->entries.items[i];
	}
	writer->entries.count = kept;
}

static void write_end(struct index_writer *writer, const char *version, const char *identity)
{
	AUTO_STR struct str text = {0};
	struct codec codec = {.out = &text};
	uint64_t count = writer->entries.count;

	code_text(&codec, &version);
	code_text(&codec, &identity);
	code_u64(&codec, &count);
	for (size_t i = 0; i < count; i++)
		layout_entry(&codec, &writer->entries.items[i]);
	struct layout_head head = {
		.program = layout_program(),
		.entries_at = writer->at,
		.entries_length = text.length,
		.entries_check = layout_hash(text.data, text.length),
	};

	memcpy(head.magic, LAYOUT_MAGIC, sizeof(head.magic));
	write_at(writer, text.data, text.length, writer->at);
	write_at(writer, &head, sizeof(head), 0);
}

struct error *index_finish(struct index_writer *writer, const char *version, const char *identity, struct index *index)
{
	sort_entries(writer);
	write_end(writer, version, identity);
	if (writer->failed) {
		struct error *err = writer->failed;

		writer->failed = NULL;
		return err;
	}
	TRY(index_open_fd(index, writer->fd));
	if (!writer->final_path)
		return NULL;
	/* mkostemp() made it the user's alone. */
	if (fchmod(writer->fd, 0644) != 0 || rename(writer->temporary_path, writer->final_path) != 0) {
		index_close(index);
		return error_errno("%s", writer->final_path);
	}
	free(writer->temporary_path);
	writer->temporary_path = NULL;
	return NULL;
}

void index_discard(struct index_writer *writer)
{
	if (writer->temporary_path)
		unlink(writer->temporary_path);
	if (writer->fd >= 0)
		close(writer->fd);
	error_free(writer->failed);
	free(writer->temporary_path);
	free(writer->final_path);
	vec_free(&writer->entries);
	arena_fini(&writer->arena);
	memset(writer, 0, sizeof(*writer));
	writer->fd = -1;
}

void index_pack(struct source_file *file, struct str *bytes, struct index_entry *entry)
{
	AUTO_STR struct str plain = {0};
	struct codec codec = {.out = &plain};

	code_file(&codec, file);
	size_t room = ZSTD_compressBound(plain.length);
	AUTO_FREE char *packed = xmalloc(room);
	size_t length = ZSTD_compress(packed, room, plain.data, plain.length, ZSTD_LEVEL);

	/* It fails only for want of memory or room, and there is room. */
	if (ZSTD_isError(length))
		length = 0;
	entry->length = length;
	entry->expanded = plain.length;
	entry->check = layout_hash(packed, length);
	str_addn(bytes, packed, length);
}
