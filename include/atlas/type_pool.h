/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: model */
/*
 * Every distinct definition a process has met, once: a header's struct stands in
 * thousands of units and hundreds of modules.  Definitions live until the process ends.
 * Any thread may call.
 */
#ifndef ATLAS_TYPE_POOL_H
#define ATLAS_TYPE_POOL_H

#include "atlas/type.h"

/*
 * The number of the definition that says what `draft` says; it is copied if there is none yet.  `hash` is set by the
 * pool, `id` is none of its business.
 */
uint32_t type_pool_add(const struct type *draft);
const struct type *type_pool_get(uint32_t number);
/* Numbers are smaller than this. */
uint32_t type_pool_count(void);

/* Of everything a definition says, the same in all programs and on all machines. */
uint64_t type_hash(const struct type *type);
bool type_equal(const struct type *a, const struct type *b);
/*
 * `type` says nothing that `other` of the same kind and name does not say as well: a declaration of what is defined
 * there; a typedef in a unit that only declares the struct behind it, whose size the other knows.
 */
bool type_is_vaguer(const struct type *type, const struct type *other);

#endif
