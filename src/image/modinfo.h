/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a module says of itself. */
#ifndef IMAGE_MODINFO_H
#define IMAGE_MODINFO_H

#include "image/elf_image.h"

struct modinfo {
	const char *name;	/* the kernel's own: "dm_mod"; never NULL */
	const char *release;	/* `uname -r` of the kernel it was built for, from vermagic; NULL unknown */
	const char *vermagic;	/* NULL unknown */
	const char *license;	/* NULL unknown */
	const char *namespaces; /* of exports it imports, a space between; NULL: none */
};

/* Strings live in the image's arena. */
struct error *elf_image_modinfo(struct elf_image *image, struct modinfo *info) MUST_CHECK;

#endif
