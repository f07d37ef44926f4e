// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An RPM package is a lead of 96 bytes, a header with signatures padded to 8
 * bytes, a header with everything else, and the payload: a compressed cpio.
 */
#include "package/rpm.h"

#include <string.h>
#include <unistd.h>

#define LEAD_BYTES	   96
#define HEADER_INTRO_BYTES 16
#define HEADER_ENTRY_BYTES 16
/* rpm itself refuses more. */
#define MAX_ENTRIES    0xffffu
#define MAX_DATA_BYTES (256u << 20)

static uint32_t big_endian(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static struct error *skip_header(const struct file_source *file, uint64_t *offset)
{
	static const unsigned char magic[] = {0x8e, 0xad, 0xe8, 0x01};
	unsigned char intro[HEADER_INTRO_BYTES];

	if (pread(file->fd, intro, sizeof(intro), (off_t)*offset) != (ssize_t)sizeof(intro))
		return error_new(ERROR_INPUT, "an RPM package cut short in its headers (offset 0x%llx)",
				 (unsigned long long)*offset);
	uint32_t entries = big_endian(intro + 8), data_bytes = big_endian(intro + 12);

	if (memcmp(intro, magic, sizeof(magic)) != 0 || entries > MAX_ENTRIES || data_bytes > MAX_DATA_BYTES)
		return error_new(ERROR_INPUT, "an RPM package whose header at offset 0x%llx is damaged",
				 (unsigned long long)*offset);
	*offset += HEADER_INTRO_BYTES + (uint64_t)entries * HEADER_ENTRY_BYTES + data_bytes;
	return NULL;
}

struct error *rpm_skip_headers(struct file_source *file)
{
	uint64_t offset = LEAD_BYTES;

	TRY(skip_header(file, &offset));
	offset = (offset + 7) & ~(uint64_t)7;
	TRY(skip_header(file, &offset));
	if (offset >= file->size_bytes)
		return error_new(ERROR_INPUT, "an RPM package cut short before its payload (offset 0x%llx)",
				 (unsigned long long)offset);
	if (lseek(file->fd, (off_t)offset, SEEK_SET) < 0)
		return error_errno("offset 0x%llx", (unsigned long long)offset);
	file->position = offset;
	return NULL;
}
