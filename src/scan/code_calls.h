/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls that only the machine code knows: of assembler, and what the compiler did not record. */
#ifndef SCAN_CODE_CALLS_H
#define SCAN_CODE_CALLS_H

#include "model/raw.h"
#include "text/text.h"

/*
 * Fills `calls` of `raw`, whose units were read: every branch to a function's
 * entry that no call site means, but for those to the tracer and to thunks, in
 * stubs and in code that replaces other code.  Sites whose address is the branch
 * itself get the address behind it, which is what all others have.
 */
void code_calls_find(const struct text *text, struct raw_image *raw);

#endif
