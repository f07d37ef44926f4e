/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Relocations of the debug sections of modules (ET_REL).
 *
 * A module's sections all begin at 0.  elf_image_open() gives each section that
 * is loaded a place of its own in one flat address space, so that an address
 * says which section it means; symbols and debug sections are relocated to that
 * space.  Linked images (vmlinux) keep their addresses and are never relocated:
 * what --emit-relocs left in them is applied already.
 */
#ifndef IMAGE_RELOCATE_H
#define IMAGE_RELOCATE_H

#include "atlas/error.h"
#include "image/elf_parts.h"

/* First address handed out: above what linkers leave for code they dropped. */
#define MODULE_BASE 0x10000u

/* Gives loaded sections of an ET_REL file their addresses; symbols must not have been read yet. */
void place_sections(struct elf_image *image);

/* Replaces the bytes of `section` by relocated ones, if there are relocations for it. */
struct error *section_relocate(struct elf_image *image, struct section *section) MUST_CHECK;

/* A copy of the loaded bytes of `section`, relocated if there are relocations for it; the caller frees it. */
struct error *section_relocated_copy(struct elf_image *image, const struct section *section,
				     unsigned char **copy) MUST_CHECK;

#endif
