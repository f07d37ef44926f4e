/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kernels and modules out of Debian, Ubuntu and RPM packages and of tar
 * archives, read as a stream.  Nothing is ever written to a file system: a
 * member is handed over in memory.
 *
 * A thread of the package reads ahead, so that decompression and the caller's
 * work go on side by side.  package_next(), package_read() and package_close()
 * are for one thread; package_progress() and package_bytes_free() for any.  A
 * forked child may use bytes its parent was handed, not the package.
 */
#ifndef ATLAS_PACKAGE_H
#define ATLAS_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "atlas/error.h"

enum input_kind {
	INPUT_PLAIN,	  /* nothing below: an ELF file, or what only its reader can judge */
	INPUT_COMPRESSED, /* one file compressed with xz, zstd or gzip, whatever it holds: file_bytes_open() */
	INPUT_PACKAGE,	  /* .deb, .ddeb, .rpm, .tar, compressed or not: package_open() */
};

/* By content, never by name. */
struct error *input_kind_of(const char *path, enum input_kind *kind) MUST_CHECK;

struct package_limits {
	/*
	 * The largest member that is taken, expanded; 0: 4 GiB for a vmlinux, 512 MiB
	 * for a module, and nothing that expands more than a thousandfold.
	 */
	uint64_t max_member_bytes;
};

struct package_options {
	struct package_limits limits;
	size_t ahead_bytes; /* modules read before they are asked for; 0: 64 MiB */
	bool no_modules;    /* the package ends after its first vmlinux; what follows is not read */
};

enum package_member_kind {
	MEMBER_VMLINUX,
	MEMBER_MODULE,
	MEMBER_DAMAGED, /* its header cannot be read, so nobody knows what it was */
};

struct package_member {
	enum package_member_kind kind;
	const char *path;    /* in the archive, without a leading "./"; what is not printable stands as \xNN */
	uint64_t size_bytes; /* in the archive, before a compressed member is expanded */
};

/* A whole file in memory.  Owned by who was handed it, until package_bytes_free().  `{0}` is none. */
struct package_bytes {
	unsigned char *data; /* aligned to 16, writable; writing changes no one else's */
	size_t size_bytes;
	int fd;	      /* of the same, if `in_file` */
	bool in_file; /* a vmlinux: in a file without a name (memfd), of which `data` is a private mapping */
};

void package_bytes_free(struct package_bytes *bytes);
/* Gives back the memory of a part nobody will read; it reads as zeros from then on. */
void package_bytes_discard(struct package_bytes *bytes, uint64_t offset, uint64_t size_bytes);

struct package;

/* `options` NULL: the defaults.  Owned by the caller until package_close(), which may come at any time. */
struct error *package_open(const char *path, const struct package_options *options,
			   struct package **package) MUST_CHECK;
void package_close(struct package *package);

/*
 * The next member that is a kernel or a module, in the archive's order; links to
 * one are passed over.  `member` is borrowed until the next call.  An error means
 * that nothing more can be read; a package without any kernel or module ends with one.
 */
struct error *package_next(struct package *package, struct package_member *member, bool *have) MUST_CHECK;

/*
 * The bytes of the member package_next() returned, at most once; expanded if it is
 * compressed.  An error costs this member only.
 */
struct error *package_read(struct package *package, struct package_bytes *bytes) MUST_CHECK;

/* How much of the package's file has been read. */
void package_progress(const struct package *package, uint64_t *read_bytes, uint64_t *total_bytes);

/*
 * A plain file on disk, expanded if it is compressed (.ko.xz, .ko.zst, .ko.gz,
 * vmlinux.xz).  `limits` NULL: the defaults; `kind` chooses which.
 */
struct error *file_bytes_open(const char *path, enum package_member_kind kind, const struct package_limits *limits,
			      struct package_bytes *bytes) MUST_CHECK;

#endif
