// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/tar.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <unistd.h>

#include "atlas/mem.h"
#include "atlas/str.h"
#include "package/expand.h"

#define XZ_THREADS     2
#define BLOCK_BYTES    (256u << 10)
#define MAX_FILE_BYTES (256u << 20) /* more is no source file */

struct tar {
	char *name;
	struct file_source file;
	struct expand *expand;
	struct archive *archive;
	struct archive_entry *entry; /* borrowed from `archive` */
	struct error *source_error;  /* why `archive` could not read on */
};

static la_ssize_t feed(struct archive *archive, void *context, const void **block)
{
	struct tar *tar = context;
	const unsigned char *bytes = NULL;
	size_t size_bytes = 0;

	tar->source_error = expand_read(tar->expand, &bytes, &size_bytes);
	if (tar->source_error) {
		archive_set_error(archive, ARCHIVE_FATAL, "%s", tar->source_error->text);
		return -1;
	}
	*block = bytes;
	return (la_ssize_t)size_bytes;
}

static struct error *tar_error(struct tar *tar)
{
	struct error *err = tar->source_error;

	tar->source_error = NULL;
	if (!err)
		err = error_new(ERROR_INPUT, "%s", archive_error_string(tar->archive) ?: "is cut short or damaged");
	return error_prefix(err, "%s", tar->name);
}

static struct error *open_archive(struct tar *tar)
{
	struct byte_source source = {&tar->file, file_source_read};

	TRY(error_prefix(expand_open(source, XZ_THREADS, true, &tar->expand), "%s", tar->name));
	tar->archive = archive_read_new();
	archive_read_support_format_tar(tar->archive);
	archive_read_support_filter_bzip2(tar->archive);
	if (archive_read_open(tar->archive, tar, NULL, feed, NULL) != ARCHIVE_OK)
		return tar_error(tar);
	return NULL;
}

static struct error *opened(struct tar *opening, struct tar **tar)
{
	struct error *err = open_archive(opening);

	if (err)
		tar_close(opening);
	else
		*tar = opening;
	return err;
}

struct error *tar_open(const char *path, struct tar **tar)
{
	struct tar *opening = xcalloc(1, sizeof(*opening));

	opening->name = xstrdup(path);
	struct error *err = file_source_open(opening->name, &opening->file);

	if (err) {
		free(opening->name);
		free(opening);
		return err;
	}
	return opened(opening, tar);
}

struct error *tar_open_pipe(int fd, const char *name, struct tar **tar)
{
	struct tar *opening = xcalloc(1, sizeof(*opening));

	opening->name = xstrdup(name);
	opening->file = (struct file_source){.path = opening->name, .fd = fd, .buffer = xmalloc(BLOCK_BYTES)};
	return opened(opening, tar);
}

void tar_close(struct tar *tar)
{
	if (!tar)
		return;
	if (tar->archive)
		archive_read_free(tar->archive);
	expand_close(tar->expand);
	error_free(tar->source_error);
	file_source_close(&tar->file);
	free(tar->name);
	free(tar);
}

static bool leads_out(const char *path)
{
	if (path[0] == '/')
		return true;
	for (const char *at = path; at; at = strchr(at, '/')) {
		at += *at == '/';
		if (strncmp(at, "..", 2) == 0 && (at[2] == '/' || at[2] == '\0'))
			return true;
	}
	return false;
}

static enum tar_kind kind_of(struct archive_entry *entry, const char *path)
{
	if (leads_out(path))
		return TAR_REFUSED;
	if (archive_entry_hardlink(entry) || archive_entry_filetype(entry) == AE_IFLNK)
		return TAR_LINK;
	if (archive_entry_filetype(entry) == AE_IFREG)
		return TAR_FILE;
	return archive_entry_filetype(entry) == AE_IFDIR ? TAR_DIRECTORY : TAR_OTHER;
}

static void describe(struct archive_entry *entry, struct tar_member *member)
{
	const char *path = archive_entry_pathname(entry) ?: archive_entry_pathname_utf8(entry);
	la_int64_t size = archive_entry_size(entry);

	path = path ? path : "";
	while (str_starts(path, "./"))
		path += 2;
	*member = (struct tar_member){
		.kind = kind_of(entry, path), .path = path, .size_bytes = size > 0 ? (uint64_t)size : 0};
	if (member->kind == TAR_LINK)
		member->link = archive_entry_hardlink(entry) ?: archive_entry_symlink(entry) ?: "";
}

struct error *tar_next(struct tar *tar, struct tar_member *member, bool *have)
{
	int result = archive_read_next_header(tar->archive, &tar->entry);

	*have = false;
	if (result == ARCHIVE_EOF)
		return NULL;
	if (result == ARCHIVE_RETRY) {
		*member = (struct tar_member){.kind = TAR_OTHER, .path = "(damaged header)"};
		*have = true;
		return NULL;
	}
	if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
		return tar_error(tar);
	describe(tar->entry, member);
	*have = true;
	return NULL;
}

struct error *tar_read(struct tar *tar, char **data, uint64_t *size_bytes)
{
	la_int64_t size = archive_entry_size(tar->entry);

	if (size < 0 || size > MAX_FILE_BYTES)
		return error_new(ERROR_INPUT, "%lld bytes are too many for a source file", (long long)size);
	char *bytes = xmalloc((size_t)size + 1);
	la_int64_t got = 0;

	while (got < size) {
		la_ssize_t part = archive_read_data(tar->archive, bytes + got, (size_t)(size - got));

		if (part <= 0)
			break;
		got += part;
	}
	if (got < size) {
		free(bytes);
		return tar_error(tar);
	}
	bytes[size] = '\0';
	*data = bytes;
	*size_bytes = (uint64_t)size;
	return NULL;
}
