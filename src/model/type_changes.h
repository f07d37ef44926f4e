/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Comparing types: what the parts of it share. */
#ifndef MODEL_TYPE_CHANGES_H
#define MODEL_TYPE_CHANGES_H

#include "atlas/type_pool.h"
#include "model/type_graph.h"

/* How each member is named from outside of its definition ("u.next"); NULL: it has no name.  In `arena`. */
const char **type_member_paths(struct arena *arena, const struct type *type);
const char *type_value_text(struct arena *arena, const struct type *type, int64_t value);

#endif
