/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names by where probes attach: on every image, on every one that has them, on some, on none.
 * A name's verdict in an image is that of the symbols that bear the very name; one
 * of them is enough for a yes, and with none but clones it is no.
 */
#ifndef ATLAS_RENDER_VERDICTS_H
#define ATLAS_RENDER_VERDICTS_H

#include "atlas/attach.h"
#include "marks.h"

/* Key, and words behind "attachable by KIND". */
#define REACHES(X)                                                                  \
	X(EVERY, "every", "on every image")                                         \
	X(PRESENT, "present", "on every image known to have it, which are not all") \
	X(SOME, "some", "on some of the images that have it")                       \
	X(NONE, "none", "on none of the images that have it")                       \
	X(UNKNOWN, "unknown", "not known; on none as far as it is")

#define ENUM_MEMBER(id, key, text) REACH_##id,
enum reach { REACHES(ENUM_MEMBER) REACH_COUNT, REACH_NOWHERE = REACH_COUNT };
#undef ENUM_MEMBER

/* "fentry", "kprobe-multi": fit for a file's name. */
const char *attach_kind_key(enum attach_kind kind);
const char *attach_kind_name(enum attach_kind kind);
const char *reach_key(enum reach reach);
const char *reach_text(enum reach reach);

/*
 * The symbol that speaks for a function: one that bears its very name, the best of
 * them; NULL if there is none.
 */
const struct symbol *verdict_symbol(const struct function *function, enum attach_kind kind);
/* "yes", "no" or "unknown" of a symbol. */
const char *symbol_verdict(const struct symbol *symbol, enum attach_kind kind);
/* Why it is not yes: "the kernel has no BTF"; "" if nothing is said. */
const char *symbol_reason(struct arena *arena, const struct symbol *symbol, enum attach_kind kind);

/* Of a function that is there, to be put among its marks. */
marks verdict_marks(const struct function *function);
/* Over a name's marks in all images; REACH_NOWHERE: no image has it. */
enum reach reach_of(const marks *of_images, size_t count, enum attach_kind kind);
/* "ftrace-every kprobe-some": for scripts to filter by; empty where no image has it. */
const char *reach_words(struct arena *arena, const marks *of_images, size_t count);
/* "yes on 3 of 6 images; no on 1, unknown on 1, absent on 1" */
const char *reach_counts(struct arena *arena, const marks *of_images, size_t count, enum attach_kind kind);

#endif
