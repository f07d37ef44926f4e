/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which file a function's page goes to: LETTER/NAME.md.
 *
 * A name is kept as it is where it can be.  Else it becomes NAME~HASH8, HASH8
 * being the FNV-1a hash (32 bits, eight lower-case hexadecimal digits) of the
 * bytes of the true name:
 *   - of names equal but for the case of ASCII letters the byte-wise last keeps
 *     its name, the others get the hash, so that no page overwrites another
 *     where files ignore case;
 *   - bytes that could lead elsewhere or hide (control bytes, '/', '\', a first
 *     '.') become %XX, and a name of more than 200 bytes is cut, both with the
 *     hash;
 *   - "index" gets the hash, since index.md is the list of its letter.
 */
#ifndef ATLAS_RENDER_PAGE_FILE_H
#define ATLAS_RENDER_PAGE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "atlas/mem.h"

/* The file name without its extension.  `shadowed`: another name equal but for case keeps the plain form. */
char *page_file_name(struct arena *arena, const char *name, bool shadowed);
/* The directory of its pages: a lower-case letter, a digit, or '_'. */
char page_letter(const char *name);

/*
 * `shadowed[i]` for names in byte order.  All names of the atlas must be given,
 * so that a page's file does not depend on what else is generated.
 */
void page_files_shadowed(const char *const *names, size_t count, bool *shadowed);

#endif
