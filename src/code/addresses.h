/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CODE_ADDRESSES_H
#define CODE_ADDRESSES_H

#include "atlas/code.h"
#include "code/isa.h"

/* x86: lea of an address, or an immediate as wide as one.  Of one instruction, whose length is known. */
bool code_x86_address(const unsigned char *bytes, unsigned length, uint64_t address, bool bits64, uint64_t *value);

#endif
