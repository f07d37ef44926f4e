/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes that come block by block: a file, and what is expanded out of such. */
#ifndef PACKAGE_SOURCE_H
#define PACKAGE_SOURCE_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "atlas/error.h"

struct byte_source {
	void *context;
	/* The next block, borrowed until the next call; a size of 0 is the end. */
	struct error *(*read)(void *context, const unsigned char **block, size_t *size_bytes);
};

struct file_source {
	const char *path; /* borrowed */
	int fd;
	uint64_t size_bytes;
	_Atomic uint64_t position; /* other threads may look */
	unsigned char *buffer;
};

/* Regular files only; a named pipe is refused, not waited for. */
struct error *file_source_open(const char *path, struct file_source *file) MUST_CHECK;
void file_source_close(struct file_source *file);
struct error *file_source_read(void *context, const unsigned char **block, size_t *size_bytes);

#endif
