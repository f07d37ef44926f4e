// SPDX-License-Identifier: GPL-2.0-or-later
#include "source/place.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <spawn.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "atlas/str.h"
#include "source/index_layout.h"

extern char **environ;

/* "6.1.176=" before a path; "./a=b" and "a=b" are paths. */
static const char *version_end(const char *argument)
{
	const char *at = argument;

	if (!isdigit((unsigned char)*at))
		return NULL;
	while (isalnum((unsigned char)*at) || strchr(".~+-_", *at ? *at : '/'))
		at++;
	return *at == '=' ? at : NULL;
}

/* git with its standard output into a pipe; what it complains of is ours to say. */
static struct error *run_git(const char *const *arguments, int *from, pid_t *child)
{
	posix_spawn_file_actions_t actions;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return error_errno("pipe");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	int failed = posix_spawnp(child, "git", &actions, NULL, (char *const *)(uintptr_t)arguments, environ);

	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	*from = ends[0];
	if (!failed)
		return NULL;
	close(ends[0]);
	errno = failed;
	return error_errno("git cannot be run");
}

static int wait_for(pid_t child)
{
	int status = 0;

	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static struct error *resolve_revision(struct place *place, const char *revision, struct arena *arena)
{
	char *commit = arena_printf(arena, "%s^{commit}", revision), line[128] = "";
	const char *const arguments[] = {
		"git", "-C", place->path, "rev-parse", "--quiet", "--verify", "--end-of-options", commit, NULL};
	size_t length = 0;
	pid_t child;
	int from;

	TRY(run_git(arguments, &from, &child));
	for (ssize_t got = 1; got > 0 && length<sizeof(line) - 1; length += got> 0 ? (size_t)got : 0)
		got = read(from, line + length, sizeof(line) - 1 - length);
	close(from);
	line[strcspn(line, "\n")] = '\0';
	if (wait_for(child) != 0 || strspn(line, "0123456789abcdef") != strlen(line) || strlen(line) < 40)
		return error_new(ERROR_INPUT, "%s: git finds no revision '%s' in it", place->path, revision);
	place->revision = arena_strdup(arena, line);
	place->identity = arena_printf(arena, "git %s", line);
	return NULL;
}

static struct error *read_git(const char *text, struct arena *arena, struct place *place, bool *is)
{
	const char *at = strrchr(text, '@');
	struct stat status;

	*is = false;
	if (!at || at == text || !at[1])
		return NULL;
	char *path = arena_strndup(arena, text, (size_t)(at - text));

	if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode))
		return NULL;
	*is = true;
	place->kind = PLACE_GIT;
	place->path = path;
	return resolve_revision(place, at + 1, arena);
}

struct error *place_read(const char *argument, struct arena *arena, struct place *place)
{
	const char *equals = version_end(argument);
	struct stat status;
	bool git;

	*place = (struct place){0};
	if (equals) {
		place->version = arena_strndup(arena, argument, (size_t)(equals - argument));
		argument = equals + 1;
	}
	place->name = place->path = arena_strdup(arena, argument);
	if (stat(argument, &status) != 0) {
		int reason = errno;

		TRY(read_git(argument, arena, place, &git));
		errno = reason;
		return git ? NULL : error_errno("%s", argument);
	}
	if (S_ISDIR(status.st_mode))
		return NULL;
	if (!S_ISREG(status.st_mode))
		return error_new(ERROR_INPUT, "%s: no directory, tarball or GITDIR@REVISION", argument);
	place->kind = PLACE_TARBALL;
	place->identity = arena_printf(arena, "tar %jd %jd.%09ld", (intmax_t)status.st_size,
				       (intmax_t)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
	return NULL;
}

const char *place_cache(const struct place *place, const char *directory, struct arena *arena)
{
	char real[PATH_MAX];
	const char *path = realpath(place->path, real) ? real : place->path;
	char *all = arena_printf(arena, "%d %s %s", place->kind, path, place->revision ? place->revision : "");

	return arena_printf(arena, "%s/source-%016" PRIx64 ".facts", directory, layout_hash(all, strlen(all)));
}

struct error *place_stream_open(const struct place *place, struct place_stream *stream)
{
	const char *const arguments[] = {"git", "-C", place->path, "archive", "--format=tar", place->revision, NULL};
	int from;

	*stream = (struct place_stream){0};
	if (place->kind == PLACE_TARBALL)
		return tar_open(place->path, &stream->tar);
	TRY(run_git(arguments, &from, &stream->child));
	struct error *err = tar_open_pipe(from, place->name, &stream->tar);

	if (err)
		error_free(place_stream_close(place, stream, false));
	return err;
}

struct error *place_stream_close(const struct place *place, struct place_stream *stream, bool whole)
{
	tar_close(stream->tar);
	stream->tar = NULL;
	if (!stream->child)
		return NULL;
	int status = wait_for(stream->child);

	stream->child = 0;
	if (!whole || status == 0)
		return NULL;
	return error_new(ERROR_INPUT, "%s: git archive of it failed", place->name);
}

/* `KEY = value` at the beginning of a line. */
static size_t makefile_value(const char *text, const char *key, const char **value)
{
	size_t length = strlen(key);

	for (const char *line = text; line && *line; line = strchr(line, '\n'), line += line ? 1 : 0) {
		if (strncmp(line, key, length) != 0)
			continue;
		const char *at = line + length + strspn(line + length, " \t");

		if (*at != '=')
			continue;
		at++;
		at += strspn(at, " \t");
		*value = at;
		return strcspn(at, " \t\r\n#");
	}
	return 0;
}

char *makefile_version(const char *text)
{
	static const char *const keys[] = {"VERSION", "PATCHLEVEL", "SUBLEVEL", "EXTRAVERSION"};
	struct str version = {0};

	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		const char *value;
		size_t length = makefile_value(text, keys[i], &value);

		if (length == 0 && i < 2) {
			str_free(&version);
			return NULL;
		}
		if (length && i > 0 && i < 3)
			str_addc(&version, '.');
		str_addn(&version, length ? value : "", length > 32 ? 32 : length);
	}
	return str_take(&version);
}
