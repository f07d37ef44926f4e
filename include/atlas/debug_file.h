/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: image */
/* Where the DWARF of a stripped kernel or module stands: its separate debug file. */
#ifndef ATLAS_DEBUG_FILE_H
#define ATLAS_DEBUG_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "atlas/error.h"

struct elf_image;

/* What is known of the file whose DWARF is looked for; all borrowed. */
struct debug_file_wanted {
	const char *path;      /* of the file itself, or PACKAGE!MEMBER; NULL: unknown */
	const char *build_id;  /* lower-case hex; NULL: none */
	const char *link_name; /* of .gnu_debuglink; NULL: none */
	uint32_t link_crc;     /* CRC-32 of the whole debug file */
};

struct debug_file_options {
	const char *const *dirs; /* --debug-dir, looked into before /usr/lib/debug; borrowed */
	size_t dir_count;
	bool debuginfod; /* ask the servers of DEBUGINFOD_URLS if nothing is found here */
};

/* What `image` says of it; borrowed from the image. */
struct error *debug_file_wanted_by(struct elf_image *image, struct debug_file_wanted *wanted) MUST_CHECK;

/*
 * The path of the debug file, owned by the caller.  It was found
 *   by build id       DIR/.build-id/xx/yyyy.debug,
 *   by .gnu_debuglink beside the file, in .debug/ there, in DIR/directory of the file,
 *   by place          DIR/path of the file, or what of it begins with lib/modules/ or
 *                     boot/, without .xz, .zst or .gz, and the same with ".debug" after it,
 *   by debuginfod     only if it is asked for,
 * and its build id is the wanted one (its CRC, where no build id is known).  An
 * error lists every place and why it would not do.
 */
struct error *debug_file_find(const struct debug_file_wanted *wanted, const struct debug_file_options *options,
			      char **path) MUST_CHECK;

#endif
