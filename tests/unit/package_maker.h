/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small packages for tests, made in memory with libarchive's writers; an RPM's headers by hand. */
#ifndef TESTS_PACKAGE_MAKER_H
#define TESTS_PACKAGE_MAKER_H

#include <stdio.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "atlas/mem.h"
#include "atlas/str.h"

#define MAKER_ROOM_BYTES (8u << 20)

enum made_type {
	MADE_FILE,
	MADE_DIRECTORY,
	MADE_SYMLINK,
	MADE_HARDLINK,
	MADE_NAME_OF_TWO, /* a file with two names, as a cpio has it: one of them carries the bytes */
};

struct made {
	const char *path;
	enum made_type type;
	const char *target; /* of a link */
	const void *data;
	size_t size_bytes;
};

struct blob {
	unsigned char *data;
	size_t size_bytes;
};

static inline void made_ok(struct archive *archive, int result)
{
	if (result != ARCHIVE_OK) {
		fprintf(stderr, "libarchive: %s\n", archive_error_string(archive));
		abort();
	}
}

static inline struct archive *maker_open(const char *format, int filter, struct blob *blob)
{
	struct archive *archive = archive_write_new();

	*blob = (struct blob){xmalloc(MAKER_ROOM_BYTES), 0};
	made_ok(archive, archive_write_set_format_by_name(archive, format));
	made_ok(archive, archive_write_add_filter(archive, filter));
	archive_write_set_bytes_in_last_block(archive, 1);
	made_ok(archive, archive_write_open_memory(archive, blob->data, MAKER_ROOM_BYTES, &blob->size_bytes));
	return archive;
}

static inline void maker_close(struct archive *archive)
{
	made_ok(archive, archive_write_close(archive));
	archive_write_free(archive);
}

static inline void maker_add(struct archive *archive, const struct made *made)
{
	static const unsigned types[] = {AE_IFREG, AE_IFDIR, AE_IFLNK, AE_IFREG, AE_IFREG};
	struct archive_entry *entry = archive_entry_new();

	archive_entry_set_pathname(entry, made->path);
	archive_entry_set_filetype(entry, types[made->type]);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_size(entry, (la_int64_t)made->size_bytes);
	if (made->type == MADE_SYMLINK)
		archive_entry_set_symlink(entry, made->target);
	if (made->type == MADE_HARDLINK)
		archive_entry_set_hardlink(entry, made->target);
	if (made->type == MADE_HARDLINK || made->type == MADE_NAME_OF_TWO) {
		archive_entry_set_nlink(entry, 2);
		archive_entry_set_ino(entry, 77);
	}
	made_ok(archive, archive_write_header(archive, entry));
	if (made->size_bytes &&
	    archive_write_data(archive, made->data, made->size_bytes) != (la_ssize_t)made->size_bytes)
		made_ok(archive, ARCHIVE_FATAL);
	archive_entry_free(entry);
}

static inline struct blob make_archive(const char *format, int filter, const struct made *made, size_t count)
{
	struct blob blob;
	struct archive *archive = maker_open(format, filter, &blob);

	for (size_t i = 0; i < count; i++)
		maker_add(archive, &made[i]);
	maker_close(archive);
	return blob;
}

/* Frees `data`. */
static inline struct blob make_deb(struct blob data, const char *ending)
{
	AUTO_FREE char *name = xasprintf("data.tar%s", ending);
	struct made parts[] = {
		{.path = "debian-binary", .data = "2.0\n", .size_bytes = 4},
		{.path = "control.tar.xz", .data = "not looked at", .size_bytes = 13},
		{.path = name, .data = data.data, .size_bytes = data.size_bytes},
	};
	struct blob deb = make_archive("arbsd", ARCHIVE_FILTER_NONE, parts, ARRAY_LEN(parts));

	free(data.data);
	return deb;
}

static inline void add_be32(struct str *to, uint32_t value)
{
	char bytes[] = {(char)(value >> 24), (char)(value >> 16), (char)(value >> 8), (char)value};

	str_addn(to, bytes, 4);
}

/* A header structure of `count` entries over `data_bytes` of data, all of them zeros. */
static inline void add_rpm_header(struct str *to, uint32_t count, uint32_t data_bytes)
{
	str_addn(to, "\x8e\xad\xe8\x01\0\0\0\0", 8);
	add_be32(to, count);
	add_be32(to, data_bytes);
	for (uint32_t i = 0; i < count * 16 + data_bytes; i++)
		str_addc(to, '\0');
}

/* A lead, a header of signatures padded to 8 bytes, a header, the payload.  Frees `payload`. */
static inline struct blob make_rpm(struct blob payload)
{
	struct str rpm = {0};

	str_addn(&rpm, "\xed\xab\xee\xdb\x03\x00", 6);
	while (rpm.length < 96)
		str_addc(&rpm, '\0');
	add_rpm_header(&rpm, 2, 13);
	while (rpm.length % 8)
		str_addc(&rpm, '\0');
	add_rpm_header(&rpm, 3, 101);
	str_addn(&rpm, (const char *)payload.data, payload.size_bytes);
	free(payload.data);
	return (struct blob){(unsigned char *)rpm.data, rpm.length};
}

/* One file, compressed. */
static inline struct blob make_compressed(int filter, const void *data, size_t size_bytes)
{
	struct made made = {.path = "x", .data = data, .size_bytes = size_bytes};

	return make_archive("raw", filter, &made, 1);
}

#endif
