// SPDX-License-Identifier: GPL-2.0-or-later
#include "package/members.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "atlas/mem.h"
#include "atlas/str.h"
#include "package/kind.h"
#include "package/rpm.h"

/* More cannot be passed over in a time anybody waits. */
#define MAX_PASSED_BYTES (64ull << 30)
/* What may follow the last member of a tar: blocks of zeros. */
#define MAX_PADDING_BYTES (16ull << 20)

/* Threads for the xz of one package; more only fill memory, the caller works too. */
#define XZ_THREADS 2

static struct error *at_offset(const struct members *members, struct error *err)
{
	/* Said by what read the inner archive, and again by what read the outer one. */
	if (strstr(err->text, "(read up to offset "))
		return err;
	char *text =
		xasprintf("%s (read up to offset 0x%llx of 0x%llx)", err->text,
			  (unsigned long long)members->file.position, (unsigned long long)members->file.size_bytes);

	free(err->text);
	err->text = text;
	return err;
}

/* What libarchive says, or the error its source met. */
static struct error *bare_error(struct members *members, struct archive *archive)
{
	struct error *err = members->source_error;

	members->source_error = NULL;
	return err ? err : error_new(ERROR_INPUT, "%s", archive_error_string(archive) ?: "is cut short or damaged");
}

static struct error *archive_error(struct members *members, struct archive *archive)
{
	return at_offset(members, bare_error(members, archive));
}

/* For both archives: a byte_source as libarchive wants it. */
static la_ssize_t feed(struct members *members, struct archive *archive, struct byte_source from, const void **block)
{
	const unsigned char *bytes = NULL;
	size_t size_bytes = 0;
	struct error *err =
		*members->stop ? error_new(ERROR_IO, "stopped") : from.read(from.context, &bytes, &size_bytes);

	*block = bytes;
	if (!err)
		return (la_ssize_t)size_bytes;
	error_free(members->source_error);
	members->source_error = err;
	archive_set_error(archive, EIO, "%s", err->text);
	return -1;
}

static la_ssize_t feed_outer(struct archive *archive, void *context, const void **block)
{
	struct members *members = context;

	return feed(members, archive, (struct byte_source){&members->file, file_source_read}, block);
}

static la_ssize_t feed_inner(struct archive *archive, void *context, const void **block)
{
	struct members *members = context;

	return feed(members, archive, (struct byte_source){members->expand, expand_read}, block);
}

/* The data of the .deb's ar member, as a byte_source. */
static struct error *outer_read(void *context, const unsigned char **block, size_t *size_bytes)
{
	struct members *members = context;
	const void *bytes = NULL;
	la_int64_t offset;
	int result;

	*size_bytes = 0;
	do
		result = archive_read_data_block(members->outer, &bytes, size_bytes, &offset);
	while (result == ARCHIVE_OK && *size_bytes == 0);
	*block = bytes;
	if (result == ARCHIVE_EOF) {
		*size_bytes = 0;
		return NULL;
	}
	/* Whoever reads this adds the offset. */
	return result == ARCHIVE_OK ? NULL : bare_error(members, members->outer);
}

static struct error *find_data(struct members *members)
{
	struct archive_entry *entry;
	int result;

	members->outer = archive_read_new();
	archive_read_support_format_ar(members->outer);
	if (archive_read_open(members->outer, members, NULL, feed_outer, NULL) != ARCHIVE_OK)
		return archive_error(members, members->outer);
	for (bool first = true; (result = archive_read_next_header(members->outer, &entry)) == ARCHIVE_OK;
	     first = false) {
		const char *name = archive_entry_pathname(entry);

		if (first && !str_eq(name, "debian-binary"))
			return error_new(ERROR_INPUT, "an ar archive, but no Debian package (no debian-binary in it)");
		if (name && str_starts(name, "data.tar"))
			return NULL;
	}
	if (result == ARCHIVE_EOF)
		return at_offset(members, error_new(ERROR_INPUT, "a Debian package without data.tar: cut short?"));
	return archive_error(members, members->outer);
}

/* The byte_source of what is compressed, once the file is known for what it is. */
static struct error *find_payload(struct members *members, struct byte_source *payload)
{
	unsigned char magic[8] = {0};

	if (pread(members->file.fd, magic, sizeof(magic), 0) < 0)
		return error_errno("reading");
	*payload = (struct byte_source){&members->file, file_source_read};
	if (memcmp(magic, RPM_MAGIC, 4) == 0)
		return rpm_skip_headers(&members->file);
	if (memcmp(magic, "!<arch>\n", 8) != 0)
		return NULL;
	*payload = (struct byte_source){members, outer_read};
	return find_data(members);
}

static struct error *open_parts(struct members *members)
{
	struct byte_source payload;

	TRY(find_payload(members, &payload));
	struct error *err = expand_open(payload, XZ_THREADS, members->limits.max_member_bytes != 0, &members->expand);

	if (err)
		return at_offset(members, err);
	members->inner = archive_read_new();
	archive_read_support_format_tar(members->inner);
	archive_read_support_format_cpio(members->inner);
	/* Old packages; no filter that would run a program. */
	archive_read_support_filter_bzip2(members->inner);
	archive_read_support_filter_lzma(members->inner);
	if (archive_read_open(members->inner, members, NULL, feed_inner, NULL) != ARCHIVE_OK)
		return archive_error(members, members->inner);
	return NULL;
}

struct error *members_open(const char *path, const struct package_limits *limits, _Atomic bool *stop,
			   struct members *members)
{
	*members = (struct members){.limits = *limits, .stop = stop};
	TRY(file_source_open(path, &members->file));
	struct error *err = error_prefix(open_parts(members), "%s", path);

	if (err)
		members_close(members);
	return err;
}

void members_close(struct members *members)
{
	if (members->inner)
		archive_read_free(members->inner);
	expand_close(members->expand);
	if (members->outer)
		archive_read_free(members->outer);
	error_free(members->source_error);
	file_source_close(&members->file);
	*members = (struct members){.file.fd = -1};
}

static const char *entry_path(struct archive_entry *entry)
{
	const char *path = archive_entry_pathname(entry);

	/* Not in this locale's character set: the bytes will do. */
	if (!path)
		path = archive_entry_pathname_utf8(entry);
	return path ? path : "";
}

/*
 * A link holds no bytes of its own.  In a cpio the last name of a file with
 * several carries them, the others are empty.
 */
static bool has_bytes(struct archive_entry *entry)
{
	if (archive_entry_filetype(entry) != AE_IFREG)
		return false;
	bool empty = !archive_entry_size_is_set(entry) || archive_entry_size(entry) <= 0;

	return !empty || (!archive_entry_hardlink(entry) && archive_entry_nlink(entry) <= 1);
}

/* The checksum of the last block is verified only when the stream is read to its end. */
static struct error *read_to_end(struct members *members)
{
	uint64_t total = 0;
	const unsigned char *block;
	size_t size_bytes = 1;

	while (size_bytes && total < MAX_PADDING_BYTES) {
		struct error *err = expand_read(members->expand, &block, &size_bytes);

		if (err)
			return at_offset(members, err);
		total += size_bytes;
	}
	return NULL;
}

static struct error *wanted(struct members *members, struct member_head *head, bool *have)
{
	const char *path = entry_path(members->entry);
	la_int64_t size = archive_entry_size(members->entry);

	members->seen++;
	if (size > 0 && (uint64_t)size > MAX_PASSED_BYTES && (uint64_t)size > members->limits.max_member_bytes) {
		AUTO_FREE char *shown = path_shown(path);

		return error_new(ERROR_INPUT, "%s: %lld bytes, too many to read on", shown, (long long)size);
	}
	*have = has_bytes(members->entry) && path_kind(path, &head->kind);
	if (*have) {
		head->path = path_shown(path);
		head->size_bytes = size > 0 ? (uint64_t)size : 0;
	}
	return NULL;
}

/* One damaged place is told once, however many blocks it is long. */
static bool damaged(struct members *members, struct member_head *head)
{
	if (members->damaged)
		return false;
	members->damaged = true;
	*head = (struct member_head){.kind = MEMBER_DAMAGED, .path = xstrdup("(member with a damaged header)")};
	return true;
}

static struct error *next(struct members *members, struct member_head *head, bool *have)
{
	while (!*have) {
		int result = archive_read_next_header(members->inner, &members->entry);

		if (result == ARCHIVE_EOF)
			return read_to_end(members);
		if (result == ARCHIVE_RETRY) {
			*have = damaged(members, head);
			continue;
		}
		if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
			return archive_error(members, members->inner);
		members->damaged = false;
		TRY(wanted(members, head, have));
	}
	return NULL;
}

struct error *members_next(struct members *members, struct member_head *head, bool *have)
{
	*have = false;
	return error_prefix(next(members, head, have), "%s", members->file.path);
}

/* The current member as a byte_source; the holes of a sparse one are zeros. */
struct member_source {
	struct members *members;
	uint64_t position;
	const unsigned char *block;
	size_t block_bytes;
	uint64_t block_offset;
	bool ended;
	bool fatal; /* nothing after this member can be read either */
};

static struct error *next_block(struct member_source *source)
{
	struct members *members = source->members;
	const void *block = NULL;
	la_int64_t offset = 0;
	int result;

	do
		result = archive_read_data_block(members->inner, &block, &source->block_bytes, &offset);
	while ((result == ARCHIVE_OK || result == ARCHIVE_WARN) && source->block_bytes == 0);
	source->block = block;
	source->block_offset = (uint64_t)offset;
	if (result == ARCHIVE_OK || result == ARCHIVE_WARN)
		return NULL;
	source->block_bytes = 0;
	source->ended = result == ARCHIVE_EOF;
	source->fatal = result == ARCHIVE_FATAL;
	return source->ended ? NULL : archive_error(members, members->inner);
}

static struct error *member_read(void *context, const unsigned char **block, size_t *size_bytes)
{
	static const unsigned char zeros[64 << 10];
	struct member_source *source = context;

	if (!source->block_bytes && !source->ended)
		TRY(next_block(source));
	if (source->block_offset < source->position)
		return error_new(ERROR_INPUT, "its parts overlap");
	uint64_t hole = source->block_offset - source->position;

	*block = hole ? zeros : source->block;
	*size_bytes = hole > sizeof(zeros) ? sizeof(zeros) : hole ? (size_t)hole : source->block_bytes;
	source->position += *size_bytes;
	if (!hole)
		source->block_bytes = 0;
	return NULL;
}

struct error *members_read(struct members *members, const struct member_head *head, struct package_bytes *bytes,
			   struct error **broken)
{
	struct member_source source = {.members = members};
	struct bytes_sink sink;

	if (head->kind == MEMBER_DAMAGED) {
		*broken = at_offset(members, error_new(ERROR_INPUT, "%s: %s", members->file.path, head->path));
		return NULL;
	}
	struct error *err =
		bytes_sink_open(head->kind, head->size_bytes, limit_of(&members->limits, head->kind), &sink);

	if (!err)
		err = bytes_sink_fill(&sink, (struct byte_source){&source, member_read},
				      members->limits.max_member_bytes != 0);
	if (!err)
		err = bytes_sink_take(&sink, bytes);
	bytes_sink_close(&sink);
	err = error_prefix(err, "%s: %s", members->file.path, head->path);
	if (source.fatal)
		return err;
	*broken = err;
	return NULL;
}
