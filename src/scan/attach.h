/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Evidence of where probes attach, for the symbols of the facts' only object. */
#ifndef SCAN_ATTACH_H
#define SCAN_ATTACH_H

#include "atlas/facts.h"
#include "image/elf_image.h"

struct error *attach_find(struct elf_image *image, struct facts *facts) MUST_CHECK;

#endif
