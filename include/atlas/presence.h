/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: model */
/*
 * Whether an image has a function, and what may be said where it does not: a
 * name nobody looked for is never called absent.
 */
#ifndef ATLAS_PRESENCE_H
#define ATLAS_PRESENCE_H

#include <stdbool.h>

#include "atlas/function.h"
#include "atlas/image.h"

#define PRESENCES(X)                                                 \
	X(PRESENT, "Present")                                        \
	X(PRESENT_DECLARED, "Only declared")                         \
	X(ABSENT, "Absent from vmlinux and the modules read")        \
	X(NOT_IN_VMLINUX, "not in vmlinux; modules not read")        \
	X(NOT_AMONG_SYMBOLS, "no symbol in vmlinux; DWARF not read") \
	X(NOT_IMPORTED, "not in the imported facts")                 \
	X(NOT_READ, "not read")

#define ENUM_MEMBER(id, text) id,
enum presence { PRESENCES(ENUM_MEMBER) };
#undef ENUM_MEMBER

const char *presence_text(enum presence presence);

/* `function` is what the image knows of `name`: NULL, or only mentioned, or read. */
enum presence presence_of(const struct image *image, const struct function *function, const char *name);

/* Some of its own facts were read: an instance or a symbol. */
bool function_was_read(const struct function *function);
/* Facts of the function itself: neither one only a caller's words know of, nor one the classes pass over. */
bool instance_counts(const struct function *function, const struct instance *instance);
bool symbol_counts(const struct function *function, const struct symbol *symbol);
bool function_in_vmlinux(const struct function *function);
/* Written in assembler: its parameters are unknown whatever its prototype says. */
bool function_is_assembler(const struct function *function);
/* class_inlining() of a function as the store reads it. */
enum inlining function_inlining(const struct function *function);
/* The symbol that has exactly the function's name, or NULL. */
const struct symbol *function_plain_symbol(const struct function *function);

#endif
