/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A member by its path, "task_struct.se.vruntime", through the named types of one image. */
#ifndef CHECK_TYPE_PATH_H
#define CHECK_TYPE_PATH_H

#include "atlas/type_store.h"
#include "check/dependency.h"
#include "check/state.h"

struct type_at {
	const struct type *type;	  /* the definition the member stands in */
	const struct type_member *member; /* NULL: the path leads nowhere */
	uint64_t offset_bits;		  /* from the start of the first definition */
	const char *missing;		  /* the part that is not there */
	const char *doubt;		  /* why nothing can be said; NULL: nothing is in doubt */
};

/* Follows `path` ("se.vruntime") from `type`.  Texts live in the arena of `look`. */
struct error *type_walk(struct look *look, const struct type *type, const char *path, struct type_at *at) MUST_CHECK;

/* The kind and, of integers and enums, the size of a type spelled as C text. */
struct error *type_leaf(struct look *look, const char *text, enum core_leaf *leaf) MUST_CHECK;

/* One definition stands in every module that includes its header. */
bool type_is_among(const struct type_place *list, size_t count, const struct type *type);

/* The definitions of a name and kind that vmlinux has, failing that those of modules. */
struct error *type_definitions(struct look *look, enum type_kind kind, const char *name,
			       const struct type_place **places, size_t *count, bool *declared) MUST_CHECK;

#endif
