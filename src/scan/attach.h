/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Evidence of where probes attach, for the symbols of the facts' only object. */
#ifndef SCAN_ATTACH_H
#define SCAN_ATTACH_H

#include "atlas/facts.h"
#include "image/elf_image.h"

/*
 * What a vmlinux can do as far as small functions tell that are inlined, so that only the
 * debug information knows of them; of whole facts, before they are limited to some names.
 */
void attach_find_inlined(struct facts *facts);
struct error *attach_find(struct elf_image *image, struct facts *facts) MUST_CHECK;

#endif
