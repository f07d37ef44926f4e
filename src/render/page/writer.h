/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing pages: each appears whole or not at all, and is left alone if nothing changed. */
#ifndef ATLAS_RENDER_WRITER_H
#define ATLAS_RENDER_WRITER_H

#include "atlas/error.h"
#include "atlas/str.h"

/* Makes `path` and what leads to it. */
struct error *writer_make_dir(const char *path) MUST_CHECK;
/* `path` ends in the file's name; its directory exists. */
struct error *writer_write(const char *path, const struct str *text) MUST_CHECK;

#endif
