/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The facts of all files of a tree in one file: written once, under another
 * name until it is whole, then only read.
 */
#ifndef SOURCE_INDEX_H
#define SOURCE_INDEX_H

#include "source/codec.h"

struct index_entry {
	const char *path;
	uint64_t at, length; /* of its facts in the file; compressed */
	uint64_t expanded;   /* their length when they are not */
	uint64_t check;	     /* a checksum of them */
	uint64_t size_bytes; /* of the source file */
	uint64_t time_ns;    /* when it was written, 0: not known */
	uint64_t content;    /* a hash of its text */
	uint64_t c_state;    /* 1 + enum source_state of a C file; 0: no C */
};

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

struct index_writer {
	int fd;
	char *final_path; /* NULL: it has no name */
	char *temporary_path;
	uint64_t at;
	VEC(struct index_entry) entries; /* paths are the writer's own */
	struct arena arena;
	struct error *failed; /* the first error of writing */
};

/* `path` NULL: a file without a name. */
struct error *index_create(struct index_writer *writer, const char *path) MUST_CHECK;
/* Bytes of facts, and the entry that tells of them, whose place and path are filled in.  For one thread at a time. */
void index_add(struct index_writer *writer, const struct index_entry *entry, const void *bytes);
/* Sorts, writes the rest and opens what was written as `index`. */
struct error *index_finish(struct index_writer *writer, const char *version, const char *identity,
			   struct index *index) MUST_CHECK;
/* Leaves nothing behind but what index_finish() made. */
void index_discard(struct index_writer *writer);

/* Compressed facts of a file, appended to `bytes`. */
void index_pack(struct source_file *file, struct str *bytes, struct index_entry *entry);
uint64_t index_hash(const void *bytes, size_t length);

#endif
