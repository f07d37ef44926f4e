/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files of schema/, templates/ and data/ as they were when the program was built. */
#ifndef ATLAS_EMBED_H
#define ATLAS_EMBED_H

#include <stddef.h>

/* Static text, NUL-terminated; NULL if there is no such file.  `length_bytes` may be NULL. */
const char *embedded(const char *path, size_t *length_bytes);
/* Name of the n-th file, in byte order; NULL past the end. */
const char *embedded_name(size_t n);

#endif
