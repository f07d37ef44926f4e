/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Evidence of where probes attach, for the symbols of the facts' only object. */
#ifndef SCAN_ATTACH_H
#define SCAN_ATTACH_H

#include "atlas/facts.h"
#include "image/btf.h"
#include "image/elf_image.h"

/* A kernel's BTF without its file. */
struct kernel_btf {
	struct btf btf;
	unsigned char *bytes;
};

/*
 * What a vmlinux can do as far as small functions tell that are inlined, so that only the
 * debug information knows of them; of whole facts, before they are limited to some names.
 */
void attach_find_inlined(struct facts *facts);
/* `kernel`: what a module's BTF continues; NULL: that is not read. */
struct error *attach_find(struct elf_image *image, const struct kernel_btf *kernel, struct facts *facts) MUST_CHECK;

#endif
