/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files on their way from the thread that finds them to those that read them. */
#ifndef SOURCE_QUEUE_H
#define SOURCE_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "atlas/error.h"

struct job {
	char *path;	     /* in the tree; owned */
	char *disk_path;     /* where to read it from; owned; NULL: `text` is all there is */
	char *text;	     /* owned */
	char *link;	     /* of a symbolic link: where to; owned */
	struct error *error; /* why it cannot be read; owned */
	uint64_t size_bytes, time_ns;
};

void job_free(struct job *job);

#define QUEUE_JOBS 512

struct queue {
	pthread_mutex_t lock;
	pthread_cond_t filled, drained;
	struct job jobs[QUEUE_JOBS];
	size_t first, count;
	uint64_t bytes; /* of texts in it */
	bool ended;	/* nothing will follow */
};

void queue_init(struct queue *queue);
void queue_fini(struct queue *queue);
/* Waits for room.  Takes what the job owns. */
void queue_put(struct queue *queue, struct job job);
void queue_end(struct queue *queue);
/* Waits for a job; false: there will be none. */
bool queue_take(struct queue *queue, struct job *job);

#endif
