/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Exports and where probes attach, in words: pages and the terminal say the same. */
#ifndef ATLAS_RENDER_ATTACH_TEXT_H
#define ATLAS_RENDER_ATTACH_TEXT_H

#include "atlas/function.h"
#include "atlas/mem.h"

/* "EXPORT_SYMBOL_GPL, namespace X, CRC 0x01234567, by dm_mod"; in the arena or static. */
const char *export_text(struct arena *arena, const struct function *function);

/* Verdicts in one line; symbols that differ one after the other, each with its name.  In the arena or static. */
const char *attach_text(struct arena *arena, const struct function *function);

#endif
