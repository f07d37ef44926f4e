/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What reaching types has of comparing them. */
#ifndef MODEL_TYPE_COMPARE_H
#define MODEL_TYPE_COMPARE_H

#include "atlas/type_pool.h"
#include "model/type_graph.h"

/* How each member is named from outside of its definition ("u.next"); NULL: it has no name.  In `arena`. */
const char **type_member_paths(struct arena *arena, const struct type *type);

#endif
