// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "validate/booted.h"

struct error *booted_lines(struct booted_check *check, const char *name, enum check_group group,
			   struct error *(*each)(void *context, char *line), void *context, bool *there)
{
	AUTO_FREE char *path = xasprintf("%s/%s", check->input->directory, name);
	AUTO_FREE char *line = NULL;
	FILE *file = fopen(path, "re");
	struct error *err = NULL;
	size_t room = 0;
	ssize_t length;

	*there = file != NULL;
	if (!file && errno != ENOENT)
		return error_errno("%s", path);
	if (!file) {
		validation_add(check->validation, group, CHECK_UNCHECKED, name, "%s is missing", path);
		return NULL;
	}
	while (!err && (length = getline(&line, &room, file)) >= 0) {
		if (length && line[length - 1] == '\n')
			line[length - 1] = '\0';
		err = each(context, line);
	}
	if (!err && ferror(file))
		err = error_errno("%s", path);
	fclose(file);
	return err;
}
