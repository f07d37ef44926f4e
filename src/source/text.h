/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes of a file as text. */
#ifndef SOURCE_TEXT_H
#define SOURCE_TEXT_H

#include "atlas/source.h"

/* How many bytes are no UTF-8, and the line of the first. */
uint32_t text_invalid_utf8(const char *text, size_t size_bytes, uint32_t *first_line);
/* A copy in `arena` with "?" for each of them. */
char *text_made_utf8(struct arena *arena, const char *text, size_t size_bytes);
uint32_t text_count_lines(const char *text, size_t size_bytes);
/* `lines` lines from `line` on, without the last line end. */
const char *text_lines(struct arena *arena, const char *text, size_t size_bytes, uint32_t line, uint32_t lines);

#endif
