/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a branch to an address reaches the function that a call was recorded to. */
#ifndef VALIDATE_REACH_H
#define VALIDATE_REACH_H

#include "atlas/calls.h"
#include "atlas/validate.h"
#include "text/text.h"

/* Instances by the address of their code. */
struct end_map {
	const struct recorded_calls *calls;
	uint32_t *order; /* indexes of ends that have an address, ascending */
	size_t count;
	uint64_t mask;
};

void end_map_init(struct end_map *map, const struct recorded_calls *calls, uint64_t mask);
void end_map_fini(struct end_map *map);
/* Ends whose code begins at `address`: indexes at `*first`, and the count returned. */
size_t end_map_at(const struct end_map *map, uint64_t address, const uint32_t **first);

/* The instance whose code begins nearest at or before `address`, NULL if there is none. */
const struct call_end *end_map_before(const struct end_map *map, uint64_t address);

/*
 * SITE_CONTRADICTED if a branch to `target` does not reach `callee` in any way known.  `from` is the symbol that the
 * branch stands in, NULL unknown.
 */
enum site_outcome reach(const struct text *text, const struct end_map *ends, const struct call_end *callee,
			const char *from, uint64_t target);

/* The same of a branch to an undefined symbol of a module. */
enum site_outcome reach_import(const struct call_end *callee, const char *import);

/* Whether the code that begins at `symbol` is, or is a clone or copy of, that of `owner`. */
bool is_code_of(const struct text *text, const struct end_map *ends, const struct call_end *owner,
		const struct code_symbol *symbol);

#endif
