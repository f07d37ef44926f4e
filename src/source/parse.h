/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One file from text to facts. */
#ifndef SOURCE_PARSE_H
#define SOURCE_PARSE_H

#include "atlas/source.h"

struct syntax;

/* Whether files of that name are read by the parser. */
bool parse_is_c(const char *path);
/* ".c"; static or within `path`. */
const char *parse_extension(const char *path);
/* Before any thread parses. */
void parse_init(void);
/*
 * `path` is borrowed by `file`; everything else lives in `arena`.  `wanted`
 * false: only what needs no parser.  `syntax` may be NULL then.
 */
void parse_file(struct syntax *syntax, const char *path, const char *text, size_t size_bytes, bool wanted,
		struct arena *arena, struct source_file *file);

#endif
