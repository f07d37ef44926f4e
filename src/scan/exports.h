/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Exports of an opened image as facts of its only object. */
#ifndef SCAN_EXPORTS_H
#define SCAN_EXPORTS_H

#include "atlas/facts.h"
#include "atlas/str.h"
#include "image/elf_image.h"

/* Adds what `names` admits; the functions of `facts` are there already. */
struct error *exports_find(struct elf_image *image, const struct globs *names, struct facts *facts) MUST_CHECK;

#endif
