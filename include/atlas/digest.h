/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: base */
/*
 * Digests: 64 bits that tell two contents apart, built up piece by piece.  The
 * same on all machines.  They hold no one off who wants two contents to look alike.
 */
#ifndef ATLAS_DIGEST_H
#define ATLAS_DIGEST_H

#include <stddef.h>
#include <stdint.h>

typedef uint64_t digest;

#define DIGEST_START ((digest)0x243f6a8885a308d3ULL)

/* `so_far` with one more piece; where a piece ends counts, too. */
digest digest_add(digest so_far, uint64_t value);
digest digest_bytes(digest so_far, const void *bytes, size_t length);
/* NULL is a piece that no text is. */
digest digest_text(digest so_far, const char *text);

#endif
