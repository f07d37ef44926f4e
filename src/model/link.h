/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Joins what the units of an image say, each for itself, to facts. */
#ifndef MODEL_LINK_H
#define MODEL_LINK_H

#include "model/raw.h"

/* Joins everything into `facts` (initialised, its image named by the caller). */
void link_facts(const struct raw_image *raw, struct facts *facts);

#endif
