/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts that pages and the terminal show. */
#ifndef ATLAS_RENDER_TEXT_H
#define ATLAS_RENDER_TEXT_H

#include "atlas/function.h"
#include "atlas/mem.h"

/* `text` itself where it is printable; else a copy with \xNN for control bytes, marks that
 * turn the reading direction, and what is no UTF-8, so that it stays on its line and where it stands. */
const char *text_visible(struct arena *arena, const char *text);
/* A path as the target of a link: what is not plain becomes %XX. */
const char *text_href(struct arena *arena, const char *path);
/* What a reader calls the function: a Rust name demangled, any other as it is; printable. */
const char *text_function(struct arena *arena, const char *name);
const char *text_hex(struct arena *arena, uint64_t value);
/* To go on a sentence with: "Absent from vmlinux" becomes "absent from vmlinux". */
const char *text_lowered(struct arena *arena, const char *text);
/* "mm/x.c:12", "mm/x.c"; NULL if the place is unknown. */
const char *text_location(struct arena *arena, const struct instance *instance);
/* "void *f(int a);" in one line. */
const char *text_declaration(struct arena *arena, const char *name, const struct prototype *prototype);
/* "GLOBAL" of STB_GLOBAL; a number where the binding has no name. */
const char *text_binding(struct arena *arena, uint8_t binding);
/* "Duplicate, Full Inline, Transformation", by the published rules; "" for none. */
const char *text_issues(struct arena *arena, const struct class *class);

#endif
