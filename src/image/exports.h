/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a linked object exports to modules: the tables EXPORT_SYMBOL() makes.
 *
 * An entry is value, name and namespace (Linux 5.4; before, value and name): 32 bit displacements
 * (CONFIG_HAVE_ARCH_PREL32_RELOCATIONS), or pointers.  Which symbols are GPL-only is told by a table
 * of their own (__ksymtab_gpl), from 7.0 by a byte of flags each (__kflagstab).
 */
#ifndef IMAGE_EXPORTS_H
#define IMAGE_EXPORTS_H

#include "image/elf_image.h"

struct elf_export {
	const char *name;      /* borrowed from the image */
	const char *namespace; /* NULL: none */
	uint64_t address;      /* of what is exported */
	uint32_t crc;	       /* of modversions; 0: none */
	bool gpl;
};

struct elf_exports {
	VEC(struct elf_export) items; /* in the order of the tables */
};

struct error *elf_exports_read(struct elf_image *image, struct elf_exports *exports) MUST_CHECK;
void elf_exports_fini(struct elf_exports *exports);

#endif
