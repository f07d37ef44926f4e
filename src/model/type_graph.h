/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The inside of a graph of types, and how it is made. */
#ifndef MODEL_TYPE_GRAPH_H
#define MODEL_TYPE_GRAPH_H

#include "atlas/intern.h"
#include "atlas/type.h"

/* All places of one kind and name in one object: what a reference means there. */
struct type_group {
	uint32_t first, count; /* of `places` */
	uint64_t content;      /* of its definitions, without what they refer to */
	uint64_t whole;	       /* with all they reach; type_fingerprint.c */
	uint64_t near;
	uint32_t component; /* of groups that reach each other; NO_INDEX: not looked at yet */
	uint8_t near_state; /* 0: not computed, 1: being computed, 2: done */
	bool open;	    /* it or something it reaches is only declared */
};

struct type_run {
	uint64_t hash;	       /* of kind and name */
	uint32_t first, count; /* of `groups` */
};

struct type_graph {
	struct arena arena; /* of what the store puts in besides definitions */
	VEC(struct type_place) places;
	VEC(struct type_group) groups;
	VEC(const char *) objects; /* whose types are known */
	struct type_run *runs;	   /* open addressing by kind and name */
	size_t run_count;
	bool hashed; /* `whole` of all groups is there */
};

struct type_graph *type_graph_new(void);
void type_graph_free(struct type_graph *graph);
/* Puts places in their order and makes them findable; `places` and `objects` are filled in before. */
void type_graph_finish(struct type_graph *graph);
int type_place_compare(const struct type_place *a, const struct type_place *b);
/* Sets `same_name` of sorted places. */
void type_places_count(struct type_place *places, size_t count);

/* The group a name means in an object: its own, else vmlinux's; NULL if there is none. */
struct type_group *type_group_find(const struct type_graph *graph, enum type_kind kind, const char *name, size_t length,
				   const char *object);

/* A name of a type in C text: "struct list_head *" has one, "int (*)(struct file *, loff_t)" three. */
struct type_name {
	const char *text; /* not terminated */
	size_t length;
	enum type_kind kind;
};

/* Calls `each` for the names in `text`, in order; base types ("unsigned", "int") look like typedefs. */
void type_names_in(const char *text, void (*each)(void *context, const struct type_name *name), void *context);
/* Whether the text stands for a pointer, or a function: what it names is not part of it. */
bool type_is_pointer(const char *text);
/* A parameter's declaration without its name, in `arena`. */
const char *type_of_param(struct arena *arena, const struct param *param);

/* Makes `whole` of all groups, and `near` of one. */
void type_graph_hash(struct type_graph *graph);

#endif
