/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands after the first dot of a symbol. */
#ifndef ATLAS_RENDER_SUFFIXES_H
#define ATLAS_RENDER_SUFFIXES_H

#include "atlas/function.h"
#include "atlas/str.h"
#include "tables.h"

/* ".isra.cold" of "f.isra.0.cold"; nothing without a dot. */
void suffix_words(struct str *out, const char *symbol);
/* What its words mean, one after the other. */
void suffix_meaning(struct str *out, const char *symbol);
/* What a probe at the plain symbol sees if there is this symbol as well. */
enum sees suffix_plain_sees(const char *symbol);

#endif
