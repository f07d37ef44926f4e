// SPDX-License-Identifier: GPL-2.0-or-later
#include "objects.h"

#include <string.h>

#include "atlas/lookup.h"
#include "atlas/presence.h"
#include "text.h"

struct error *objects_read(struct store *store, struct arena *arena, const struct image *images, size_t image_count,
			   const char *name, const struct function **functions, struct object_functions *objects)
{
	for (size_t i = 0; i < image_count; i++) {
		TRY(store_functions(store, arena, &images[i], name, &objects[i].items, &objects[i].count));
		functions[i] = objects[i].count ? objects[i].items[0] : NULL;
	}
	return NULL;
}

struct error *objects_summary(struct store *store, struct arena *arena, const struct image *images, size_t image_count,
			      const char *name, const struct function **functions, struct object_functions *objects)
{
	for (size_t i = 0; i < image_count; i++) {
		TRY(store_summary_functions(store, arena, &images[i], name, &objects[i].items, &objects[i].count));
		/* What is only imported or mentioned there has no rows of its own to sum up. */
		if (!objects[i].count || !function_was_read(objects[i].items[0]))
			TRY(store_functions(store, arena, &images[i], name, &objects[i].items, &objects[i].count));
		functions[i] = objects[i].count ? objects[i].items[0] : NULL;
	}
	return NULL;
}

bool object_is_module(const struct function *function)
{
	return !function->object || strcmp(function->object, "vmlinux") != 0;
}

const char *object_name(const struct function *function)
{
	return function->object ? function->object : "imported";
}

const char *object_address(struct arena *arena, const char *section, uint64_t address)
{
	if (!section)
		return text_hex(arena, address);
	return arena_printf(arena, "%s+0x%s", text_visible(arena, section), text_hex(arena, address));
}
