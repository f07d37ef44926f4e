/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The classes of a function in one image (`docs/statuses.md` explains them).
 * Pure rules: no I/O, no SQL, no DWARF.
 */
#ifndef ATLAS_CLASSIFY_H
#define ATLAS_CLASSIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "atlas/image_name.h"

#define COLLISIONS(X)                                         \
	X(COLLISION_UNKNOWN, "Unknown")                       \
	X(COLLISION_UNIQUE_GLOBAL, "Unique Global")           \
	X(COLLISION_UNIQUE_STATIC, "Unique Static")           \
	X(COLLISION_STATIC_DUPLICATION, "Static Duplication") \
	X(COLLISION_STATIC_STATIC, "Static-Static Collision") \
	X(COLLISION_STATIC_GLOBAL, "Static-Global Collision")

/* INLINE_NO_SYMBOL is printed "Full" in the published style. */
#define INLINES(X)                       \
	X(INLINE_UNKNOWN, "Unknown")     \
	X(INLINE_NO, "No")               \
	X(INLINE_SELECTIVE, "Selective") \
	X(INLINE_FULL, "Full")           \
	X(INLINE_NO_SYMBOL, "No symbol")

#define ENUM_MEMBER(id, text) id,
enum collision { COLLISIONS(ENUM_MEMBER) };
enum inlining { INLINES(ENUM_MEMBER) };
#undef ENUM_MEMBER

struct class
{
	enum collision collision;
	enum inlining inlining;
	bool transformed;	/* some symbol of the stem has a suffix */
	bool only_split;	/* transformed, but only by .cold parts of a still intact entry */
	uint32_t inlined_sites; /* inlined copies, those into itself left out */
	uint32_t call_sites;	/* direct and tail calls, those from itself left out */
};

const char *collision_text(enum collision collision);
const char *inlining_text(enum inlining inlining);

/*
 * The inline class as a probe's author has to take it.  The published rule goes
 * by a mark in the DWARF, which an out-of-line clone has too; where the copies
 * were read, they decide between No and Selective.
 */
enum inlining class_inlining(const struct class *class, enum evidence evidence);

struct facts;
struct class classify(const struct facts *facts, uint32_t function);

#endif
