/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Places that hold addresses of functions: function pointers in data, and code that makes them. */
#ifndef SCAN_TAKEN_H
#define SCAN_TAKEN_H

#include "atlas/symbol_map.h"
#include "image/elf_image.h"
#include "model/raw.h"
#include "text/text.h"

/*
 * Fills `taken` and `objects` of `raw`.  Data is searched in every image: its
 * words, or the dynamic relocations that will fill them.  In code relocations say
 * what it refers to: in modules, and in images linked with --emit-relocs (x86
 * until 6.12); elsewhere the instructions themselves do, which `text` has then
 * been opened for (taken_reading()).
 */
struct error *taken_find(struct elf_image *elf, const struct symbol_map *map, const struct text *text,
			 struct raw_image *raw) MUST_CHECK;
/* What of the code taken_find() needs to be read. */
enum text_reading taken_reading(struct elf_image *elf);
void taken_free(struct raw_image *raw);

#endif
