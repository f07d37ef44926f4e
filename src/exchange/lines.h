/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of a stream, numbered, of bounded length. */
#ifndef EXCHANGE_LINES_H
#define EXCHANGE_LINES_H

#include <stdbool.h>
#include <stdio.h>

#include "atlas/error.h"

/* A line longer than this is no function of any kernel. */
#define LINE_MAX_BYTES ((size_t)256 << 20)

struct lines {
	FILE *file; /* borrowed */
	char *buffer;
	size_t start, end, room; /* unread bytes are buffer[start, end) */
	size_t number;		 /* of the line last returned, from 1 */
};

void lines_init(struct lines *lines, FILE *file);
void lines_fini(struct lines *lines);
/*
 * The next line without its newline, not NUL-terminated, borrowed until the next
 * call; NULL at the end.  The last line may lack its newline.
 */
struct error *lines_next(struct lines *lines, const char **line, size_t *length) MUST_CHECK;

#endif
