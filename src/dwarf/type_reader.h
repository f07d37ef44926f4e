/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The types of all units one thread reads. */
#ifndef DWARF_TYPE_READER_H
#define DWARF_TYPE_READER_H

#include "dwarf/type_draft.h"
#include "dwarf/type_signature.h"

struct known_type {
	uint64_t signature; /* 0: unused */
	uint32_t number;    /* in the pool (type_pool.h) */
};

struct type_reader {
	struct signatures signatures;
	struct type_draft draft;
	struct known_type *known; /* open addressing */
	size_t known_count, known_used;
	bool by_text;
};

/* `by_text`: share what other files of this process had, too (modules: each has few units of its own). */
void type_reader_init(struct type_reader *types, struct die_reader *reader, struct type_texts *texts, bool big_endian,
		      bool by_text);
void type_reader_fini(struct type_reader *types);
/*
 * The pool's number of the definition `die`.  True if this reader meets it for the first time (or nearly: it may say
 * so twice).  One that is broken counts as declared only.
 */
bool type_reader_see(struct type_reader *types, const struct die *die, uint32_t *number);

#endif
