// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/export_differences.h"

#include "atlas/str.h"

static bool is_exported(const struct function_export *side)
{
	return side->state == EXPORT_PLAIN || side->state == EXPORT_GPL;
}

static const char *how(const struct function_export *side)
{
	return side->state == EXPORT_GPL ? "EXPORT_SYMBOL_GPL" : "EXPORT_SYMBOL";
}

void differences_exports(struct arena *arena, const struct function_export *before, const struct function_export *after,
			 struct differences *differences)
{
	if (before->state == EXPORT_UNKNOWN || after->state == EXPORT_UNKNOWN)
		return;
	if (is_exported(before) != is_exported(after)) {
		bool now = is_exported(after);

		differences_add(differences, now ? CHANGE_EXPORTED : CHANGE_NOT_EXPORTED, now ? NULL : how(before),
				now ? how(after) : NULL);
		return;
	}
	if (!is_exported(after))
		return;
	if (before->state != after->state)
		differences_add(differences, after->state == EXPORT_GPL ? CHANGE_GPL_ONLY : CHANGE_NOT_GPL_ONLY, NULL,
				NULL);
	if (!str_eq(before->namespace ? before->namespace : "", after->namespace ? after->namespace : ""))
		differences_add(differences, CHANGE_NAMESPACE, before->namespace, after->namespace);
	if (before->crc && after->crc && before->crc != after->crc)
		differences_add(differences, CHANGE_CRC, arena_printf(arena, "0x%08x", before->crc),
				arena_printf(arena, "0x%08x", after->crc));
}
