/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef IMAGE_DEBUGINFOD_H
#define IMAGE_DEBUGINFOD_H

#include "atlas/error.h"

/*
 * Fetches the debug file of a build id (lower-case hex) from the servers of
 * DEBUGINFOD_URLS into the library's cache.  `path` is owned by the caller.
 */
struct error *debuginfod_fetch(const char *build_id, char **path) MUST_CHECK;

#endif
