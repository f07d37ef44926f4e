/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: model */
/*
 * What one image says of source files, in bulk.  Paths and names are ids of the
 * atlas's dictionaries (store_dictionary()), the same for all images; 0 is
 * unknown.  Objects are indexes.  Everything lives in the arena of the call.
 */
#ifndef ATLAS_FILE_FACTS_H
#define ATLAS_FILE_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A file that was compiled into an object. */
struct file_unit {
	uint32_t path, object;
};

/* A definition of a function. */
struct file_function {
	uint32_t path; /* where its source is: a header for an inline function */
	uint32_t unit; /* what was compiled when it was met */
	uint32_t name, line, object;
	uint8_t flags;	   /* enum instance_flag (facts.h) */
	uint8_t collision; /* enum collision (classify.h) */
	uint8_t inlining;  /* enum inlining */
	bool transformed;
};

/* How often the code of a unit leads to something, or holds copies of it. */
struct pair_count {
	uint32_t left;		 /* path of the unit */
	uint32_t right;		 /* path of a file, or a name */
	uint32_t calls, inlined; /* sites */
};

struct file_export {
	uint32_t path, name, object;
	uint32_t namespace; /* name id; 0: none */
	uint32_t crc;	    /* 0: none */
	bool gpl, function;
};

struct file_initcall {
	uint32_t path, name, object, line;
	uint32_t number; /* order of the calls in the object */
	const char *level;
	const char *module; /* KBUILD_MODNAME; NULL unknown */
};

/* A struct, union or enum that the file defines. */
struct file_type {
	uint32_t path, line;
	uint32_t object;
	uint8_t kind; /* enum type_kind (type.h) */
	const char *name;
	uint64_t size_bytes;
};

struct file_facts {
	const char *const *objects; /* vmlinux first */
	size_t object_count;

	/* clang-format off */
	const struct file_unit *units;		size_t unit_count;     /* by path, object */
	const struct file_function *functions;	size_t function_count; /* by path, line, name, object, unit */
	const struct pair_count *links;		size_t link_count;     /* unit and file, by unit, file; 0: a file not known */
	const struct pair_count *links_in;	/* the same by file, unit */
	const struct pair_count *uses;		size_t use_count;      /* unit and name of those asked for; by unit, name */
	const struct file_export *exports;	size_t export_count;   /* by path, object, name */
	const struct file_initcall *initcalls;	size_t initcall_count; /* by path, object, order of calls */
	const struct file_type *types;		size_t type_count;     /* by path, kind, name, size */
	/* clang-format on */
	/* Of vmlinux: whether an absence says anything. */
	bool units_known, exports_known, initcalls_known, types_known;
};

#endif
