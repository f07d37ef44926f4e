/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the lists of functions say: per name and image one word of flags, gathered while pages are made. */
#ifndef ATLAS_RENDER_MARKS_H
#define ATLAS_RENDER_MARKS_H

#include "atlas/groups.h"
#include "page.h"

/* In the order they are told; the letter and the style of its badge in HTML. */
#define MARKS(X)                                         \
	X(DUPLICATE, "Duplicate", "D", "dup")            \
	X(COLLISION, "Collision", "C", "dup")            \
	X(FULL, "Full Inline", "F", "bad")               \
	X(NO_SYMBOL, "No symbol", "N", "bad")            \
	X(SELECTIVE, "Selective Inline", "S", "part")    \
	X(TRANSFORMED, "Transformation", "T", "part")    \
	X(SYMBOL_ONLY, "symbol only", "Y", "unknown")    \
	X(DECLARED, "only declared", "E", "gone")        \
	X(MACRO, "macro", "M", "gone")                   \
	X(ABSENT, "Absent", "A", "gone")                 \
	X(NOT_IN_VMLINUX, "not in vmlinux", "V", "gone") \
	X(UNKNOWN, "not read or not imported", "?", "unknown")

#define ENUM_MEMBER(id, text, letter, style) MARK_##id,
enum mark { MARKS(ENUM_MEMBER) MARK_COUNT };
#undef ENUM_MEMBER

/* Bit per enum mark; none: there, and no issue.  Above them where probes attach (verdicts.h). */
typedef uint32_t marks;
#define MARKS_ISSUES 0xffffu

const char *mark_text(enum mark mark);
const char *mark_letter(enum mark mark);
const char *mark_style(enum mark mark); /* the class of its badge */

marks marks_of(const struct page_input *input, size_t image);
/* "Full Inline (3 of 17), Absent (2 of 17)"; "none" if no image of the group has a mark. */
const char *marks_text(struct arena *arena, const marks *of_images, const struct group *group);

#endif
