/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What one unit says, before anything is joined: subprogram DIEs and sites by
 * their offsets.  src/dwarf fills it, unit by unit and in parallel; link.c makes
 * facts of all of them, in order.
 *
 * Strings and arrays are borrowed: from the image, or from the arena of the
 * thread that read the unit, which lives until the facts are made.
 */
#ifndef MODEL_RAW_H
#define MODEL_RAW_H

#include <stdbool.h>
#include <stdint.h>

#include "atlas/facts.h"

#define NO_OFFSET UINT64_MAX

enum raw_sub_flag {
	RAW_EXTERNAL = 1 << 0,
	RAW_DECLARATION = 1 << 1,
	RAW_COPY = 1 << 2, /* has DW_AT_abstract_origin: an out-of-line copy of an abstract instance */
	RAW_HAS_PC = 1 << 3,
	RAW_HAS_INLINE = 1 << 4,
};

struct raw_param {
	const char *name; /* NULL: unnamed */
	const char *decl;
};

struct raw_prototype {
	const char *returns;
	const struct raw_param *params;
	uint32_t count;
	bool all_named; /* the variadic end aside */
};

struct raw_sub {
	uint64_t offset;       /* of the DIE in .debug_info */
	uint64_t origin;       /* DW_AT_abstract_origin, else DW_AT_specification, else NO_OFFSET */
	uint64_t pc;	       /* entry; RAW_HAS_PC */
	const char *name;      /* NULL where the origin has it; Rust: linkage name, else qualified name */
	const char *readable;  /* Rust: the qualified name, where `name` is a linkage name */
	const char *linkage;   /* DW_AT_linkage_name (C) */
	const char *decl_file; /* NULL unknown */
	const struct raw_prototype *prototype; /* defining DIEs only */
	uint32_t decl_line;
	uint8_t flags; /* enum raw_sub_flag */
	uint8_t dw_inline;
};

struct raw_site {
	uint64_t callee;  /* DIE offset of the origin */
	uint64_t address; /* of an inlined copy its entry; of a call the return address, or see `at_branch` */
	uint32_t caller;  /* index of the subprogram in this unit */
	uint32_t parent;  /* index of the inlined site it stands in, NO_INDEX none */
	uint32_t line;
	uint8_t kind;	/* enum edge_kind */
	bool at_branch; /* `address` is the branch itself (clang's tail calls), until its length is known */
};

/* The variable at a place that holds a function's address. */
struct raw_field {
	uint64_t address;
	const char *field; /* its member there, NULL unknown */
	uint32_t unit;	   /* set when all units are joined */
};

/* Where a definition was met first. */
struct raw_type_place {
	const struct raw_unit *unit;
	const char *decl_file; /* NULL unknown */
	uint32_t decl_line;
	uint32_t type; /* number in the pool (type_pool.h) */
};

struct raw_unit {
	const char *path;     /* cleaned; never NULL */
	const char *producer; /* NULL unknown */
	enum language language;
	VEC(struct raw_sub) subs;   /* ascending offsets */
	VEC(struct raw_site) sites; /* order of the DWARF */
	VEC(struct raw_field) fields;
	VEC(uint64_t) exported; /* addresses of variables it defines that are exported */
	VEC(uint32_t) types;	/* what is defined or declared here, by the pool's numbers; not in units of Rust */
	VEC(struct raw_type_place) type_places; /* those that were new to who read the unit; each is in some unit */
};

/* A function symbol (STT_FUNC). */
struct raw_symbol {
	const char *name;
	uint64_t address; /* as the symbol table has it */
	uint64_t size_bytes;
	uint8_t binding;
	uint8_t type;
};

/* A place that holds a function's address. */
struct raw_taken {
	uint64_t address;     /* of the place */
	uint64_t target;      /* the function's; of an import 0 */
	const char *import;   /* name of an undefined symbol, NULL: `target` says it */
	uint32_t data;	      /* index into `objects`; NO_INDEX: the place is code */
	const char *label;    /* code outside of any function symbol: the label before it, NULL none */
	uint64_t label_start; /* address of the label */
};

/* One end of a call: a function symbol by its address, or else by a name. */
struct raw_call_end {
	uint64_t address;
	const char
		*name; /* a label of assembler, or an undefined symbol of a module; NULL: the function symbol there */
	bool global;   /* the label is one that other units can name */
	bool import;   /* it is no label, but undefined */
};

/* A call that no call site tells of. */
struct raw_call {
	uint64_t address; /* one past the branch */
	struct raw_call_end from, to;
};

/* A data symbol (STT_OBJECT). */
struct raw_object {
	const char *name;
	uint64_t address;
	uint64_t size_bytes;
};

/* A section with code, of a module. */
struct raw_section {
	const char *name;
	uint64_t base;
	uint64_t size_bytes;
};

struct raw_image {
	struct raw_unit *units;
	uint32_t unit_count;
	struct raw_symbol *symbols; /* order of the symbol table */
	uint32_t symbol_count;
	uint64_t address_mask; /* clears a mode bit (Thumb) from code addresses */
	const char *object;    /* "vmlinux" */
	const char *path;      /* where it was read from */
	const char *build_id;  /* NULL unknown */
	enum evidence evidence;
	struct raw_section *sections;
	uint32_t section_count;
	struct raw_taken *taken; /* ascending addresses */
	size_t taken_count;
	struct raw_call *calls; /* ascending addresses */
	size_t call_count;
	struct raw_object *objects; /* data symbols, ascending addresses */
	size_t object_count;
	uint64_t *exported; /* addresses of what is exported, ascending */
	size_t exported_count;
	bool big_endian;
	bool relocatable; /* a module, not a linked vmlinux */
	bool taken_data;  /* data was searched */
	bool taken_code;  /* code was searched, too */
};

#endif
