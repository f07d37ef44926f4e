// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/find.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atlas/str.h"
#include "base/utf8.h"

/* As it can be shown anywhere: control characters and what is no UTF-8 as \xNN. */
static char *shown_path(const char *path)
{
	struct str text = {0};
	size_t length = strlen(path);

	str_add(&text, "");
	for (size_t at = 0; at < length;) {
		size_t bytes = utf8_length(path + at, length - at);
		unsigned char c = (unsigned char)path[at];

		if (bytes == 0 || c < ' ' || c == 0x7f) {
			str_addf(&text, "\\x%02x", c);
			at++;
		} else {
			str_addn(&text, path + at, bytes);
			at += bytes;
		}
	}
	return str_take(&text);
}

static void tell_progress(struct reading *reading, size_t found)
{
	const struct source_options *options = reading->options;

	/* The counts are other threads'; a progress line may be off by some. */
	if (options->progress && found % 64 == 0)
		options->progress(options->context, found, reading->old->count > found ? reading->old->count : 0);
}

/* What an FTSENT is, as a job; false: nothing to read. */
static bool job_of(const FTSENT *entry, const char *path, struct job *job)
{
	char link[4096];
	ssize_t length;

	*job = (struct job){0};
	switch (entry->fts_info) {
	case FTS_F:
		job->disk_path = xstrdup(entry->fts_path);
		job->size_bytes = (uint64_t)entry->fts_statp->st_size;
		job->time_ns = (uint64_t)entry->fts_statp->st_mtim.tv_sec * 1000000000ull +
			       (uint64_t)entry->fts_statp->st_mtim.tv_nsec;
		break;
	case FTS_SL:
	case FTS_SLNONE:
		length = readlink(entry->fts_path, link, sizeof(link) - 1);
		link[length > 0 ? length : 0] = '\0';
		job->link = shown_path(link);
		break;
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
		job->error = error_new(ERROR_IO, "cannot be read: %s", strerror(entry->fts_errno));
		break;
	case FTS_DEFAULT:
		job->error = error_new(ERROR_INPUT, "no regular file");
		break;
	default:
		return false;
	}
	job->path = shown_path(path);
	return true;
}

/* The state of a clone, and our own files, are no part of the tree. */
static bool is_foreign(const FTSENT *entry)
{
	return entry->fts_info == FTS_D && entry->fts_level > 0 &&
	       (strcmp(entry->fts_name, ".git") == 0 || strcmp(entry->fts_name, ".atlasgen") == 0);
}

static void note_version(struct reading *reading, const char *path, const char *text)
{
	if (!reading->version && strcmp(path, "Makefile") == 0)
		reading->version = makefile_version(text);
}

static void read_makefile(struct reading *reading)
{
	AUTO_FREE char *path = xasprintf("%s/Makefile", reading->place->path);
	char head[8192];
	FILE *file = fopen(path, "re");

	if (!file)
		return;
	head[fread(head, 1, sizeof(head) - 1, file)] = '\0';
	fclose(file);
	note_version(reading, "Makefile", head);
}

static struct error *walk(struct reading *reading, struct queue *queue)
{
	AUTO_FREE char *root = xstrdup(reading->place->path);
	char *const roots[] = {root, NULL};
	size_t root_length = strlen(root), found = 0;
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;
	struct job job;

	if (!fts)
		return error_errno("%s", root);
	for (errno = 0; (entry = fts_read(fts)); errno = 0) {
		const char *path = entry->fts_path + root_length;

		if (is_foreign(entry))
			fts_set(fts, entry, FTS_SKIP);
		while (*path == '/')
			path++;
		if (*path && !is_foreign(entry) && job_of(entry, path, &job)) {
			queue_put(queue, job);
			tell_progress(reading, ++found);
		}
	}
	int reason = errno;

	fts_close(fts);
	errno = reason;
	return reason ? error_errno("%s", root) : NULL;
}

/* Of a tree that was packed without a directory around it. */
static bool is_top_directory(const char *path)
{
	static const char *const names[] = {
		"arch/", "block/",    "certs/",	  "crypto/",   "Documentation/", "drivers/",  "fs/",  "include/",
		"init/", "io_uring/", "ipc/",	  "kernel/",   "lib/",		 "LICENSES/", "mm/",  "net/",
		"rust/", "samples/",  "scripts/", "security/", "sound/",	 "tools/",    "usr/", "virt/"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_starts(path, names[i]))
			return true;
	return false;
}

/* A release's tarball has all in one directory: its name, "linux-6.1/", is no part of the paths. */
struct stripping {
	char *prefix;
	bool decided;
};

static const char *stripped(struct stripping *stripping, const struct place *place, const struct tar_member *member)
{
	const char *path = member->path, *slash = strchr(path, '/');

	if (!stripping->decided) {
		stripping->decided = true;
		if (place->kind == PLACE_TARBALL && slash && member->kind == TAR_DIRECTORY && !is_top_directory(path))
			stripping->prefix = xstrndup(path, (size_t)(slash - path) + 1);
	}
	if (stripping->prefix && str_starts(path, stripping->prefix))
		path += strlen(stripping->prefix);
	return path;
}

static void put_member(struct reading *reading, struct queue *queue, struct tar *tar, const struct tar_member *member,
		       const char *path)
{
	struct job job = {.path = shown_path(path), .size_bytes = member->size_bytes};

	if (member->kind == TAR_LINK)
		job.link = shown_path(member->link);
	else if (member->kind == TAR_OTHER)
		job.error = error_new(ERROR_INPUT, "no regular file");
	else
		job.error = tar_read(tar, &job.text, &job.size_bytes);
	if (job.text)
		note_version(reading, path, job.text);
	queue_put(queue, job);
}

static struct error *read_members(struct reading *reading, struct queue *queue, struct tar *tar)
{
	struct stripping stripping = {0};
	struct tar_member member;
	struct error *err;
	size_t found = 0;
	bool have;

	while (!(err = tar_next(tar, &member, &have)) && have) {
		const char *path = stripped(&stripping, reading->place, &member);

		if (member.kind == TAR_REFUSED) {
			reading->counts.refused++;
		} else if (member.kind != TAR_DIRECTORY && *path) {
			put_member(reading, queue, tar, &member, path);
			tell_progress(reading, ++found);
		}
	}
	free(stripping.prefix);
	return err;
}

struct error *find_files(struct reading *reading, struct queue *queue)
{
	struct place_stream stream;

	if (reading->place->kind == PLACE_DIRECTORY) {
		read_makefile(reading);
		return walk(reading, queue);
	}
	TRY(place_stream_open(reading->place, &stream));
	struct error *err = read_members(reading, queue, stream.tar);
	struct error *closing = place_stream_close(reading->place, &stream, !err);

	if (err)
		error_free(closing);
	return err ? err : closing;
}
