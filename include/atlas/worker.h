/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Work in processes of its own: what crashes takes nothing else with it, and
 * libraries that are for one thread can be used side by side.
 */
#ifndef ATLAS_WORKER_H
#define ATLAS_WORKER_H

#include <stddef.h>

#include "atlas/error.h"
#include "atlas/str.h"

struct work {
	void *context;
	/* Runs in a process of its own.  What it adds to `output` reaches done(). */
	struct error *(*run)(void *context, size_t item, struct str *output);
	/*
	 * Runs in the calling process, once per item, as items end.  `err` is NULL,
	 * what run() returned, or says how the process died; done() owns it.
	 */
	void (*done)(void *context, size_t item, const char *output, struct error *err);
	/* Names the item in messages about a process that died. */
	const char *(*name)(void *context, size_t item);
};

/* Runs items 0 to count - 1, at most `jobs` at a time. */
struct error *workers_run(const struct work *work, size_t count, int jobs) MUST_CHECK;

/* Processors this process may use, at least 1. */
int worker_default_jobs(void);

#endif
