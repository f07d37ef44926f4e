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

/*
 * Addresses: where `section` is given (a module's), `address` is the offset in
 * it; else it is the kernel's own address.
 */

/* Verdicts "yes", "no" and "unknown" (attach.h). */
struct symbol_attach {
	const char *ftrace, *kprobe, *fentry, *kprobe_multi;
	const char *reason; /* why not, and what to know; may be empty */
	const char *line;   /* all of it */
	uint16_t evidence;  /* of the symbol itself: enum attach_evidence */
};

struct symbol {
	const char *name;
	uint64_t address;
	uint64_t size_bytes;
	const char *object;		    /* "vmlinux" or a module */
	const char *section;		    /* NULL: vmlinux */
	const struct symbol_attach *attach; /* NULL unknown */
	uint8_t binding;		    /* STB_* */
};

struct site {
	const char *path; /* CU path of the other function: the caller, or the callee in a callee list; NULL unknown */
	const char *name; /* name of the other function */
	const char *object;   /* its linked object; NULL: a callee that is defined nowhere that was read */
	const char *section;  /* of the code the site stands in; NULL: vmlinux, or unknown */
	const char *symbol;   /* linkage name of the callee, where it differs from its name */
	const char *as;	      /* alias calls: the DWARF name the call is recorded under */
	const char **through; /* inlined functions between, the caller's side first */
	uint32_t through_count;
	uint64_t address; /* without a section 0 is unknown */
	uint32_t line;
	uint8_t kind;  /* enum edge_kind */
	uint8_t flags; /* enum edge_flag */
};

/* A place that holds the function's address: calls through it are in no list. */
struct taken {
	const char *path;   /* of the unit that defines the data, or the holder; NULL unknown */
	const char *holder; /* in code: the function it is in; NULL in data, and in code outside of any */
	const char *data;   /* in data: its symbol; in code: what `offset` counts from, NULL: the holder's own symbol */
	const char *field;  /* in data: "file_operations.open", "[3]"; NULL unknown */
	const char *object; /* the place's */
	const struct symbol *symbol; /* whose address it is; NULL: the function's only one, or unknown */
	uint64_t offset;
	uint8_t kind; /* enum taken_kind */
};

/* An object whose data was searched for such places. */
struct searched_object {
	const char *name;
	bool code; /* its code, too */
};

/* Where such places were searched for, in all objects that were read and that can know the function. */
enum taken_search {
	TAKEN_UNSEARCHED, /* imported facts */
	TAKEN_SEARCHED_DATA,
	TAKEN_SEARCHED_ALL, /* code, too */
};

enum export_state {
	EXPORT_UNKNOWN, /* the export tables of its object were not read */
	EXPORT_NO,
	EXPORT_PLAIN, /* EXPORT_SYMBOL */
	EXPORT_GPL,   /* EXPORT_SYMBOL_GPL */
};

struct function_export {
	enum export_state state;
	uint32_t crc;	       /* of modversions; 0: none */
	const char *namespace; /* NULL: none */
};

struct instance {
	int64_t id;	       /* in the store */
	const char *file;      /* NULL: only declared */
	const char *decl_file; /* NULL unknown */
	uint32_t decl_line;    /* 0 none */
	const char *object;
	const char *section;
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

/*
 * A name in one linked object of an image.  A module that merely calls what
 * another object defines has no function of that name: its calls are
 * `import_calls` of the function that the linker will find, which is vmlinux's,
 * else that of the only module that defines the name for others.
 */
struct function {
	const struct image *image;
	const char *object; /* "vmlinux" or a module; NULL: imported by modules, in no object that was read */
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
	/* Calls from other objects, by module, then in the order of the DWARF; under another name with `as`. */
	const struct site *import_calls;
	uint32_t import_call_count;
	uint32_t imported_by; /* modules these are in */
	bool undefined;	      /* no object that was read defines it: `object` is NULL */
	bool ambiguous; /* several modules define it for others: that the import calls are this one's is a guess */
	struct function_export exported;
	const struct taken *taken; /* data first, then code; those of its own object, then by module */
	uint32_t taken_count;
	enum taken_search taken_search;
	struct class class; /* `call_sites` counts import calls, too */
};

#endif
