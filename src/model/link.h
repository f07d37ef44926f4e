/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The inside of link_facts(): what is built while units are joined. */
#ifndef MODEL_LINK_H
#define MODEL_LINK_H

#include "atlas/symbol_map.h"
#include "model/raw.h"

/* An instance under construction; its index is final only after link_order(). */
struct link_instance {
	struct fact_instance fact;
	uint32_t next;	    /* next instance of the same function, NO_INDEX at the end */
	uint32_t code_unit; /* unit whose code it has, NO_INDEX none */
	bool inline_known;  /* DW_AT_inline was seen */
	bool plain;	    /* its code is that of the symbol named exactly so */
};

struct link_function {
	struct fact_function fact;
	uint32_t first, last; /* of its instances */
	uint32_t external;    /* the first external instance, NO_INDEX none */
	bool named;	      /* its prototype names every parameter */
	bool dropped;
};

/* A map from 64-bit hashes of keys to numbers; the caller compares keys. */
struct link_map {
	uint32_t *slots; /* number + 1 */
	uint64_t *hashes;
	size_t slot_count, used;
};

struct link {
	const struct raw_image *raw;
	struct facts *facts;
	struct symbol_map map;
	VEC(struct link_function) functions;
	VEC(struct link_instance) instances;
	struct link_map by_name;  /* function index by name id */
	struct link_map by_place; /* static instance by (function, unit path, declaration) */
	struct link_map chains;
	struct link_map prototypes;
	uint32_t **sub_instance; /* per unit and subprogram; NO_INDEX: none */
	str_id *unit_path;
	VEC(struct link_copy) late_copies; /* copies whose origin stands in a later unit */
	uint32_t *symbol_function;	   /* per raw symbol; NO_INDEX: not a function's */
	uint32_t *final_function;	   /* per function, its index in the facts; NO_INDEX: dropped */
};

struct link_copy {
	uint32_t unit, sub;
};

/* Where a DIE offset leads. */
struct sub_ref {
	uint32_t unit, sub; /* unit NO_INDEX: nowhere */
};

void link_map_init(struct link_map *map);
void link_map_fini(struct link_map *map);
/*
 * Finds the number under `hash` for which same(context, number) holds, or
 * NO_INDEX; then *slot is where link_map_put() adds one.
 */
uint32_t link_map_find(const struct link_map *map, uint64_t hash, bool (*same)(const void *context, uint32_t number),
		       const void *context);
void link_map_put(struct link_map *map, uint64_t hash, uint32_t number);

struct sub_ref link_find_sub(const struct link *link, uint32_t unit, uint64_t offset);
/* NO_INDEX if there is none of that name. */
uint32_t link_find_function(const struct link *link, str_id name);
uint32_t link_function(struct link *link, str_id name, enum language language);
uint32_t link_prototype(struct link *link, const struct raw_prototype *raw);
/* Instances, functions and prototypes of all units. */
void link_subs(struct link *link);
/* Function symbols to functions, and instances to the symbols that hold their code. */
void link_symbols(struct link *link);
void link_tie(struct link *link);
/* Whether a symbol named exactly as the function holds the address. */
bool link_is_plain(const struct link *link, uint32_t function, uint64_t address);
/* Edges and chains. */
void link_sites(struct link *link);
/* Edges that only the machine code knows, behind all others. */
void link_code(struct link *link);
/*
 * The instance a site's caller is printed by: of the same function, in the
 * unit the site stands in.  An external inline function belongs to the first
 * unit that defined it, so its copies elsewhere need one that is only mentioned.
 */
uint32_t link_caller_in_unit(struct link *link, uint32_t unit, uint32_t instance);
uint32_t link_add_instance(struct link *link, uint32_t function, uint8_t flags);
/* The entry of an external name, made when it is first named. */
uint32_t link_external_instance(struct link *link, uint32_t function);
/* Writes functions, instances, edges and symbols into the facts, each grouped by its owner. */
void link_order(struct link *link);
/* Types. */
void link_types(struct link *link);
/* Places that hold addresses of functions; the facts are in their final order by now. */
void link_taken(struct link *link);

#endif
