/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file of an index: a head, the facts of one source file after the other,
 * and a list of them at the end.
 */
#ifndef SOURCE_INDEX_LAYOUT_H
#define SOURCE_INDEX_LAYOUT_H

#include "source/codec.h"

#define LAYOUT_MAGIC "ATLSRC01"

struct layout_head {
	char magic[8];
	uint64_t program; /* layout_program() of who wrote it */
	uint64_t entries_at, entries_length, entries_check;
};

/* Where the facts of one source file are, and which state of it they are of. */
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

/* Differs between programs that find different facts in the same text. */
uint64_t layout_program(void);
void layout_entry(struct codec *codec, struct index_entry *entry);
/* Of bytes written, and of text. */
uint64_t layout_hash(const void *bytes, size_t length);

#endif
