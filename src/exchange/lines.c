// SPDX-License-Identifier: GPL-2.0-or-later
#include "lines.h"

#include <stdlib.h>
#include <string.h>

#include "atlas/mem.h"

#define BUFFER_BYTES ((size_t)1 << 20)

void lines_init(struct lines *lines, FILE *file)
{
	*lines = (struct lines){.file = file, .buffer = xmalloc(BUFFER_BYTES), .room = BUFFER_BYTES};
}

void lines_fini(struct lines *lines)
{
	free(lines->buffer);
}

/* Makes room behind the unread bytes: by moving them to the front, or by doubling the buffer. */
static void make_room(struct lines *lines)
{
	if (lines->start > 0) {
		memmove(lines->buffer, lines->buffer + lines->start, lines->end - lines->start);
		lines->end -= lines->start;
		lines->start = 0;
	} else if (lines->end == lines->room) {
		lines->room *= 2;
		lines->buffer = xrealloc(lines->buffer, lines->room);
	}
}

/* `more` is false at the end of the file. */
static struct error *fill(struct lines *lines, bool *more)
{
	if (lines->end == lines->room)
		make_room(lines);
	if (lines->end - lines->start > LINE_MAX_BYTES)
		return error_new(ERROR_INPUT, "a line of more than %zu MiB", LINE_MAX_BYTES >> 20);
	size_t got = fread(lines->buffer + lines->end, 1, lines->room - lines->end, lines->file);

	if (got == 0 && ferror(lines->file))
		return error_errno("read");
	lines->end += got;
	*more = got > 0;
	return NULL;
}

struct error *lines_next(struct lines *lines, const char **line, size_t *length)
{
	size_t seen = 0; /* bytes known to hold no newline */
	bool more = true;

	lines->number++;
	for (;;) {
		const char *from = lines->buffer + lines->start;
		const char *newline = memchr(from + seen, '\n', lines->end - lines->start - seen);

		if (newline || !more) {
			*length = newline ? (size_t)(newline - from) : lines->end - lines->start;
			*line = newline || *length ? from : NULL;
			lines->start += *length + (newline != NULL);
			return NULL;
		}
		seen = lines->end - lines->start;
		TRY(fill(lines, &more));
	}
}
