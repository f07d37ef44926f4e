// SPDX-License-Identifier: GPL-2.0-or-later
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atlas/mem.h"

static bool is_dir(const char *path)
{
	struct stat status;
	bool dir = stat(path, &status) == 0 && S_ISDIR(status.st_mode);

	errno = ENOTDIR;
	return dir;
}

struct error *writer_make_dir(const char *path)
{
	AUTO_FREE char *copy = xstrdup(path);

	for (char *p = copy + 1; *copy; p++) {
		bool last = *p == '\0';

		if (*p != '/' && !last)
			continue;
		*p = '\0';
		if (mkdir(copy, 0777) != 0 && !(errno == EEXIST && is_dir(copy)))
			return error_errno("%s", copy);
		if (last)
			break;
		*p = '/';
	}
	return NULL;
}

/* Does the file hold just these bytes? */
static bool holds(const char *path, const struct str *text)
{
	struct stat status;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool same =
		fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && (size_t)status.st_size == text->length;

	for (size_t at = 0; same && at < text->length;) {
		char buffer[16384];
		ssize_t got = read(fd, buffer, sizeof(buffer));

		same = got > 0 && (size_t)got <= text->length - at && memcmp(buffer, text->data + at, (size_t)got) == 0;
		at += same ? (size_t)got : 0;
	}
	if (fd >= 0)
		close(fd);
	return same;
}

static struct error *write_all(int fd, const char *path, const struct str *text)
{
	for (size_t at = 0; at < text->length;) {
		ssize_t put = write(fd, text->data + at, text->length - at);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return error_errno("%s", path);
		at += (size_t)put;
	}
	return NULL;
}

static struct error *write_aside(const char *aside, const char *path, const struct str *text)
{
	int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
	int fd = open(aside, flags, 0666);

	/* Left by a process that was killed and had our number. */
	if (fd < 0 && errno == EEXIST && unlink(aside) == 0)
		fd = open(aside, flags, 0666);
	if (fd < 0)
		return error_errno("%s", path);
	struct error *err = write_all(fd, path, text);

	if (close(fd) != 0 && !err)
		err = error_errno("%s", path);
	if (!err && rename(aside, path) != 0)
		err = error_errno("%s", path);
	if (err)
		unlink(aside);
	return err;
}

struct error *writer_write(const char *path, const struct str *text)
{
	if (holds(path, text))
		return NULL;
	const char *name = strrchr(path, '/');
	int dir_length = name ? (int)(name + 1 - path) : 0;
	AUTO_FREE char *aside = xasprintf("%.*s.atlasgen-%ld", dir_length, path, (long)getpid());

	return write_aside(aside, path, text);
}
