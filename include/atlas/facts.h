/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts: everything one image says about its functions, in bulk.
 *
 * A scan and an import both produce this; the store takes it whole, in one
 * transaction.  It is index-based and compact because one kernel has half a
 * million edges.  Order matters: functions, their instances and the edges on an
 * instance stand in the order of the DWARF (units, then DIEs).
 *
 * Nothing derived is kept here: classes and issues follow from it by the rules
 * in classify.h.
 */
#ifndef ATLAS_FACTS_H
#define ATLAS_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "atlas/error.h"
#include "atlas/image_name.h"
#include "atlas/intern.h"
#include "atlas/mem.h"

#define NO_INDEX UINT32_MAX

enum language {
	LANGUAGE_C,
	LANGUAGE_ASM,
	LANGUAGE_RUST,
	LANGUAGE_OTHER,
};

/* How a caller reaches its callee. */
enum edge_kind {
	EDGE_DIRECT,  /* DW_TAG_call_site with an origin */
	EDGE_TAIL,    /* the same with DW_AT_call_tail_call: a jump */
	EDGE_INLINED, /* DW_TAG_inlined_subroutine */
	EDGE_CODE,    /* found in the machine code only */
};

enum edge_flag {
	EDGE_COPY = 1 << 0, /* the caller is an out-of-line copy of an abstract instance */
	EDGE_SELF = 1 << 1, /* caller and callee are one function */
};

struct fact_edge {
	uint64_t address; /* inlined: entry of the copy; call: return address, else call pc; 0 unknown */
	uint32_t callee;  /* instance index */
	uint32_t caller;  /* instance index */
	uint32_t chain;	  /* index of the innermost inlined function the site stands in, else NO_INDEX */
	uint32_t line;	  /* line of the call in the source, 0 unknown */
	uint8_t kind;	  /* enum edge_kind */
	uint8_t flags;	  /* enum edge_flag */
};

/*
 * Inlined functions between a caller and a site, as a trie: each node is an
 * inlined function below its parent (nearer the caller).
 */
struct fact_chain {
	uint32_t parent; /* chain index, NO_INDEX at the caller itself */
	str_id name;
};

enum instance_flag {
	INSTANCE_EXTERNAL = 1 << 0,   /* DW_AT_external */
	INSTANCE_ASM = 1 << 1,	      /* assembler: its parameters are unknown */
	INSTANCE_OVERRIDDEN = 1 << 2, /* a definition whose address no symbol of the name holds */
	INSTANCE_DEFINED = 1 << 3,    /* some DIE defines it; else it is only declared */
	INSTANCE_HAS_ADDRESS = 1 << 4,
	/*
	 * Only a caller's words: some edge says that a function of this name in this
	 * file calls, but no such instance was read.  It has no edges of its own,
	 * stands after the read instances of its function, and does not count as an
	 * instance: classes, pages and export pass over it.
	 */
	INSTANCE_MENTIONED = 1 << 5,
	/*
	 * Code that no DIE tells of, under the function's symbol: assembler without
	 * debug information.  It is here since machine code calls it or stands in it,
	 * and says nothing about what the function is.
	 */
	INSTANCE_NO_DIE = 1 << 6,
};

struct fact_instance {
	uint64_t address;    /* entry; meaningless without INSTANCE_HAS_ADDRESS */
	uint32_t function;   /* function index */
	str_id file;	     /* path of the CU that defines it; 0 if only declared */
	str_id decl_file;    /* where it is declared; 0 unknown */
	uint32_t decl_line;  /* 0: none */
	str_id copy_of;	     /* the symbol its code really stands under, if it is a copy */
	str_id linkage;	     /* DW_AT_linkage_name where it differs from the name (`__builtin_memcpy`: memcpy) */
	uint32_t prototype;  /* prototype index, NO_INDEX unknown */
	uint32_t symbol;     /* symbol index it is tied to by address, NO_INDEX none */
	uint32_t object;     /* object index */
	uint32_t first_edge; /* edges on it: first the inlined ones, then the calls */
	uint32_t inlined_edges;
	uint32_t call_edges;
	uint8_t flags;	   /* enum instance_flag */
	uint8_t dw_inline; /* DW_AT_inline: 0 not inlined, 1 inlined, 2 declared not inlined, 3 declared and inlined */
};

enum function_flag {
	FUNCTION_MENTIONED = 1 << 0, /* known only as a caller: its own facts were not read */
};

struct fact_function {
	str_id name;
	str_id readable; /* demangled form (Rust), 0 if the name is readable itself */
	uint32_t first_instance;
	uint32_t instances;
	uint32_t first_symbol;
	uint32_t symbols;
	uint32_t prototype; /* the first defining DIE's in CU order, NO_INDEX unknown */
	uint8_t language;   /* enum language */
	uint8_t flags;	    /* enum function_flag */
};

struct fact_symbol {
	uint64_t address;
	uint64_t size;
	uint32_t function; /* owner: the function named by its stem */
	uint32_t object;
	str_id name;
	uint16_t attach; /* enum attach_evidence (attach.h) */
	uint8_t binding; /* STB_* */
	uint8_t type;	 /* STT_* */
};

/* What kind of place holds a function's address. */
enum taken_kind {
	TAKEN_DATA, /* a function pointer in data */
	TAKEN_CODE, /* instructions that make the address */
};

/*
 * A place that holds a function's address.  Calls through it are in no list of
 * callers.
 */
struct fact_taken {
	uint64_t address;  /* of the place; 0 unknown */
	uint32_t function; /* whose address it is; NO_INDEX: of the import */
	uint32_t symbol;   /* the symbol at that address; NO_INDEX: of the import, or unknown */
	str_id import;	   /* an undefined symbol of a module: function or data, the module cannot tell; else 0 */
	uint32_t holder;   /* in code: the function, by index; NO_INDEX in data, and in code outside of any */
	uint32_t offset;   /* bytes into the data symbol; in code: into the holder's symbol, or the one `data` names */
	str_id data;	   /* in data: the object's symbol; in code: where it is not the holder's own, else 0 */
	str_id field;	   /* in data: the member ("file_operations.open", "[3]"), 0 where the DWARF does not tell */
	str_id file;	   /* the unit that defines the data or the holder; 0 unknown */
	uint32_t object;   /* the place's, which need not be the function's */
	uint8_t kind;	   /* enum taken_kind */
};

/* What an object exports to modules: a function or a variable. */
struct fact_export {
	str_id name;
	str_id namespace;  /* 0: none */
	uint32_t function; /* function index of the same object; NO_INDEX: a variable, or a function nobody names */
	uint32_t object;
	uint32_t crc; /* of modversions; 0: none */
	bool gpl;     /* EXPORT_SYMBOL_GPL */
	str_id file;  /* of a variable: the unit that defines it; 0: unknown, or a function */
};

/* A file that was compiled into an object, with or without functions. */
struct fact_unit {
	str_id file;
	uint32_t object;
};

/*
 * A function that is called when the kernel starts, or when a module comes and
 * goes.  Of one object they stand in the order of the table, which is the order
 * they are called in.
 */
struct fact_initcall {
	str_id name;
	str_id level;  /* "early", "0" to "7" and "0s" to "7s", "rootfs", "con"; of a module "module" and "exit" */
	str_id file;   /* the unit that defines the function; 0 unknown */
	str_id module; /* KBUILD_MODNAME of code that is built in; 0 unknown (before 5.11) */
	uint32_t line; /* where it is registered; 0 unknown */
	uint32_t object;
};

/*
 * A definition of a type that an object has.  Of several of one kind and name each
 * has the units that mean it, but for one that all others mean.  A declaration
 * stands beside definitions only to list units that do not tell which one they mean.
 */
struct fact_type {
	uint32_t type; /* number in the pool (type_pool.h) */
	uint32_t object;
	str_id decl_file;	    /* where it is declared; 0 unknown */
	uint32_t decl_line;	    /* 0 unknown */
	uint32_t first_unit, units; /* in `type_units` */
};

struct fact_param {
	str_id name; /* "(anon)" where it has none */
	str_id decl; /* whole declaration, name included; "void (anon)" ends a variadic list */
};

struct fact_prototype {
	str_id returns;
	uint32_t first_param;
	uint32_t params;
};

/* A linked object: vmlinux, or a module. */
struct fact_object {
	str_id name; /* "vmlinux" or the kernel's own name of the module */
	str_id path; /* where it was read from; 0 for imported facts */
	str_id build_id;
	uint8_t evidence;  /* enum evidence */
	bool taken_data;   /* data was searched for function addresses; if not, those that are known need not be all */
	bool taken_code;   /* code was searched, too */
	uint16_t gates;	   /* enum attach_gate (attach.h); of vmlinux only */
	bool types_read;   /* its types are known */
	bool exports_read; /* what it exports is known */
	bool units_read;   /* so are the files compiled into it */
	bool inits_read;   /* and what it calls at the start */
};

/*
 * A section of a module that holds code.  A module's sections all begin at 0,
 * so its addresses (of instances, symbols and edges) are in a space in which
 * each section has a place of its own: subtract `base` for the offset that
 * tools print.  vmlinux has real addresses and no rows here.
 */
struct fact_section {
	uint64_t base;
	uint64_t size_bytes;
	str_id name;
	uint32_t object;
};

struct facts {
	struct image_name image;
	struct intern strings;
	VEC(struct fact_object) objects;
	VEC(struct fact_section) sections;
	VEC(struct fact_function) functions;
	VEC(struct fact_instance) instances;
	VEC(struct fact_edge) edges;
	VEC(struct fact_chain) chains;
	VEC(struct fact_symbol) symbols;
	VEC(struct fact_prototype) prototypes;
	VEC(struct fact_param) params;
	VEC(struct fact_taken) taken; /* ascending function, then address */
	VEC(struct fact_export) exports;
	VEC(struct fact_unit) units; /* each once */
	VEC(struct fact_initcall) initcalls;
	VEC(struct fact_type) types; /* by object, then by name and kind; declarations last */
	VEC(str_id) type_units;	     /* paths of units */
};

void facts_init(struct facts *facts);
void facts_fini(struct facts *facts);

/* How many functions were read; the others are only mentioned as callers. */
size_t facts_count_read(const struct facts *facts);

/* The object of all rows of a function; the first where it has none. */
uint32_t facts_object_of(const struct facts *facts, uint32_t function);

/*
 * Parts functions whose instances and symbols are of several objects into one for
 * each, and puts those of one object together, in the order of objects.
 */
void facts_split(struct facts *facts);

struct globs;

/* Keeps what `globs` admits; callers outside of it stay as FUNCTION_MENTIONED. */
void facts_limit(struct facts *facts, const struct globs *globs);

/*
 * Checks every index and grouping above; a failure is a bug or a hostile import.
 * Each instance and each symbol belongs to the run of exactly one function, each
 * edge to the run of exactly one instance; a chain's parent stands before it.  A
 * function has rows of one object only; functions of one object stand together,
 * and so do their rows.
 */
struct error *facts_check(const struct facts *facts) MUST_CHECK;

#endif
