/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bytes of a section as the file has them, decompressed. */
#ifndef IMAGE_SECTION_BYTES_H
#define IMAGE_SECTION_BYTES_H

#include "atlas/error.h"
#include "image/elf_parts.h"

/* Reads them, if they were not yet. */
struct error *section_read(struct elf_image *image, struct section *section) MUST_CHECK;
/* As if they had not been read. */
void section_forget(struct section *section);

#endif
