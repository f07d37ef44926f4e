// SPDX-License-Identifier: GPL-2.0-or-later
#include "package/source.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atlas/mem.h"

#define BLOCK_BYTES (256u << 10)

static struct error *check_file(struct file_source *file)
{
	struct stat status;

	if (fstat(file->fd, &status) != 0)
		return error_errno("%s", file->path);
	if (!S_ISREG(status.st_mode))
		return error_new(ERROR_INPUT, "%s: not a regular file", file->path);
	file->size_bytes = (uint64_t)status.st_size;
	return NULL;
}

struct error *file_source_open(const char *path, struct file_source *file)
{
	*file = (struct file_source){.path = path};
	file->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (file->fd < 0)
		return error_errno("%s", path);
	struct error *err = check_file(file);

	if (err)
		file_source_close(file);
	else
		file->buffer = xmalloc(BLOCK_BYTES);
	return err;
}

void file_source_close(struct file_source *file)
{
	if (file->fd >= 0)
		close(file->fd);
	free(file->buffer);
	file->buffer = NULL;
	file->fd = -1;
}

struct error *file_source_read(void *context, const unsigned char **block, size_t *size_bytes)
{
	struct file_source *file = context;
	ssize_t got;

	do
		got = read(file->fd, file->buffer, BLOCK_BYTES);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return error_errno("reading at offset 0x%llx", (unsigned long long)file->position);
	file->position += (uint64_t)got;
	*block = file->buffer;
	*size_bytes = (size_t)got;
	return NULL;
}
