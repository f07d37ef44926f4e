// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/embed.h"

#include <string.h>

struct embedded_file {
	const char *name;
	const unsigned char *bytes;
	size_t length;
};

#include "embedded_files.h"

const char *embedded(const char *path, size_t *length_bytes)
{
	for (const struct embedded_file *file = embedded_files; file->name; file++) {
		if (strcmp(file->name, path) != 0)
			continue;
		if (length_bytes)
			*length_bytes = file->length;
		return (const char *)file->bytes;
	}
	return NULL;
}

const char *embedded_name(size_t n)
{
	return n < sizeof(embedded_files) / sizeof(embedded_files[0]) ? embedded_files[n].name : NULL;
}
