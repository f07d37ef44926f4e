/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sizes of types, and which member of a type stands at an offset. */
#ifndef DWARF_FIELD_PATH_H
#define DWARF_FIELD_PATH_H

#include "atlas/str.h"
#include "dwarf/die.h"

/*
 * What a type's own DIE says of its size.  False: it is that of the type it refers to, or nobody knows.  A pointer
 * without a size is as large as an address (DWARF 5, 5.3); clang leaves it out.
 */
bool die_size(const struct die_reader *reader, const struct die *die, uint64_t *size_bytes);

/*
 * Bytes of the type at `offset` in .debug_info; 0 where the DWARF does not say.
 */
struct error *type_size(struct die_reader *reader, uint64_t offset, uint64_t *size_bytes) MUST_CHECK;

/*
 * Adds how the innermost struct with a name calls byte `at` of the type:
 * "file_operations.open", "x86_init_ops.irqs.pre_vector_init"; "[3]" in an array
 * of pointers; nothing for a plain pointer.  A union is entered only if a function
 * pointer at that byte can belong to just one of its members.
 */
struct error *field_path(struct die_reader *reader, uint64_t type, uint64_t at, struct str *out) MUST_CHECK;

#endif
