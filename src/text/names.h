/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the name of a symbol says of the code that begins there. */
#ifndef TEXT_NAMES_H
#define TEXT_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Code linked a second time into an image of its own (the EFI stub, the hypervisor of arm64, code that runs before
 * relocation) has symbols with a prefix: its length in `symbol`, 0 if it has none.
 */
size_t copy_prefix(const char *symbol);

/* What a linker makes to reach what is too far or to get round an erratum, or a static call's trampoline. */
bool symbol_is_stub(const char *symbol);
/* What stub `symbol` leads to, as its name says; it may end in "+0x8", a distance into it.  NULL if it is none. */
const char *symbol_stub_target(const char *symbol);

/* The tracer's entry. */
bool symbol_is_tracer(const char *symbol);
/* A thunk for indirect jumps or returns. */
bool symbol_is_thunk(const char *symbol);
/* A linker script's label where something begins or ends: no name of what stands there. */
bool symbol_is_boundary(const char *symbol);
/* A function and its own cold part. */
bool symbols_are_parts(const char *from, const char *to);

/* Whether `name` is one of `names`, of which one that ends in '*' is a prefix. */
bool name_is_one_of(const char *name, const char *const *names, size_t count);

#endif
