/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the lists of functions say: per name and image one word of flags, gathered while pages are made. */
#ifndef ATLAS_RENDER_MARKS_H
#define ATLAS_RENDER_MARKS_H

#include "atlas/groups.h"
#include "page.h"

/* In the order they are told. */
#define MARKS(X)                            \
	X(DUPLICATE, "Duplicate")           \
	X(COLLISION, "Collision")           \
	X(FULL, "Full Inline")              \
	X(NO_SYMBOL, "No symbol")           \
	X(SELECTIVE, "Selective Inline")    \
	X(TRANSFORMED, "Transformation")    \
	X(SYMBOL_ONLY, "symbol only")       \
	X(DECLARED, "only declared")        \
	X(MACRO, "macro")                   \
	X(ABSENT, "Absent")                 \
	X(NOT_IN_VMLINUX, "not in vmlinux") \
	X(UNKNOWN, "not read or not imported")

#define ENUM_MEMBER(id, text) MARK_##id,
enum mark { MARKS(ENUM_MEMBER) MARK_COUNT };
#undef ENUM_MEMBER

typedef uint16_t marks; /* bit per enum mark; none: there, and no issue */

marks marks_of(const struct page_input *input, size_t image);
/* "Full Inline (3 of 17), Absent (2 of 17)"; "none" if no image of the group has a mark. */
const char *marks_text(struct arena *arena, const marks *of_images, const struct group *group);

#endif
