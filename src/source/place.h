/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a source tree is: what a user's argument means, and what tells one state of it from another. */
#ifndef SOURCE_PLACE_H
#define SOURCE_PLACE_H

#include <stdbool.h>

#include "atlas/error.h"
#include "atlas/mem.h"
#include "atlas/tar.h"

enum place_kind {
	PLACE_DIRECTORY,
	PLACE_TARBALL,
	PLACE_GIT,
};

struct place {
	enum place_kind kind;
	const char *name;     /* without "VERSION=" */
	const char *path;     /* of the directory, the tarball, the clone */
	const char *revision; /* PLACE_GIT: the commit's full name */
	const char *version;  /* what the user says; NULL: nothing */
	const char *identity; /* the same for the same content; NULL: files must be looked at */
};

/* Texts live in `arena`. */
struct error *place_read(const char *argument, struct arena *arena, struct place *place) MUST_CHECK;
/* The name of its cache in `directory`, in `arena`. */
const char *place_cache(const struct place *place, const char *directory, struct arena *arena);

/* Members of a tarball or a revision. */
struct place_stream {
	struct tar *tar;
	int child; /* of git; 0: none */
};

struct error *place_stream_open(const struct place *place, struct place_stream *stream) MUST_CHECK;
/* An error if the child that fed it failed; `whole`: it was read to its end. */
struct error *place_stream_close(const struct place *place, struct place_stream *stream, bool whole) MUST_CHECK;

/* What a kernel's top Makefile says: "6.1.176"; NULL if it says nothing.  Owned by the caller. */
char *makefile_version(const char *text);

#endif
