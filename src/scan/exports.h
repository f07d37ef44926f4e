/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Exports of an opened image as facts of its only object. */
#ifndef SCAN_EXPORTS_H
#define SCAN_EXPORTS_H

#include "atlas/facts.h"
#include "atlas/str.h"
#include "image/exports.h"
#include "model/raw.h"

/* Notes the addresses of what is exported, so that the units tell which of them they define; owned by `raw`. */
void exports_addresses(const struct elf_exports *found, struct raw_image *raw);
/* Adds what `names` admits; the functions of `facts` are there already. */
void exports_find(struct elf_image *image, const struct elf_exports *found, const struct globs *names,
		  const struct raw_image *raw, struct facts *facts);

#endif
