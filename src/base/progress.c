// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/progress.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

static double seconds_since(const struct timespec *then)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

void progress_init(struct progress *progress, bool quiet)
{
	*progress = (struct progress){.on = !quiet && isatty(STDERR_FILENO)};
	clock_gettime(CLOCK_MONOTONIC, &progress->started);
	progress->last = progress->started;
}

void progress_show(struct progress *progress, const char *fmt, ...)
{
	va_list args;

	if (!progress->on || seconds_since(&progress->started) < 1 ||
	    (progress->shown && seconds_since(&progress->last) < 0.1))
		return;
	fputs("\r\033[K", stderr);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fflush(stderr);
	progress->shown = true;
	clock_gettime(CLOCK_MONOTONIC, &progress->last);
}

void progress_clear(struct progress *progress)
{
	if (progress->shown)
		fputs("\r\033[K", stderr);
	progress->shown = false;
}
