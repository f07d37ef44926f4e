/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The steps from raw units to facts, in their order; each stands in the file of its name. */
#ifndef MODEL_LINK_STAGES_H
#define MODEL_LINK_STAGES_H

struct link;

/* Names of function symbols. */
void link_symbols(struct link *link);
/* Instances, functions and prototypes of all units. */
void link_subs(struct link *link);
/* Function symbols to functions, and instances to the symbols that hold their code (link_symbols.c). */
void link_tie(struct link *link);
/* Edges and chains. */
void link_sites(struct link *link);
/* Edges that only the machine code knows, behind all others. */
void link_code(struct link *link);
/* Writes functions, instances, edges and symbols into the facts, each grouped by its owner. */
void link_order(struct link *link);
/* Places that hold addresses of functions; the facts are in their final order by now. */
void link_taken(struct link *link);
/* Types. */
void link_types(struct link *link);

#endif
