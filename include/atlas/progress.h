/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One line of progress on standard error: only on a terminal, only after a
 * second, gone when the work is done.
 */
#ifndef ATLAS_PROGRESS_H
#define ATLAS_PROGRESS_H

#include <stdbool.h>
#include <time.h>

struct progress {
	bool on;    /* a terminal, and not quiet */
	bool shown; /* something stands on the line */
	struct timespec started, last;
};

void progress_init(struct progress *progress, bool quiet);
/* Shows a line, ten times a second at most. */
void progress_show(struct progress *progress, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Clears the line; call it before anything else is printed. */
void progress_clear(struct progress *progress);

#endif
