// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/worker.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "atlas/mem.h"

/*
 * A child sends its output, then this byte, then for an error its kind and its
 * text.  A child that dies never sends it.
 */
#define END_OF_OUTPUT '\0'

struct child {
	pid_t pid; /* 0: free */
	int from;  /* read end of its pipe */
	size_t item;
	struct str received;
};

static void send_all(int to, const char *bytes, size_t length)
{
	while (length) {
		ssize_t sent = write(to, bytes, length);

		if (sent < 0 && errno != EINTR)
			_exit(1);
		if (sent > 0) {
			bytes += sent;
			length -= (size_t)sent;
		}
	}
}

static _Noreturn void run_child(const struct work *work, size_t item, int to, pid_t parent)
{
	struct str output = {0};

	/* A killed parent must not leave writers behind it. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	struct error *err = work->run(work->context, item, &output);

	str_addn(&output, (char[]){END_OF_OUTPUT, err ? (char)('1' + err->kind) : '0'}, 2);
	if (err)
		str_add(&output, err->text);
	send_all(to, output.data, output.length);
	_exit(0);
}

static struct error *start_child(const struct work *work, size_t item, struct child *child)
{
	int ends[2];
	pid_t parent = getpid();

	if (pipe(ends) != 0)
		return error_errno("pipe");
	fflush(NULL);
	pid_t pid = fork();

	if (pid < 0) {
		close(ends[0]);
		close(ends[1]);
		return error_errno("cannot start a worker process");
	}
	if (pid == 0) {
		close(ends[0]);
		run_child(work, item, ends[1], parent);
	}
	close(ends[1]);
	*child = (struct child){.pid = pid, .from = ends[0], .item = item};
	return NULL;
}

static struct error *death(const struct work *work, size_t item, int status)
{
	const char *name = work->name(work->context, item);

	if (WIFSIGNALED(status))
		return error_new(ERROR_INPUT,
				 "%s: its reader died of signal %d (%s); it was left out, the atlas is as before", name,
				 WTERMSIG(status), strsignal(WTERMSIG(status)));
	return error_new(ERROR_INPUT, "%s: its reader ended with status %d; it was left out, the atlas is as before",
			 name, WEXITSTATUS(status));
}

static void end_child(const struct work *work, struct child *child)
{
	int status = 0;

	close(child->from);
	while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
		;
	str_add(&child->received, "");
	const char *end = memchr(child->received.data, END_OF_OUTPUT, child->received.length);
	struct error *err = NULL;

	if (!end || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		err = death(work, child->item, status);
	else if (end[1] != '0')
		err = error_new((enum error_kind)(end[1] - '1'), "%s", end + 2);
	work->done(work->context, child->item, child->received.data, err);
	str_free(&child->received);
	child->pid = 0;
}

/* Waits for bytes or ends, and takes them. */
static void serve(const struct work *work, struct child *children, int count)
{
	struct pollfd polled[256];
	char bytes[4096];

	for (int i = 0; i < count; i++)
		polled[i] = (struct pollfd){.fd = children[i].pid ? children[i].from : -1, .events = POLLIN};
	if (poll(polled, (nfds_t)count, -1) < 0)
		return;
	for (int i = 0; i < count; i++) {
		if (!children[i].pid || !polled[i].revents)
			continue;
		ssize_t got = read(children[i].from, bytes, sizeof(bytes));

		if (got > 0)
			str_addn(&children[i].received, bytes, (size_t)got);
		else if (got == 0 || errno != EINTR)
			end_child(work, &children[i]);
	}
}

struct error *workers_run(const struct work *work, size_t count, int jobs)
{
	struct child children[256] = {0};
	struct error *err = NULL;
	size_t next = 0;
	int running;

	if (jobs > (int)ARRAY_LEN(children))
		jobs = ARRAY_LEN(children);
	do {
		running = 0;
		for (int i = 0; i < jobs; i++) {
			if (!children[i].pid && next < count && !err) {
				err = start_child(work, next, &children[i]);
				next++;
			}
			running += children[i].pid != 0;
		}
		if (running)
			serve(work, children, jobs);
	} while (running);
	return err;
}

int worker_default_jobs(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set) != 0)
		return 1;
	return CPU_COUNT(&set) > 0 ? CPU_COUNT(&set) : 1;
}
