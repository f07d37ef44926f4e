/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: model */
/* Which prototypes reach a type: type_reach() the other way round, for many types at once. */
#ifndef ATLAS_TYPE_IMPACT_H
#define ATLAS_TYPE_IMPACT_H

#include "atlas/type.h"

/* A prototype that reaches types. */
struct type_user {
	const struct prototype *prototype; /* may be NULL: it reaches nothing that is known */
	struct type_scope scope;
};

struct type_impact;

/* Owned by the caller; `graph` and `users` must outlive it. */
struct type_impact *type_impact_new(const struct type_graph *graph, const struct type_user *users, size_t count);
void type_impact_free(struct type_impact *impact); /* NULL is fine */

/*
 * How many users reach the type of this place, through whatever pointers, and the users whose prototypes name it,
 * as ascending indexes in `arena`.
 */
size_t type_impact_of(const struct type_impact *impact, const struct type_place *place, struct arena *arena,
		      const uint32_t **direct, size_t *direct_count);

#endif
