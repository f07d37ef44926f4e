// SPDX-License-Identifier: GPL-2.0-or-later
/* Dependencies as a list a person writes: a line each, a kind and a name. */
#include <ctype.h>
#include <string.h>

#include "atlas/str.h"
#include "check/read.h"

static struct error *bad(const char *path, uint32_t line, const char *fmt, const char *what)
{
	AUTO_FREE char *text = xasprintf(fmt, what);

	return error_new(ERROR_INPUT, "%s:%u: %s", path, line, text);
}

static struct error *unknown_kind(const char *path, uint32_t line, const char *word)
{
	AUTO_STR struct str kinds = {0};

	for (int i = 0; i < DEPENDENCY_KIND_COUNT; i++)
		str_addf(&kinds, "%s%s", i ? ", " : "", dependency_kind_text((enum dependency_kind)i));
	return error_new(ERROR_INPUT, "%s:%u: no kind '%s'; a line is a kind and a name, the kinds are %s", path, line,
			 word, kinds.data);
}

/* "task_struct.se.vruntime": two names at least, none of them empty; a leading "struct " is not part of it. */
static bool is_field(const char *name)
{
	size_t dots = 0;

	for (const char *p = name; *p; p++) {
		if (*p != '.')
			continue;
		if (p == name || p[1] == '.' || !p[1])
			return false;
		dots++;
	}
	return dots > 0;
}

/* What a name may be made of: identifiers, "group/event", "pattern*", "f.part.0". */
static bool is_name(const char *name)
{
	for (const char *p = name; *p; p++)
		if (!isalnum((unsigned char)*p) && !strchr("_.*?[]/:$+", *p))
			return false;
	return true;
}

static struct error *check_name(const char *path, uint32_t line, enum dependency_kind kind, const char *name)
{
	if (kind == DEP_FIELD && strstr(name, "->"))
		return bad(
			path, line,
			"'%s': a path has dots and ends at a pointer; of A->b->c write A.b and STRUCT.c, each on its "
			"own line",
			name);
	if (!is_name(name))
		return bad(path, line, "'%s' is no name", name);
	if (strpbrk(name, "*?[") && kind != DEP_KPROBE_MULTI)
		return bad(path, line, "'%s': a pattern is for kprobe.multi only", name);
	if ((kind == DEP_FIELD || kind == DEP_ENUMERATOR) && !is_field(name))
		return bad(path, line,
			   kind == DEP_FIELD ? "'%s' is no field: write STRUCT.MEMBER"
					     : "'%s' is no enumerator: write ENUM.NAME",
			   name);
	return NULL;
}

static struct error *read_line(const char *path, uint32_t number, char *text, struct dependencies *dependencies)
{
	char *state = NULL;
	char *word = strtok_r(text, " \t\r", &state), *name = strtok_r(NULL, " \t\r", &state);
	enum dependency_kind kind;

	if (!word)
		return NULL;
	if (!dependency_kind_parse(word, &kind))
		return unknown_kind(path, number, word);
	if (!name)
		return bad(path, number, "'%s' needs a name", word);
	if (strtok_r(NULL, " \t\r", &state))
		return bad(path, number, "'%s': one name a line", name);
	TRY(check_name(path, number, kind, name));
	dependency_add(dependencies, kind, name, path, number);
	return NULL;
}

struct error *list_read(const char *path, const char *text, size_t length, struct dependencies *dependencies)
{
	const char *end = text + length;
	const char *file = arena_strdup(&dependencies->arena, path);

	/* Some editors begin a file with a byte order mark. */
	if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3;

	for (uint32_t number = 1; text < end; number++) {
		const char *eol = memchr(text, '\n', (size_t)(end - text));
		size_t left = eol ? (size_t)(eol - text) : (size_t)(end - text);

		if (memchr(text, '\0', left))
			return error_new(ERROR_INPUT,
					 "%s:%u: not text: check wants a list, a module (.ko) or an eBPF object", path,
					 number);
		AUTO_FREE char *line = xstrndup(text, left);

		line[strcspn(line, "#")] = '\0';
		TRY(read_line(file, number, line, dependencies));
		text += left + 1;
	}
	return NULL;
}
