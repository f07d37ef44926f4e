// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atlas/worker.h"
#include "source/find.h"
#include "source/parse.h"
#include "source/syntax.h"

#define MAX_THREADS 64
/* What is larger is no source and is not read. */
#define MAX_FILE_BYTES (256u << 20)

struct pool {
	struct reading *reading;
	struct queue queue;
	pthread_mutex_t lock; /* of the writer and the counts */
};

struct worker {
	struct pool *pool;
	struct syntax *syntax;
	struct arena arena;
	struct str packed;
	pthread_t thread;
};

static struct error *read_open_file(int fd, struct job *job)
{
	struct stat status;

	if (fstat(fd, &status) != 0)
		return error_errno("cannot be looked at");
	if (!S_ISREG(status.st_mode))
		return error_new(ERROR_INPUT, "no regular file");
	if (status.st_size > MAX_FILE_BYTES)
		return error_new(ERROR_INPUT, "%jd bytes are too many for a source file", (intmax_t)status.st_size);
	size_t size = (size_t)status.st_size, length = 0;

	job->text = xmalloc(size + 1);
	while (length < size) {
		ssize_t got = read(fd, job->text + length, size - length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_errno("cannot be read");
		/* It shrank while it was read: what there is counts. */
		if (got == 0)
			break;
		length += (size_t)got;
	}
	job->text[length] = '\0';
	job->size_bytes = length;
	return NULL;
}

static void load(struct job *job)
{
	/* No link is followed, no named pipe waited for. */
	int fd = open(job->disk_path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (fd < 0) {
		job->error = error_errno("cannot be opened");
		return;
	}
	job->error = read_open_file(fd, job);
	close(fd);
}

static bool wants(const struct pool *pool, const char *path)
{
	const struct source_options *options = pool->reading->options;

	return parse_is_c(path) && (!options->wanted || options->wanted(options->context, path));
}

/* The facts an earlier run has of the file; NULL: none that will do. */
static const struct index_entry *known(const struct pool *pool, const struct job *job, bool wanted, bool by_content,
				       uint64_t content)
{
	const struct index *old = pool->reading->old;
	size_t at = index_find(old, job->path);

	if (at == SIZE_MAX)
		return NULL;
	const struct index_entry *entry = &old->entries[at];
	bool same = by_content ? entry->content == content : job->time_ns && entry->time_ns == job->time_ns;

	if (!same || entry->size_bytes != job->size_bytes || (wanted && entry->c_state == 1 + SOURCE_LISTED) ||
	    entry->c_state == 1 + SOURCE_UNREAD || !index_intact(old, entry))
		return NULL;
	return entry;
}

static void hand_over(struct pool *pool, const struct index_entry *entry, const void *bytes, bool cached)
{
	struct source_counts *counts = &pool->reading->counts;

	pthread_mutex_lock(&pool->lock);
	index_add(pool->reading->writer, entry, bytes);
	counts->files++;
	if (entry->c_state) {
		counts->c_files++;
		if (entry->c_state == 1 + SOURCE_PARSED)
			cached ? counts->cached++ : counts->parsed++;
	}
	pthread_mutex_unlock(&pool->lock);
}

static void reuse(struct pool *pool, const struct job *job, const struct index_entry *entry)
{
	struct index_entry mine = *entry;

	mine.time_ns = job->time_ns;
	hand_over(pool, &mine, pool->reading->old->map + entry->at, true);
}

static void describe_error(struct worker *worker, const struct job *job, struct source_file *file)
{
	struct source_problem *problem = arena_zalloc(&worker->arena, sizeof(*problem));

	*problem = (struct source_problem){.kind = PROBLEM_READ, .text = job->error->text};
	*file = (struct source_file){.path = job->path,
				     .state = SOURCE_UNREAD,
				     .size_bytes = job->size_bytes,
				     .is_c = parse_is_c(job->path),
				     .problems = problem,
				     .problem_count = 1};
}

static void read_facts(struct worker *worker, const struct job *job, bool wanted, uint64_t content)
{
	struct index_entry entry = {
		.path = job->path, .size_bytes = job->size_bytes, .time_ns = job->time_ns, .content = content};
	struct source_file file;

	if (job->link)
		file = (struct source_file){
			.path = job->path, .state = SOURCE_LINK, .link = job->link, .is_c = parse_is_c(job->path)};
	else if (job->error)
		describe_error(worker, job, &file);
	else
		parse_file(worker->syntax, job->path, job->text, job->size_bytes, wanted, &worker->arena, &file);
	entry.c_state = file.is_c ? 1 + (uint64_t)file.state : 0;
	str_clear(&worker->packed);
	index_pack(&file, &worker->packed, &entry);
	hand_over(worker->pool, &entry, worker->packed.data, false);
	arena_reset(&worker->arena);
}

static void work_on(struct worker *worker, struct job *job)
{
	struct pool *pool = worker->pool;
	bool wanted = wants(pool, job->path);
	const struct index_entry *entry = NULL;
	uint64_t content = 0;

	if (!job->error && !job->link)
		entry = known(pool, job, wanted, false, 0);
	if (!entry && job->disk_path && !job->error && !job->link)
		load(job);
	if (!entry && job->text && !job->error) {
		content = layout_hash(job->text, job->size_bytes);
		entry = known(pool, job, wanted, true, content);
	}
	if (entry)
		reuse(pool, job, entry);
	else
		read_facts(worker, job, wanted, content);
}

static void *run_worker(void *context)
{
	struct worker *worker = context;
	struct job job;

	while (queue_take(&worker->pool->queue, &job)) {
		work_on(worker, &job);
		job_free(&job);
	}
	return NULL;
}

static void start(struct worker *worker, struct pool *pool)
{
	*worker = (struct worker){.pool = pool, .syntax = syntax_new()};
	arena_init(&worker->arena);
}

static void finish(struct worker *worker)
{
	syntax_free(worker->syntax);
	arena_fini(&worker->arena);
	str_free(&worker->packed);
}

static struct error *start_threads(struct pool *pool, struct worker *workers, int jobs, int *running)
{
	struct error *err = NULL;

	while (*running < jobs && !err) {
		struct worker *worker = &workers[*running];

		start(worker, pool);
		int failed = pthread_create(&worker->thread, NULL, run_worker, worker);

		if (!failed) {
			++*running;
			continue;
		}
		finish(worker);
		errno = failed;
		err = *running ? NULL : error_errno("cannot start a thread");
		break;
	}
	return err;
}

struct error *reader_run(struct reading *reading)
{
	struct worker workers[MAX_THREADS];
	struct pool *pool = xmalloc(sizeof(*pool));
	int jobs = reading->options->jobs > 0 ? reading->options->jobs : worker_default_jobs(), running = 0;

	parse_init();
	pool->reading = reading;
	queue_init(&pool->queue);
	pthread_mutex_init(&pool->lock, NULL);
	struct error *err = start_threads(pool, workers, jobs < MAX_THREADS ? jobs : MAX_THREADS, &running);

	if (!err)
		err = find_files(reading, &pool->queue);
	queue_end(&pool->queue);
	for (int i = 0; i < running; i++) {
		pthread_join(workers[i].thread, NULL);
		finish(&workers[i]);
	}
	pthread_mutex_destroy(&pool->lock);
	queue_fini(&pool->queue);
	free(pool);
	return err;
}
