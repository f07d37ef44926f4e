/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The CRCs a module was built with, of what it imports (CONFIG_MODVERSIONS). */
#ifndef IMAGE_MODVERSIONS_H
#define IMAGE_MODVERSIONS_H

#include "image/elf_image.h"

struct module_version {
	const char *name; /* in the image's arena */
	uint32_t crc;
};

struct module_versions {
	VEC(struct module_version) items; /* in the order of the tables */
};

/* A module without such tables has none. */
struct error *module_versions_read(struct elf_image *image, struct module_versions *versions) MUST_CHECK;
void module_versions_fini(struct module_versions *versions);

#endif
