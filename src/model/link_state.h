/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is built while units are joined; the stages of link.c hand it on. */
#ifndef MODEL_LINK_STATE_H
#define MODEL_LINK_STATE_H

#include "atlas/symbol_map.h"
#include "model/link_map.h"
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

void link_init(struct link *link, const struct raw_image *raw, struct facts *facts);
void link_fini(struct link *link);

#endif
