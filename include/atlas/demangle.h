/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ATLAS_DEMANGLE_H
#define ATLAS_DEMANGLE_H

/* The readable form of a Rust linkage name (v0 or legacy), without hashes; NULL if it is none.  Owned by the caller. */
char *demangle_rust(const char *name);

#endif
