/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a dependency to what one image has of it. */
#ifndef CHECK_LOOK_H
#define CHECK_LOOK_H

#include "check/state.h"

/* Fills `state`, which is zero. */
struct error *look_up(struct look *look, const struct dependency *dependency, struct state *state) MUST_CHECK;

/* The readers behind it, by what the dependency is. */
struct error *look_function(struct look *look, const struct dependency *dependency, struct state *state) MUST_CHECK;
struct error *look_multi(struct look *look, const struct dependency *dependency, struct state *state) MUST_CHECK;
struct error *look_syscall(struct look *look, const struct dependency *dependency, struct state *state) MUST_CHECK;
struct error *look_tracepoint(struct look *look, const struct dependency *dependency, struct state *state) MUST_CHECK;
struct error *look_export(struct look *look, const struct dependency *dependency, struct state *state) MUST_CHECK;
struct error *look_type(struct look *look, const struct dependency *dependency, struct state *state) MUST_CHECK;
struct error *look_field(struct look *look, const struct dependency *dependency, struct state *state) MUST_CHECK;
struct error *look_enumerator(struct look *look, const struct dependency *dependency, struct state *state) MUST_CHECK;

/* look_type.c: the members of a struct, if there is one definition of it. */
struct error *look_record(struct look *look, const char *name, struct state *state) MUST_CHECK;

/*
 * Whether the name is a macro over a function the image has (data/renames.tsv): then no
 * object can have a function of the name.  `text` says so; NULL: it is none.
 */
struct error *look_macro(struct look *look, const char *name, const char **text) MUST_CHECK;

/* look_function.c: the function of `name` judged as `kind`; what is unknown of its presence goes to `state`. */
struct error *look_named(struct look *look, enum dependency_kind kind, const char *name,
			 struct state *state) MUST_CHECK;
/* Sets the signature and the names of a prototype; `skip` parameters in front are left out. */
struct error *state_prototype(struct look *look, struct state *state, const struct prototype *prototype,
			      uint32_t skip) MUST_CHECK;

/* look_type.c: whether anything may be concluded from a type that is not there, into `types_known`. */
struct error *look_types_known(struct look *look) MUST_CHECK;
/* look_bare.c: a type's text without qualifiers, typedefs by what they stand for in the image; NULL where that is not
 * known. */
struct error *look_bare(struct look *look, const char *text, const char **bare) MUST_CHECK;
/* The members of a definition as one text (check/members.h). */
struct error *look_members(struct look *look, const struct type *type, const char **text) MUST_CHECK;

#endif
