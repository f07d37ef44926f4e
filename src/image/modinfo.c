// SPDX-License-Identifier: GPL-2.0-or-later
#include "image/modinfo.h"

#include <string.h>

/* The values of "KEY=" in .modinfo, a run of NUL-terminated strings: the first, or all with a space between. */
static const char *find(struct elf_image *image, const struct section *section, const char *key, bool all)
{
	const char *at = (const char *)section->data, *end = at + section->size_bytes;
	const char *found = NULL;
	size_t length = strlen(key);

	while (at && at < end) {
		size_t left = (size_t)(end - at), text = strnlen(at, left);

		if (text > length && memcmp(at, key, length) == 0 && at[length] == '=' && (all || !found)) {
			const char *value = arena_strndup(&image->arena, at + length + 1, text - length - 1);

			found = found ? arena_printf(&image->arena, "%s %s", found, value) : value;
		}
		at += text + 1;
	}
	return found;
}

/* "drivers/md/dm-mod.ko.xz": the kernel calls it dm_mod. */
static const char *name_of_file(struct elf_image *image)
{
	const char *slash = strrchr(image->path, '/'), *base = slash ? slash + 1 : image->path;
	char *name = arena_strndup(&image->arena, base, strcspn(base, "."));

	for (char *p = name; *p; p++)
		if (*p == '-')
			*p = '_';
	return name;
}

struct error *elf_image_modinfo(struct elf_image *image, struct modinfo *info)
{
	struct section *section;

	*info = (struct modinfo){0};
	TRY(elf_image_load(image, ".modinfo", &section));
	if (section && section->data) {
		info->name = find(image, section, "name", false);
		info->vermagic = find(image, section, "vermagic", false);
		info->license = find(image, section, "license", false);
		info->namespaces = find(image, section, "import_ns", true);
	}
	if (info->vermagic)
		info->release = arena_strndup(&image->arena, info->vermagic, strcspn(info->vermagic, " "));
	if (!info->name || !*info->name)
		info->name = name_of_file(image);
	return NULL;
}
