/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A prototype as texts: the types of its parameters, and their names. */
#ifndef CHECK_SIGNATURE_H
#define CHECK_SIGNATURE_H

#include "atlas/function.h"
#include "atlas/str.h"

/* "(struct sock *, int, ...)"; `skip` parameters in front are left out. */
void signature_types(const struct prototype *prototype, uint32_t skip, struct str *text);
/* "sk, flags" */
void signature_names(const struct prototype *prototype, uint32_t skip, struct str *text);

#endif
