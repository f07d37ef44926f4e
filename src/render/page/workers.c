// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Processes rather than threads: each has its own connection to the atlas, and
 * one that dies takes nothing with it but its pages.
 */
#include "workers.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "atlas/mem.h"
#include "atlas/str.h"

#define TICK_MS		 200
#define PROGRESS_FROM_MS 1000

struct crew {
	const struct shared_work *work;
	struct shared_count *shared;
	pid_t *workers;
	int started;
	int report_fd; /* what workers have to say ends up here */
};

struct error *shared_new(size_t size_bytes, void **memory)
{
	void *mapped =
		mmap(NULL, size_bytes ? size_bytes : 1, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (mapped == MAP_FAILED)
		return error_errno("shared memory");
	*memory = mapped;
	return NULL;
}

void shared_free(void *memory, size_t size_bytes)
{
	if (memory)
		munmap(memory, size_bytes ? size_bytes : 1);
}

static struct error *do_jobs(const struct crew *crew, void *own)
{
	const struct shared_work *work = crew->work;

	for (;;) {
		size_t from = atomic_fetch_add(&crew->shared->next, work->batch);
		size_t to = from + work->batch < work->count ? from + work->batch : work->count;

		if (from >= work->count)
			return NULL;
		for (size_t i = from; i < to; i++) {
			TRY(work->job(work->context, own, i));
			atomic_fetch_add(&crew->shared->done, 1);
		}
	}
}

static void report(int fd, const struct error *err)
{
	char kind = (char)err->kind;
	/* A pipe takes this much in one piece, so that reports of two workers do not mix. */
	size_t length = strlen(err->text) < PIPE_BUF - 2 ? strlen(err->text) : PIPE_BUF - 2;
	AUTO_FREE char *message = xmalloc(length + 2);

	message[0] = kind;
	memcpy(message + 1, err->text, length);
	message[length + 1] = '\n';
	ssize_t ignored = write(fd, message, length + 2);

	(void)ignored;
}

static _Noreturn void be_worker(const struct crew *crew, int fd)
{
	void *own = NULL;
	struct error *err = crew->work->begin(crew->work->context, &own);

	if (!err) {
		err = do_jobs(crew, own);
		crew->work->end(own);
	}
	if (err) {
		/* The others find nothing left to do. */
		atomic_store(&crew->shared->next, crew->work->count);
		report(fd, err);
		error_free(err);
		_exit(1);
	}
	_exit(0);
}

static struct error *start_workers(struct crew *crew)
{
	int fds[2];

	if (pipe(fds) != 0)
		return error_errno("pipe");
	crew->report_fd = fds[0];
	fflush(NULL);
	for (int i = 0; i < crew->work->workers; i++) {
		pid_t pid = fork();

		if (pid == 0) {
			close(fds[0]);
			be_worker(crew, fds[1]);
		}
		if (pid < 0)
			break;
		crew->workers[crew->started++] = pid;
	}
	struct error *err = crew->started ? NULL : error_errno("fork");

	close(fds[1]);
	return err;
}

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void show_progress(const struct crew *crew, long since_ms, bool *shown)
{
	if (!crew->work->progress || now_ms() - since_ms < PROGRESS_FROM_MS)
		return;
	fprintf(stderr, "\r%zu of %zu %s", atomic_load(&crew->shared->done), crew->work->count, crew->work->of);
	*shown = true;
}

/* Reads until the last worker has closed its end. */
static void listen_to(const struct crew *crew, struct str *reports)
{
	long since = now_ms();
	bool shown = false;

	for (;;) {
		struct pollfd poll_fd = {.fd = crew->report_fd, .events = POLLIN};
		char buffer[1024];

		if (poll(&poll_fd, 1, TICK_MS) == 0) {
			show_progress(crew, since, &shown);
			continue;
		}
		ssize_t got = read(crew->report_fd, buffer, sizeof(buffer));

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		str_addn(reports, buffer, (size_t)got);
	}
	if (shown)
		fputs("\r\033[K", stderr);
}

static struct error *first_report(const struct str *reports)
{
	if (reports->length < 2)
		return NULL;
	enum error_kind kind = (enum error_kind)reports->data[0];

	return error_new(kind, "%.*s", (int)strcspn(reports->data + 1, "\n"), reports->data + 1);
}

static struct error *wait_for_workers(const struct crew *crew, struct error *err)
{
	for (int i = 0; i < crew->started; i++) {
		int status = 0;

		while (waitpid(crew->workers[i], &status, 0) < 0 && errno == EINTR)
			;
		if (err || (WIFEXITED(status) && WEXITSTATUS(status) == 0))
			continue;
		err = WIFSIGNALED(status)
			      ? error_new(ERROR_IO, "a worker process died of signal %d (%s)", WTERMSIG(status),
					  strsignal(WTERMSIG(status)))
			      : error_new(ERROR_IO, "a worker process ended with status %d", WEXITSTATUS(status));
	}
	return err;
}

static struct error *run_crew(struct crew *crew)
{
	AUTO_STR struct str reports = {0};

	TRY(start_workers(crew));
	listen_to(crew, &reports);
	close(crew->report_fd);
	return wait_for_workers(crew, first_report(&reports));
}

struct error *shared_work_run(const struct shared_work *work)
{
	void *shared = NULL;

	TRY(shared_new(sizeof(struct shared_count), &shared));
	struct crew crew = {
		.work = work,
		.shared = shared,
		.workers = xcalloc((size_t)work->workers, sizeof(pid_t)),
	};
	struct error *err = run_crew(&crew);

	free(crew.workers);
	shared_free(shared, sizeof(struct shared_count));
	return err;
}
