// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/queue.h"

#include <stdlib.h>
#include <string.h>

/* Texts in memory; one larger than that goes alone. */
#define MAX_BYTES (64ull << 20)

void job_free(struct job *job)
{
	free(job->path);
	free(job->disk_path);
	free(job->text);
	free(job->link);
	error_free(job->error);
}

void queue_init(struct queue *queue)
{
	memset(queue, 0, sizeof(*queue));
	pthread_mutex_init(&queue->lock, NULL);
	pthread_cond_init(&queue->filled, NULL);
	pthread_cond_init(&queue->drained, NULL);
}

void queue_fini(struct queue *queue)
{
	pthread_mutex_destroy(&queue->lock);
	pthread_cond_destroy(&queue->filled);
	pthread_cond_destroy(&queue->drained);
}

static uint64_t bytes_of(const struct job *job)
{
	return job->text ? job->size_bytes : 0;
}

void queue_put(struct queue *queue, struct job job)
{
	pthread_mutex_lock(&queue->lock);
	while (queue->count == QUEUE_JOBS || (queue->count && queue->bytes + bytes_of(&job) > MAX_BYTES))
		pthread_cond_wait(&queue->drained, &queue->lock);
	queue->jobs[(queue->first + queue->count++) % QUEUE_JOBS] = job;
	queue->bytes += bytes_of(&job);
	pthread_cond_signal(&queue->filled);
	pthread_mutex_unlock(&queue->lock);
}

void queue_end(struct queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->ended = true;
	pthread_cond_broadcast(&queue->filled);
	pthread_mutex_unlock(&queue->lock);
}

bool queue_take(struct queue *queue, struct job *job)
{
	pthread_mutex_lock(&queue->lock);
	while (queue->count == 0 && !queue->ended)
		pthread_cond_wait(&queue->filled, &queue->lock);
	bool have = queue->count > 0;

	if (have) {
		*job = queue->jobs[queue->first];
		queue->first = (queue->first + 1) % QUEUE_JOBS;
		queue->count--;
		queue->bytes -= bytes_of(job);
		pthread_cond_signal(&queue->drained);
	}
	pthread_mutex_unlock(&queue->lock);
	return have;
}
