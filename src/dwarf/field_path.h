/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which member of a type stands at an offset. */
#ifndef DWARF_FIELD_PATH_H
#define DWARF_FIELD_PATH_H

#include "atlas/str.h"
#include "dwarf/die.h"

/*
 * Bytes of the type at `offset` in .debug_info; 0 where the DWARF does not say.
 */
struct error *type_size(struct die_reader *reader, uint64_t offset, uint64_t *size_bytes) MUST_CHECK;

/*
 * Adds "TAG.MEMBER" of the innermost struct that holds byte `at` of the type, as
 * in "file_operations.open"; nothing where no struct does (a plain pointer, an
 * array of pointers).
 */
struct error *field_path(struct die_reader *reader, uint64_t type, uint64_t at, struct str *out) MUST_CHECK;

#endif
