// SPDX-License-Identifier: GPL-2.0-or-later
#include "dwarf/paths.h"

#include <string.h>

/*
 * Removes ".", "..", doubled slashes and the final one, in place, up to the byte
 * at `verbatim`; from there only "." and slashes go.  A leading ".." of a
 * relative path stays.
 */
static void normalise(struct str *path, size_t verbatim)
{
	bool absolute = path->data[0] == '/';
	char *in = path->data, *out = path->data + absolute, *start = out;

	while (*in) {
		while (*in == '/')
			in++;
		size_t length = strcspn(in, "/");

		if (length == 1 && in[0] == '.') {
			in++;
			continue;
		}
		if (length == 2 && in[0] == '.' && in[1] == '.' && (size_t)(in - path->data) < verbatim) {
			char *last = out;

			while (last > start && last[-1] != '/')
				last--;
			bool parent = out > start && !(out - last == 2 && memcmp(last, "..", 2) == 0);

			if (parent || absolute) {
				out = last > start ? last - 1 : start;
				in += 2;
				continue;
			}
		}
		if (length == 0)
			break;
		if (out > start)
			*out++ = '/';
		memmove(out, in, length);
		out += length;
		in += length;
	}
	path->length = (size_t)(out - path->data);
	path->data[path->length] = '\0';
}

/* Length of `prefix` (slashes included) at the start of the path, `*` in it standing for one component; 0: no match. */
static size_t match_prefix(const char *path, const char *prefix)
{
	const char *at = path;

	for (; *prefix; prefix++) {
		if (*prefix == '*') {
			size_t length = strcspn(at, "/");

			if (!at[length])
				return 0;
			at += length;
		} else if (*at++ != *prefix) {
			return 0;
		}
	}
	return (size_t)(at - path);
}

static size_t prefix_length(const struct path_roots *roots, const char *path)
{
	static const char *const known[] = {"/build/*/linux-*/", "/build/linux-*/", "/usr/src/linux-*/",
					    "debian/build/build_*/"};

	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		size_t length = match_prefix(path, known[i]);

		if (length)
			return length;
	}
	for (size_t i = 0; i < roots->roots.count; i++)
		if (str_starts(path, roots->roots.items[i]))
			return strlen(roots->roots.items[i]);
	return 0;
}

/* Joins as a shell would; a later absolute part wins. */
static void join(const char *const *parts, size_t count, struct str *out)
{
	str_clear(out);
	for (size_t i = 0; i < count; i++) {
		if (!parts[i] || !*parts[i])
			continue;
		if (parts[i][0] == '/')
			str_clear(out);
		else if (out->length)
			str_addc(out, '/');
		str_add(out, parts[i]);
	}
	str_add(out, "");
}

/* Where the leading "../" and "./" of a path end. */
static size_t leading_dots(const char *path)
{
	const char *at = path;

	while (str_starts(at, "./") || str_starts(at, "../"))
		at += strcspn(at, "/") + 1;
	return (size_t)(at - path);
}

static void cut_prefixes(const struct path_roots *roots, struct str *out)
{
	for (size_t length; (length = prefix_length(roots, out->data)) && length < out->length;) {
		memmove(out->data, out->data + length, out->length - length + 1);
		out->length -= length;
	}
}

void path_clean(const struct path_roots *roots, const char *comp_dir, const char *name, struct str *out)
{
	const char *parts[] = {comp_dir, name};

	join(parts, ARRAY_LEN(parts), out);
	normalise(out, SIZE_MAX);
	cut_prefixes(roots, out);
}

void path_locate(const struct path_roots *roots, const char *comp_dir, const char *directory, const char *name,
		 struct str *out)
{
	const char *parts[] = {comp_dir, directory, name};
	const char *relative = directory && *directory ? directory : name;

	join(parts, ARRAY_LEN(parts), out);
	/* What the line table spells behind the compilation directory stays as it is spelled. */
	size_t tail = strlen(name) + (relative == directory && name[0] != '/' ? strlen(directory) + 1 : 0);
	size_t verbatim = out->length > tail ? out->length - tail : 0;

	if (name[0] != '/')
		verbatim += leading_dots(relative);
	normalise(out, verbatim);
	cut_prefixes(roots, out);
}

static void add_root(struct path_roots *roots, const char *path, size_t length)
{
	if (length < 2)
		return;
	char *root = xstrndup(path, length + 1);

	root[length] = '/';
	root[length + (path[length - 1] != '/')] = '\0';
	vec_add(&roots->roots, root);
}

void path_roots_learn(struct path_roots *roots, const char *name, const char *comp_dir)
{
	static const struct path_roots none;
	AUTO_STR struct str path = {0};

	if (!name || !str_ends(name, "init/main.c"))
		return;
	path_clean(&none, comp_dir, name, &path);
	if (str_ends(path.data, "/init/main.c"))
		add_root(roots, path.data, path.length - strlen("/init/main.c"));
	if (comp_dir && comp_dir[0] == '/') {
		path_clean(&none, comp_dir, NULL, &path);
		add_root(roots, path.data, path.length);
	}
}

void path_roots_free(struct path_roots *roots)
{
	for (size_t i = 0; i < roots->roots.count; i++)
		free((void *)(uintptr_t)roots->roots.items[i]);
	vec_free(&roots->roots);
}
