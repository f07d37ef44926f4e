/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Unsigned integers of the file's byte order, anywhere in its bytes. */
#ifndef IMAGE_ELF_UINT_H
#define IMAGE_ELF_UINT_H

#include "image/elf_parts.h"

/* `width`: in bytes, at most 8. */
uint64_t elf_uint(const struct elf_image *image, const unsigned char *at, unsigned width);
void elf_put_uint(const struct elf_image *image, unsigned char *at, unsigned width, uint64_t value);

#endif
