/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Source paths as readers know them: relative to the kernel's source tree. */
#ifndef DWARF_PATHS_H
#define DWARF_PATHS_H

#include <stddef.h>

#include "atlas/mem.h"
#include "atlas/str.h"

/* What is cut off the front of every path of one image. */
struct path_roots {
	VEC(const char *) roots; /* each ends in '/'; owned */
};

/*
 * Learns the roots from the unit that compiled init/main.c: wherever it lies is
 * the top of the source tree, and its compilation directory that of the build
 * tree.  NULL-safe in both arguments.
 */
void path_roots_learn(struct path_roots *roots, const char *name, const char *comp_dir);
void path_roots_free(struct path_roots *roots);

/*
 * The path of a unit: joins comp_dir (may be NULL) and name (an absolute one
 * wins), cleans the result as a POSIX path and cuts build prefixes off: the
 * learned roots, the distribution's build directory (/build/X/linux-Y/,
 * /usr/src/linux-Y/) and Debian's build tree (debian/build/build_Z/).
 */
void path_clean(const struct path_roots *roots, const char *comp_dir, const char *name, struct str *out);

/*
 * The path of a declaration, from its line table entry.  As path_clean(), but
 * ".." inside what the table spells stays: `include/trace/../../arch/x86/x.h` is
 * how the compiler found the file, and how published pages name it.
 */
void path_locate(const struct path_roots *roots, const char *comp_dir, const char *directory, const char *name,
		 struct str *out);

#endif
