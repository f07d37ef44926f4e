/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The facts of all files of a tree in one file, which is only read here (index_writer.h writes it). */
#ifndef SOURCE_INDEX_H
#define SOURCE_INDEX_H

#include "source/index_layout.h"

struct index {
	const unsigned char *map; /* the whole file; NULL: none */
	size_t map_bytes;
	struct arena arena;
	const char *version;	     /* of the kernel; NULL: not known */
	const char *identity;	     /* of a tree that cannot change unseen; NULL: it can */
	struct index_entry *entries; /* sorted by path */
	size_t count;
};

/* An index that is not there, damaged or of another program is read as an empty one. */
void index_open(struct index *index, const char *path);
/* `fd` stays the caller's. */
struct error *index_open_fd(struct index *index, int fd) MUST_CHECK;
void index_close(struct index *index);
/* SIZE_MAX: none. */
size_t index_find(const struct index *index, const char *path);
/* Whether the bytes of an entry are what was written. */
bool index_intact(const struct index *index, const struct index_entry *entry);
/* False: the bytes are damaged; `file` then says so. */
bool index_get(const struct index *index, const struct index_entry *entry, struct arena *arena,
	       struct source_file *file);

#endif
