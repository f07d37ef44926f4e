/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file of an index: a head, the facts of one source file after the other,
 * and a list of them at the end.
 */
#ifndef SOURCE_LAYOUT_H
#define SOURCE_LAYOUT_H

#include "source/index.h"

#define LAYOUT_MAGIC "ATLSRC01"

struct layout_head {
	char magic[8];
	uint64_t program; /* layout_program() of who wrote it */
	uint64_t entries_at, entries_length, entries_check;
};

/* Differs between programs that find different facts in the same text. */
uint64_t layout_program(void);
void layout_entry(struct codec *codec, struct index_entry *entry);

#endif
