/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which function a place of the tracer's table belongs to. */
#ifndef IMAGE_ENTRY_SITES_H
#define IMAGE_ENTRY_SITES_H

#include "image/probe_tables.h"

/* Moves ascending sites that the compiler put before their functions to the functions' entries. */
void entry_sites_place(const struct elf_image *image, struct addresses *sites);

#endif
