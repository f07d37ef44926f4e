// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * libdebuginfod is loaded when it is asked for, not linked: it brings libcurl and
 * thirty more libraries along, and this program speaks to no network unless told to.
 */
#include "image/debuginfod.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIBRARY "libdebuginfod.so.1"

struct client;

struct library {
	struct client *(*begin)(void);
	int (*find)(struct client *client, const unsigned char *build_id, int length, char **path);
	void (*end)(struct client *client);
};

static struct error *load(struct library *library)
{
	void *handle = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);

	if (!handle)
		return error_new(ERROR_IO, LIBRARY " is not installed (Debian: libdebuginfod1)");
	*(void **)&library->begin = dlsym(handle, "debuginfod_begin");
	*(void **)&library->find = dlsym(handle, "debuginfod_find_debuginfo");
	*(void **)&library->end = dlsym(handle, "debuginfod_end");
	if (library->begin && library->find && library->end)
		return NULL;
	return error_new(ERROR_IO, LIBRARY " lacks functions of its interface");
}

static struct error *fetch(const struct library *library, const char *build_id, const char *servers, char **path)
{
	struct client *client = library->begin();

	if (!client)
		return error_new(ERROR_IO, LIBRARY " cannot start");
	/* A length of 0: the build id is text. */
	int result = library->find(client, (const unsigned char *)build_id, 0, path);

	library->end(client);
	if (result >= 0) {
		close(result);
		return NULL;
	}
	return error_new(ERROR_IO, "build id %s from %s: %s", build_id, servers,
			 result == -ENOENT ? "no server has it" : strerror(-result));
}

struct error *debuginfod_fetch(const char *build_id, char **path)
{
	const char *servers = getenv("DEBUGINFOD_URLS");
	struct library library = {0};

	if (!servers || !*servers)
		return error_new(ERROR_IO, "no server to ask: DEBUGINFOD_URLS is not set");
	TRY(load(&library));
	/* It stays loaded: its libraries' threads and exit handlers do not like to be taken away. */
	return fetch(&library, build_id, servers, path);
}
