/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: model */
/*
 * Structs, unions, enums and typedefs: definitions, where an image has them, and
 * what a function reaches through its prototype.
 *
 * A definition is its text: two that say the same are one, in however many
 * units, objects and images they stand.  It names other types, it does not
 * contain them: what `struct list_head *` means is asked of an image, and of a
 * unit in it where the image has several definitions of that name.
 */
#ifndef ATLAS_TYPE_H
#define ATLAS_TYPE_H

#include <stdbool.h>
#include <stdint.h>

#include "atlas/facts.h"
#include "atlas/function.h"
#include "atlas/mem.h"

/* Stored as numbers: only add at the end. */
#define TYPE_KINDS(X)            \
	X(TYPE_STRUCT, "struct") \
	X(TYPE_UNION, "union")   \
	X(TYPE_ENUM, "enum")     \
	X(TYPE_TYPEDEF, "typedef")

#define TYPE_KIND_MEMBER(id, text) id,
enum type_kind { TYPE_KINDS(TYPE_KIND_MEMBER) TYPE_KIND_COUNT };
#undef TYPE_KIND_MEMBER

const char *type_kind_text(enum type_kind kind);

/*
 * Members stand in the order of the source.  What an anonymous struct, union or
 * enum holds follows the member that has it as its type, one level deeper, so
 * that the list is a walk of the whole definition; a named type's members are
 * its own definition's.
 */
struct type_member {
	const char *name; /* NULL: none (an anonymous struct or union, or padding) */
	const char *type; /* C text without the name: "struct list_head *", "char[16]", "union (anon)" */
	uint64_t
		offset_bits; /* from the start of the definition; on big-endian machines bits count from the high end */
	uint64_t size_bytes; /* of its type; 0 for a flexible array, and where it is unknown */
	uint32_t bit_size;   /* of a bit-field; 0: none */
	uint32_t parent;     /* index of the member it stands in, NO_INDEX: of the definition itself */
	uint32_t nested;     /* how many of the members that follow stand in it, all levels */
	bool behind;	     /* stands behind a pointer of its parent: offsets count from there */
};

struct type_enumerator {
	const char *name;
	int64_t value;	 /* of an unsigned enum the same bits */
	uint32_t member; /* index of the member whose anonymous enum has it; NO_INDEX: the definition's own */
};

/* One definition.  Equal definitions are one: the same `id` in all images of an atlas. */
struct type {
	int64_t id; /* in the store, from 1 */
	enum type_kind kind;
	bool declared;	  /* only declared ("struct foo;"): size and members are unknown, not empty */
	bool is_unsigned; /* enum: values are unsigned */
	const char *name;
	const char *text; /* typedef: what it stands for ("struct (anon)": the members follow); enum: its integer type,
			     or NULL; else NULL */
	uint64_t size_bytes;  /* typedef: of what it stands for, 0 unknown */
	uint32_t align_bytes; /* as asked for in the source (__aligned()), 0: as its members need */
	const struct type_member *members;
	uint32_t member_count;
	const struct type_enumerator *enumerators;
	uint32_t enumerator_count;
	uint64_t hash; /* of everything above but `id`; the same in all atlases */
};

/* "struct mempool_s", or a typedef's bare name. */
const char *type_title(struct arena *arena, const struct type *type);
/* The declaration of a member as C text, "struct list_head *next", "unsigned int flags:3"; unnamed ones as they are. */
const char *type_member_text(struct arena *arena, const struct type_member *member);

/* One definition in one image. */
struct type_place {
	const struct type *type;
	const char *object;	  /* "vmlinux", or a module that has it besides or instead */
	const char *decl_file;	  /* NULL unknown */
	uint32_t decl_line;	  /* 0 unknown */
	uint32_t same_name;	  /* how many definitions of this kind and name the object has; 1: no doubt */
	const char *const *units; /* those that use this one of several; NULL: all others */
	uint32_t unit_count;
};

/*
 * All types of one image: read by store_types() (type_store.h).  Places are
 * ordered by kind, name, object (vmlinux first) and decl_file.
 */
struct type_graph;

/* False: nothing is known (symbols only, or facts of an old stream): say so, conclude nothing. */
bool type_graph_known(const struct type_graph *graph);
/* The same of one object; a module without DWARF is not known even if its vmlinux is. */
bool type_graph_object_known(const struct type_graph *graph, const char *object);
/* Those objects, as they came. */
const char *const *type_graph_objects(const struct type_graph *graph, size_t *count);
const struct type_place *type_graph_places(const struct type_graph *graph, size_t *count);
/* The places of that kind and name: a run of the list; 0 if there is none. */
const struct type_place *type_graph_named(const struct type_graph *graph, enum type_kind kind, const char *name,
					  size_t *count);

/* Where a type's name is read: names may mean different things in different units. */
struct type_scope {
	const char *object; /* NULL: vmlinux */
	const char *unit;   /* path of the unit (struct instance: `file`); NULL: any */
};

enum type_lookup {
	TYPE_ABSENT,	/* no such name */
	TYPE_DECLARED,	/* only declared in the image: what it holds is unknown */
	TYPE_AMBIGUOUS, /* several definitions, and nothing tells which one is meant; `place` is the first */
	TYPE_FOUND,
};

enum type_lookup type_find(const struct type_graph *graph, enum type_kind kind, const char *name,
			   const struct type_scope *scope, const struct type_place **place);

/*
 * What a prototype reaches.  `near`: the prototype's text, the types it names, and those
 * they contain by value.  `whole`: all there is behind pointers, members, typedefs
 * and function pointers, too.  Equal numbers are equal graphs, in any two images.
 * One changes with anything in its part of the graph: with the name, size or place of a member,
 * with an enumerator.  Where types were not read both are 0.
 */
struct type_fingerprint {
	uint64_t near, whole;
	bool incomplete; /* something reached is only declared: what it holds is in neither number */
};

void type_fingerprint(const struct type_graph *graph, const struct prototype *prototype, const struct type_scope *scope,
		      struct type_fingerprint *fingerprint);

/* The places a prototype reaches, nearest first, in `arena`.  `steps`: how many names deep, 0: all. */
void type_reach(const struct type_graph *graph, const struct prototype *prototype, const struct type_scope *scope,
		unsigned steps, struct arena *arena, const struct type_place *const **places, size_t *count);

/* Stored nowhere; the order is that of the reports. */
#define TYPE_CHANGES(X)                                         \
	X(TYPE_CHANGE_KIND, "kind changed")                     \
	X(TYPE_CHANGE_SIZE, "size changed")                     \
	X(TYPE_CHANGE_ALIGN, "alignment changed")               \
	X(TYPE_CHANGE_TARGET, "stands for another type")        \
	X(TYPE_CHANGE_MEMBER_ADDED, "member added")             \
	X(TYPE_CHANGE_MEMBER_REMOVED, "member removed")         \
	X(TYPE_CHANGE_MEMBER_RENAMED, "member renamed")         \
	X(TYPE_CHANGE_MEMBER_OFFSET, "offset changed")          \
	X(TYPE_CHANGE_MEMBER_TYPE, "type changed")              \
	X(TYPE_CHANGE_MEMBER_SIZE, "member size changed")       \
	X(TYPE_CHANGE_MEMBER_BITS, "bit-field changed")         \
	X(TYPE_CHANGE_ENUMERATOR_ADDED, "enumerator added")     \
	X(TYPE_CHANGE_ENUMERATOR_REMOVED, "enumerator removed") \
	X(TYPE_CHANGE_ENUMERATOR_VALUE, "value changed")        \
	X(TYPE_CHANGE_NOW_KNOWN, "defined, was only declared")  \
	X(TYPE_CHANGE_NOW_DECLARED, "only declared, was defined")

#define TYPE_CHANGE_MEMBER(id, text) id,
enum type_change_kind { TYPE_CHANGES(TYPE_CHANGE_MEMBER) };
#undef TYPE_CHANGE_MEMBER

const char *type_change_text(enum type_change_kind kind);

struct type_change {
	enum type_change_kind kind;
	const char *path;   /* of a function: "pool->lock", "return->next"; of a type: "mempool_s.lock", "gfp_t" */
	const char *type;   /* title of the type it is in: "struct mempool_s" */
	const char *before; /* "8", "16 bytes", "int", ...; NULL where that side has nothing to show */
	const char *after;
	unsigned steps; /* how many names deep: 0 is what the prototype names */
};

struct type_changes {
	VEC(struct type_change) changes;
	VEC(const char *) unknown; /* what could not be compared and why, one text each */
	size_t types;		   /* how many types differ, those beyond the limit, too */
	bool more;		   /* the limit cut the list */
};

void type_changes_fini(struct type_changes *changes);

/* What differs between two definitions.  Texts live in `arena` and with the definitions. */
void type_compare(struct arena *arena, const struct type *before, const struct type *after,
		  struct type_changes *changes);

/* One side of a comparison of functions. */
struct type_side {
	const struct type_graph *graph;
	const struct prototype *prototype;
	struct type_scope scope;
};

/*
 * What differs between what two prototypes reach, nearest first, each type once by the
 * shortest path; at most `limit` changes (0: 64).  What the prototypes differ in themselves is not looked at
 * (differences.h): parameters are taken by position.
 */
void type_differences(struct arena *arena, const struct type_side *before, const struct type_side *after, size_t limit,
		      struct type_changes *changes);

#endif
