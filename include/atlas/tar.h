/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: package */
/*
 * Every member of a tar archive, compressed or not, as a stream.  For one
 * thread.  Nothing is written to a file system, so a member's name can do no
 * harm; one that leads out of the tree it belongs to is refused all the same.
 */
#ifndef ATLAS_TAR_H
#define ATLAS_TAR_H

#include <stdbool.h>
#include <stdint.h>

#include "atlas/error.h"

enum tar_kind {
	TAR_FILE,
	TAR_LINK, /* symbolic or hard */
	TAR_DIRECTORY,
	TAR_REFUSED, /* its path is absolute or has ".." in it */
	TAR_OTHER,   /* a device, a damaged header */
};

struct tar_member {
	enum tar_kind kind;
	const char *path; /* without leading "./" */
	const char *link; /* TAR_LINK: where to, else NULL */
	uint64_t size_bytes;
};

struct tar;

/* Owned by the caller until tar_close(). */
struct error *tar_open(const char *path, struct tar **tar) MUST_CHECK;
/* A tar that comes through a pipe, uncompressed; `name` is for messages and borrowed; `fd` becomes the tar's. */
struct error *tar_open_pipe(int fd, const char *name, struct tar **tar) MUST_CHECK;
void tar_close(struct tar *tar); /* NULL is none */

/* `member` is borrowed until the next call.  An error means that nothing more can be read. */
struct error *tar_next(struct tar *tar, struct tar_member *member, bool *have) MUST_CHECK;
/* The bytes of a TAR_FILE, at most once; owned by the caller, with a zero byte after them. */
struct error *tar_read(struct tar *tar, char **data, uint64_t *size_bytes) MUST_CHECK;

#endif
