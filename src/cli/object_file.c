// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/object_file.h"

#include <string.h>
#include <unistd.h>

#include "atlas/mem.h"

char *object_file_package(const char *path)
{
	const char *member = strchr(path, '!');

	if (access(path, F_OK) == 0)
		return NULL;
	/* A name may hold such a mark itself. */
	for (; member; member = strchr(member + 1, '!')) {
		char *package = xstrndup(path, (size_t)(member - path));

		if (access(package, F_OK) == 0)
			return package;
		free(package);
	}
	return NULL;
}

static struct error *read_member(const char *path, const char *package_path, struct package *package,
				 struct package_bytes *bytes)
{
	const char *wanted = path + strlen(package_path) + 1;
	struct package_member member;
	bool have;

	for (;;) {
		TRY(package_next(package, &member, &have));
		if (!have)
			return error_new(ERROR_INPUT, "%s: the package has no such member any more", path);
		if (member.kind != MEMBER_DAMAGED && strcmp(member.path, wanted) == 0)
			return package_read(package, bytes);
	}
}

static struct error *open_member(const char *path, const char *package_path, enum package_member_kind kind,
				 struct package_bytes *bytes)
{
	const struct package_options options = {.no_modules = kind == MEMBER_VMLINUX};
	struct package *package;

	TRY(package_open(package_path, &options, &package));
	struct error *err = read_member(path, package_path, package, bytes);

	package_close(package);
	return err;
}

struct error *object_file_open(const char *path, enum package_member_kind kind, struct object_file *file)
{
	AUTO_FREE char *package = object_file_package(path);
	enum input_kind input;

	*file = (struct object_file){0};
	if (package)
		return open_member(path, package, kind, &file->bytes);
	TRY(input_kind_of(path, &input));
	return input == INPUT_COMPRESSED ? file_bytes_open(path, kind, NULL, &file->bytes) : NULL;
}

void object_file_close(struct object_file *file)
{
	package_bytes_free(&file->bytes);
}
