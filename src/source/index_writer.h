/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes an index, once, under another name until it is whole. */
#ifndef SOURCE_INDEX_WRITER_H
#define SOURCE_INDEX_WRITER_H

#include "source/index.h"

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

#endif
