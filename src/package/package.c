// SPDX-License-Identifier: GPL-2.0-or-later
/* A thread reads members into a queue of bounded size; the caller takes them out. */
#include "atlas/package.h"

#include <pthread.h>

#include "atlas/mem.h"
#include "package/members.h"

#define AHEAD_BYTES (64u << 20)

struct item {
	struct item *next;
	struct member_head head;
	struct package_bytes bytes;
	struct error *broken; /* instead of bytes */
};

struct package {
	char *path;
	struct package_options options;
	struct members members; /* the thread's */
	pthread_t thread;
	bool started;
	_Atomic bool stop;

	pthread_mutex_t lock; /* for what follows */
	pthread_cond_t changed;
	struct item *first, *last;
	size_t queued_bytes; /* of modules */
	bool ended;
	struct error *end; /* why, NULL: the archive's end */

	struct item *current; /* the caller's from here on */
	uint64_t handed_out;
};

static void item_free(struct item *item)
{
	if (!item)
		return;
	free(item->head.path);
	package_bytes_free(&item->bytes);
	error_free(item->broken);
	free(item);
}

/* A vmlinux does not count: it is read as soon as it comes, its reader waits for nothing else. */
static size_t cost(const struct item *item)
{
	return item->bytes.in_file ? 0 : item->bytes.size_bytes;
}

/* Before reading a module: until there is room for it, or nothing else is queued. */
static bool wait_for_room(struct package *package, const struct member_head *head)
{
	pthread_mutex_lock(&package->lock);
	while (!package->stop && head->kind != MEMBER_VMLINUX && package->queued_bytes &&
	       package->queued_bytes + head->size_bytes > package->options.ahead_bytes)
		pthread_cond_wait(&package->changed, &package->lock);
	pthread_mutex_unlock(&package->lock);
	return !package->stop;
}

static void push(struct package *package, struct item *item)
{
	pthread_mutex_lock(&package->lock);
	if (package->last)
		package->last->next = item;
	else
		package->first = item;
	package->last = item;
	package->queued_bytes += cost(item);
	pthread_cond_broadcast(&package->changed);
	pthread_mutex_unlock(&package->lock);
}

static struct error *read_item(struct package *package, struct item *item, bool *have)
{
	bool passed;

	do {
		TRY(members_next(&package->members, &item->head, have));
		passed = *have && package->options.no_modules && item->head.kind == MEMBER_MODULE;
		if (passed) {
			free(item->head.path);
			item->head.path = NULL;
		}
	} while (passed && !package->stop);
	if (*have && !wait_for_room(package, &item->head))
		*have = false;
	return *have ? members_read(&package->members, &item->head, &item->bytes, &item->broken) : NULL;
}

static struct error *read_one(struct package *package, bool *have)
{
	struct item *item = xcalloc(1, sizeof(*item));
	struct error *err = read_item(package, item, have);

	if (err || !*have) {
		item_free(item);
		return err;
	}
	if (package->options.no_modules && item->head.kind == MEMBER_VMLINUX && !item->broken)
		*have = false; /* the last one */
	push(package, item);   /* from here on the caller's */
	return NULL;
}

static void *read_all(void *context)
{
	struct package *package = context;
	struct error *err = NULL;
	bool have = true;

	while (have && !err)
		err = read_one(package, &have);
	pthread_mutex_lock(&package->lock);
	package->end = err;
	package->ended = true;
	pthread_cond_broadcast(&package->changed);
	pthread_mutex_unlock(&package->lock);
	return NULL;
}

struct error *package_open(const char *path, const struct package_options *options, struct package **package)
{
	struct package *p = xcalloc(1, sizeof(*p));

	if (options)
		p->options = *options;
	if (!p->options.ahead_bytes)
		p->options.ahead_bytes = AHEAD_BYTES;
	p->path = xstrdup(path);
	p->members.file.fd = -1;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->changed, NULL);
	struct error *err = members_open(p->path, &p->options.limits, &p->stop, &p->members);

	if (!err) {
		p->started = pthread_create(&p->thread, NULL, read_all, p) == 0;
		if (!p->started)
			err = error_new(ERROR_IO, "%s: cannot start a thread to read it", path);
	}
	if (err)
		package_close(p);
	else
		*package = p;
	return err;
}

void package_close(struct package *package)
{
	if (!package)
		return;
	pthread_mutex_lock(&package->lock);
	package->stop = true;
	pthread_cond_broadcast(&package->changed);
	pthread_mutex_unlock(&package->lock);
	if (package->started)
		pthread_join(package->thread, NULL);
	while (package->first) {
		struct item *item = package->first;

		package->first = item->next;
		item_free(item);
	}
	item_free(package->current);
	error_free(package->end);
	members_close(&package->members);
	pthread_mutex_destroy(&package->lock);
	pthread_cond_destroy(&package->changed);
	free(package->path);
	free(package);
}

/* NULL: there is none, and `end` says why. */
static struct item *pop(struct package *package, struct error **end)
{
	pthread_mutex_lock(&package->lock);
	while (!package->first && !package->ended)
		pthread_cond_wait(&package->changed, &package->lock);
	struct item *item = package->first;

	if (item) {
		package->first = item->next;
		if (!package->first)
			package->last = NULL;
		package->queued_bytes -= cost(item);
		pthread_cond_broadcast(&package->changed);
	} else {
		*end = package->end;
		package->end = NULL;
	}
	pthread_mutex_unlock(&package->lock);
	return item;
}

struct error *package_next(struct package *package, struct package_member *member, bool *have)
{
	struct error *end = NULL;

	*have = false;
	item_free(package->current);
	package->current = pop(package, &end);
	if (!package->current) {
		if (end || package->handed_out)
			return end;
		package->handed_out++; /* said once */
		return error_new(ERROR_INPUT,
				 "%s: no kernel in this package: neither a vmlinux nor a module among %llu members",
				 package->path, (unsigned long long)package->members.seen);
	}
	package->handed_out++;
	*member = (struct package_member){
		.kind = package->current->head.kind,
		.path = package->current->head.path,
		.size_bytes = package->current->head.size_bytes,
	};
	*have = true;
	return NULL;
}

struct error *package_read(struct package *package, struct package_bytes *bytes)
{
	struct item *item = package->current;
	struct error *broken = item->broken;

	item->broken = NULL;
	if (broken)
		return broken;
	*bytes = item->bytes;
	item->bytes = (struct package_bytes){0};
	return NULL;
}

void package_progress(const struct package *package, uint64_t *read_bytes, uint64_t *total_bytes)
{
	*read_bytes = package->members.file.position;
	*total_bytes = package->members.file.size_bytes;
}
