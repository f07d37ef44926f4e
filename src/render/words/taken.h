/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who holds a function's address, as a reader wants it. */
#ifndef ATLAS_RENDER_TAKEN_H
#define ATLAS_RENDER_TAKEN_H

#include "atlas/function.h"
#include "atlas/mem.h"

struct taken_lines {
	const char **lines; /* in the order of the places; equal neighbours are one line with their number */
	size_t count;
	const char *summary; /* "2 places in data, 1 in code"; "none found in data; code not read" */
};

/*
 * "fs/ext4/file.c: ext4_file_operations (file_operations.open) [ext4]" for data,
 * "drivers/md/dm.c:dm_table_alloc_md_mempools+0x1c [dm_mod]" for code.
 */
struct taken_lines taken_lines_new(struct arena *arena, const struct function *function);

#endif
