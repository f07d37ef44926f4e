/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file that an object of the atlas was read from, wherever it is: plain, compressed, or in a package. */
#ifndef CLI_OBJECT_FILE_H
#define CLI_OBJECT_FILE_H

#include "atlas/package.h"

struct object_file {
	struct package_bytes bytes; /* `data` NULL: it is a plain file, to be read at its path */
};

/* `path` as the atlas keeps it: of what is in a package "PACKAGE!MEMBER". */
struct error *object_file_open(const char *path, enum package_member_kind kind, struct object_file *file) MUST_CHECK;
void object_file_close(struct object_file *file);

/* The package's own path, which the caller frees; NULL if `path` is that of a file. */
char *object_file_package(const char *path);

#endif
