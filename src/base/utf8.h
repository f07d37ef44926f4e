/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of the well-formed UTF-8 sequence at `text` (1 to 4), or 0 if there is none. */
size_t utf8_length(const char *text, size_t length);
/* Columns a terminal needs for `text`; a malformed byte takes one. */
size_t utf8_columns(const char *text);

#endif
