/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The members of a package, one after the other: a .deb's data.tar.*, an .rpm's
 * cpio, or a tar, compressed or not.  For one thread; `file.position` for any.
 */
#ifndef PACKAGE_MEMBERS_H
#define PACKAGE_MEMBERS_H

#include "package/bytes.h"
#include "package/expand.h"

struct members {
	struct file_source file;
	struct package_limits limits;
	_Atomic bool *stop;    /* borrowed; once it is set, reading ends with an error */
	struct archive *outer; /* the ar archive of a .deb, else NULL */
	struct expand *expand; /* what `inner` reads */
	struct archive *inner;
	struct archive_entry *entry; /* borrowed from `inner` until the next member */
	struct error *source_error;  /* why `inner` could not read on */
	uint64_t seen;		     /* members so far, of any kind */
	bool damaged;		     /* what was met last is no member's header */
};

struct error *members_open(const char *path, const struct package_limits *limits, _Atomic bool *stop,
			   struct members *members) MUST_CHECK;
void members_close(struct members *members);

struct member_head {
	enum package_member_kind kind;
	char *path; /* as it is shown; owned by the caller */
	uint64_t size_bytes;
};

/* The next kernel or module, or damaged place.  An error is the package's: nothing can be read after it. */
struct error *members_next(struct members *members, struct member_head *head, bool *have) MUST_CHECK;
/*
 * Its bytes.  What costs this member only goes to `*broken`, owned by the caller;
 * an error returned is the package's.
 */
struct error *members_read(struct members *members, const struct member_head *head, struct package_bytes *bytes,
			   struct error **broken) MUST_CHECK;

#endif
