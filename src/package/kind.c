// SPDX-License-Identifier: GPL-2.0-or-later
#include "package/kind.h"

#include <string.h>

#include "atlas/mem.h"
#include "atlas/str.h"

static bool is_module(const char *name)
{
	static const char *const endings[] = {".ko", ".ko.debug", ".ko.xz", ".ko.zst", ".ko.gz"};

	for (size_t i = 0; i < ARRAY_LEN(endings); i++)
		if (str_ends(name, endings[i]) && name[0] != '.')
			return true;
	return false;
}

/* Whether `path` up to `end` has `name` as its last directory. */
static bool in_directory(const char *path, const char *end, const char *name)
{
	size_t length = strlen(name);

	if (end == path)
		return false;
	end--; /* the slash */
	return (size_t)(end - path) >= length && strncmp(end - length, name, length) == 0 &&
	       ((size_t)(end - path) == length || end[-(ptrdiff_t)length - 1] == '/');
}

/*
 * boot/vmlinux-RELEASE, lib/modules/RELEASE/vmlinux and lib/modules/RELEASE/build/vmlinux,
 * each below usr/lib/debug or not; a build tree's own vmlinux; the same of a tar made anywhere.
 */
static bool is_kernel(const char *path, const char *name)
{
	static const char *const packed[] = {"", ".debug", ".xz", ".zst", ".gz"};

	for (size_t i = 0; i < ARRAY_LEN(packed); i++)
		if (str_starts(name, "vmlinux") && str_eq(name + 7, packed[i]))
			return true;
	return str_starts(name, "vmlinux-") &&
	       (name == path || in_directory(path, name, "boot") || in_directory(path, name, "debug"));
}

bool path_kind(const char *path, enum package_member_kind *kind)
{
	while (str_starts(path, "./"))
		path += 2;
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	if (is_module(name))
		*kind = MEMBER_MODULE;
	else if (is_kernel(path, name))
		*kind = MEMBER_VMLINUX;
	else
		return false;
	return true;
}

char *path_shown(const char *path)
{
	AUTO_STR struct str shown = {0};

	while (str_starts(path, "./"))
		path += 2;
	for (const char *p = path; *p; p++) {
		unsigned char c = (unsigned char)*p;

		if (c < 0x20 || c > 0x7e)
			str_addf(&shown, "\\x%02x", c);
		else
			str_addc(&shown, *p);
	}
	return str_take(&shown);
}
