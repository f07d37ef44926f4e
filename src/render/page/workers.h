/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Worker processes that share one list of numbered jobs. */
#ifndef ATLAS_RENDER_WORKERS_H
#define ATLAS_RENDER_WORKERS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "atlas/error.h"

/* In memory that all workers see. */
struct shared_count {
	_Atomic size_t next;
	_Atomic size_t done;
};

struct shared_work {
	size_t count;
	int workers;	/* at least 1 */
	size_t batch;	/* jobs taken at a time */
	bool progress;	/* on standard error, if that is a terminal and it takes more than a second */
	const char *of; /* what is counted: "pages" */
	void *context;
	/* In the worker: what it needs of its own; `own` goes to the others. */
	struct error *(*begin)(void *context, void **own);
	struct error *(*job)(void *context, void *own, size_t number);
	void (*end)(void *own);
};

/* Memory that worker processes share with their parent, cleared; NULL and an error if there is none. */
struct error *shared_new(size_t size_bytes, void **memory) MUST_CHECK;
void shared_free(void *memory, size_t size_bytes);

/* Does jobs 0 to count - 1.  The first error of any worker ends all of them. */
struct error *shared_work_run(const struct shared_work *work) MUST_CHECK;

#endif
