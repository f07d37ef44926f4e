/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Expands xz, zstd and gzip, found by their first bytes; what is none of them
 * passes through as it is.  Checksums are verified, and an end that comes too
 * early is an error.
 */
#ifndef PACKAGE_EXPAND_H
#define PACKAGE_EXPAND_H

#include <stdbool.h>

#include "package/source.h"

enum coding {
	CODING_NONE,
	CODING_XZ,
	CODING_ZSTD,
	CODING_GZIP,
};

/* Six bytes tell them apart. */
#define CODING_MAGIC_BYTES 6

struct expand;

/*
 * `threads`: at most, for xz of several blocks; each takes memory for one block.
 * `unlimited`: anything goes, else what expands more than a thousandfold is an error.
 * Reads from `from`, whose context must live as long.
 */
struct error *expand_open(struct byte_source from, unsigned threads, bool unlimited, struct expand **expand) MUST_CHECK;
void expand_close(struct expand *expand);
enum coding expand_coding(const struct expand *expand);
/* A byte_source's read(), with the expand as context. */
struct error *expand_read(void *context, const unsigned char **block, size_t *size_bytes);

#endif
