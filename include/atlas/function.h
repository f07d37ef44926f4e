/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One function in one image, as a reader sees it: what pages, `show` and
 * `export` are made from.  Everything lives in the arena given to the store's
 * read function.
 */
#ifndef ATLAS_FUNCTION_H
#define ATLAS_FUNCTION_H

#include <stdbool.h>
#include <stdint.h>

#include "atlas/classify.h"
#include "atlas/facts.h"

struct image; /* store.h */

struct param {
	const char *name; /* "(anon)" where it has none */
	const char *decl;
};

struct prototype {
	const char *returns;
	const struct param *params;
	uint32_t count;
};

struct symbol {
	const char *name;
	uint64_t address;
	uint64_t size_bytes;
	const char *object; /* "vmlinux" or a module */
	uint8_t binding;    /* STB_* */
};

struct site {
	const char *path; /* CU path of the other function: the caller, or the callee in a callee list; NULL unknown */
	const char *name; /* name of the other function */
	const char *object;   /* its linked object */
	const char *symbol;   /* linkage name of the callee, where it differs from its name */
	const char *as;	      /* alias calls: the DWARF name the call is recorded under */
	const char **through; /* inlined functions between, the caller's side first */
	uint32_t through_count;
	uint64_t address;
	uint32_t line;
	uint8_t kind;  /* enum edge_kind */
	uint8_t flags; /* enum edge_flag */
};

struct instance {
	int64_t id;	       /* in the store */
	const char *file;      /* NULL: only declared */
	const char *decl_file; /* NULL unknown */
	uint32_t decl_line;    /* 0 none */
	const char *object;
	const char *copy_of;
	const char *linkage;
	uint64_t address;
	uint8_t flags; /* enum instance_flag */
	uint8_t dw_inline;
	const struct prototype *prototype; /* NULL unknown */
	const struct symbol *symbol;	   /* tied by address, NULL none */
	const struct site *inlined;	   /* copies inlined into callers */
	uint32_t inlined_count;
	const struct site *calls; /* direct and tail calls */
	uint32_t call_count;
};

struct function {
	const struct image *image;
	const char *name;
	const char *readable; /* NULL: as `name` */
	uint8_t language;
	uint8_t flags; /* enum function_flag */
	const struct prototype *prototype;
	const struct instance *instances;
	uint32_t instance_count;
	const struct symbol *symbols;
	uint32_t symbol_count;
	/* Calls recorded under another DWARF name whose linkage name is this one (`__builtin_memcpy`). */
	const struct site *alias_calls;
	uint32_t alias_call_count;
	struct class class;
};

#endif
