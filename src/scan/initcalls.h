/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_INITCALLS_H
#define SCAN_INITCALLS_H

#include "atlas/facts.h"
#include "atlas/str.h"
#include "image/elf_image.h"

/* What the object of the facts calls when it starts; names that `names` does not admit are left out. */
struct error *initcalls_find(struct elf_image *image, const struct globs *names, struct facts *facts) MUST_CHECK;

#endif
