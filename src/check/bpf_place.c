// SPDX-License-Identifier: GPL-2.0-or-later
/* Where the source of an instruction stands. */
#include <string.h>
#include <unistd.h>

#include "atlas/str.h"
#include "check/bpf.h"

/* Compilers write whole paths; what lies below the working directory is told from there, as a repository names it. */
static const char *from_here(const char *file)
{
	AUTO_FREE char *here = getcwd(NULL, 0);
	size_t length = here ? strlen(here) : 0;

	if (length > 1 && strncmp(file, here, length) == 0 && file[length] == '/')
		return file + length + 1;
	return str_starts(file, "./") ? file + 2 : file;
}

void bpf_place(const struct bpf_reading *reading, const char *section, uint64_t offset, const char **file,
	       uint32_t *line)
{
	const struct bpf_line *found = bpf_line_at(&reading->object, section, offset);

	*file = reading->path;
	*line = 0;
	if (found) {
		*file = arena_strdup(&reading->dependencies->arena, from_here(found->file));
		*line = found->line;
	}
}
