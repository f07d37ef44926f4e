/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls that only the machine code knows: of assembler, and what the compiler did not record. */
#ifndef SCAN_CODE_CALLS_H
#define SCAN_CODE_CALLS_H

#include "image/elf_image.h"
#include "model/raw.h"

/*
 * Fills `calls` of `raw`, whose units were read: every branch to a function's
 * entry that no call site means, but for those to the tracer and to thunks, in
 * stubs and in code that replaces other code.
 */
struct error *code_calls_find(struct elf_image *elf, struct raw_image *raw) MUST_CHECK;

#endif
