/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Not for ref_twin.c, which has a static of this name. */
#ifndef ATLASGEN_REF_SHADOW_H
#define ATLASGEN_REF_SHADOW_H

long ref_shadow(long value);

#endif
