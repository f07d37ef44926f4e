/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: model */
/* What differs between two exports of one name. */
#ifndef ATLAS_EXPORT_DIFFERENCES_H
#define ATLAS_EXPORT_DIFFERENCES_H

#include "atlas/changes.h"
#include "atlas/function.h"

/* Nothing where either side is unknown; CRCs are compared where both have one. */
void differences_exports(struct arena *arena, const struct function_export *before, const struct function_export *after,
			 struct differences *differences);

#endif
