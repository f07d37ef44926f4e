/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What differs between two images' exports of one function. */
#ifndef MODEL_EXPORT_DIFFERENCES_H
#define MODEL_EXPORT_DIFFERENCES_H

#include "atlas/differences.h"

/* Nothing where either side is unknown; CRCs are compared where both have one. */
void compare_exports(struct arena *arena, const struct function_export *before, const struct function_export *after,
		     struct differences *differences);

#endif
