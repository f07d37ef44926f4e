// SPDX-License-Identifier: GPL-2.0-or-later
#include "package/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/falloc.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "atlas/mem.h"

#define KERNEL_MAX_BYTES (4ull << 30)
#define MODULE_MAX_BYTES (512ull << 20)
#define FIRST_ROOM_BYTES (1ull << 20)

uint64_t limit_of(const struct package_limits *limits, enum package_member_kind kind)
{
	if (limits && limits->max_member_bytes)
		return limits->max_member_bytes;
	return kind == MEMBER_VMLINUX ? KERNEL_MAX_BYTES : MODULE_MAX_BYTES;
}

static struct error *too_large(const struct bytes_sink *sink, const char *what)
{
	return error_new(ERROR_INPUT, "%s the %llu bytes a member may have (--max-member-size)", what,
			 (unsigned long long)sink->max_bytes);
}

struct error *bytes_sink_open(enum package_member_kind kind, uint64_t size_hint, uint64_t max_bytes,
			      struct bytes_sink *sink)
{
	*sink = (struct bytes_sink){.max_bytes = max_bytes};
	if (size_hint > max_bytes)
		return too_large(sink, "larger than");
	if (kind == MEMBER_VMLINUX) {
		sink->bytes.fd = memfd_create("vmlinux", MFD_CLOEXEC);
		sink->bytes.in_file = sink->bytes.fd >= 0;
		return sink->bytes.in_file ? NULL : error_errno("no memory for a vmlinux");
	}
	sink->room_bytes = size_hint;
	sink->bytes.data = malloc(size_hint ? size_hint : 1);
	return sink->bytes.data ? NULL : error_errno("%llu bytes", (unsigned long long)size_hint);
}

static struct error *grow(struct bytes_sink *sink, uint64_t needed)
{
	uint64_t room = sink->room_bytes < FIRST_ROOM_BYTES ? FIRST_ROOM_BYTES : sink->room_bytes * 2;

	if (needed <= sink->room_bytes)
		return NULL;
	if (room > sink->max_bytes)
		room = sink->max_bytes;
	if (room < needed)
		room = needed;
	unsigned char *data = realloc(sink->bytes.data, room);

	if (!data)
		return error_errno("%llu bytes", (unsigned long long)room);
	sink->bytes.data = data;
	sink->room_bytes = room;
	return NULL;
}

static struct error *write_file(int fd, uint64_t offset, const unsigned char *block, size_t size_bytes)
{
	while (size_bytes) {
		ssize_t written = pwrite(fd, block, size_bytes, (off_t)offset);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return error_errno("no memory for a vmlinux");
		block += written;
		offset += (uint64_t)written;
		size_bytes -= (size_t)written;
	}
	return NULL;
}

static struct error *add_block(struct bytes_sink *sink, const unsigned char *block, size_t size_bytes)
{
	uint64_t end = sink->bytes.size_bytes;

	if (size_bytes > sink->max_bytes - end)
		return too_large(sink, "expands beyond");
	if (sink->bytes.in_file) {
		TRY(write_file(sink->bytes.fd, end, block, size_bytes));
	} else {
		TRY(grow(sink, end + size_bytes));
		memcpy(sink->bytes.data + end, block, size_bytes);
	}
	sink->bytes.size_bytes += size_bytes;
	return NULL;
}

struct error *bytes_sink_fill(struct bytes_sink *sink, struct byte_source from, bool unlimited)
{
	struct expand *expand;
	const unsigned char *block;
	size_t size_bytes;

	TRY(expand_open(from, 1, unlimited, &expand));
	struct error *err;

	while (!(err = expand_read(expand, &block, &size_bytes)) && size_bytes)
		if ((err = add_block(sink, block, size_bytes)))
			break;
	expand_close(expand);
	return err;
}

static struct error *map_file(struct package_bytes *bytes)
{
	if (bytes->size_bytes == 0)
		return error_new(ERROR_INPUT, "is empty");
	void *map = mmap(NULL, bytes->size_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE, bytes->fd, 0);

	if (map == MAP_FAILED)
		return error_errno("cannot map a vmlinux");
	bytes->data = map;
	return NULL;
}

struct error *bytes_sink_take(struct bytes_sink *sink, struct package_bytes *bytes)
{
	if (sink->bytes.in_file)
		TRY(map_file(&sink->bytes));
	*bytes = sink->bytes;
	sink->bytes = (struct package_bytes){0};
	return NULL;
}

void bytes_sink_close(struct bytes_sink *sink)
{
	package_bytes_free(&sink->bytes);
}

void package_bytes_free(struct package_bytes *bytes)
{
	if (bytes->in_file) {
		if (bytes->data)
			munmap(bytes->data, bytes->size_bytes);
		close(bytes->fd);
	} else {
		free(bytes->data);
	}
	*bytes = (struct package_bytes){0};
}

void package_bytes_discard(struct package_bytes *bytes, uint64_t offset, uint64_t size_bytes)
{
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);

	if (!bytes->in_file || offset > bytes->size_bytes || size_bytes > bytes->size_bytes - offset)
		return;
	uint64_t first = (offset + page - 1) / page * page, last = (offset + size_bytes) / page * page;

	if (last <= first)
		return;
	/* Whole pages only; a failure costs memory, nothing else. */
	if (fallocate(bytes->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)first, (off_t)(last - first)) == 0)
		madvise(bytes->data + first, last - first, MADV_DONTNEED);
}
