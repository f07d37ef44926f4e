/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: model */
/* What an object is made of: the files compiled into it, what it calls when it starts, and what it exports. */
#ifndef ATLAS_FILES_H
#define ATLAS_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As struct fact_initcall (facts.h). */
struct initcall {
	const char *name, *level;
	const char *file;   /* NULL unknown */
	const char *module; /* KBUILD_MODNAME; NULL unknown */
	uint32_t line;	    /* 0 unknown */
};

struct object_export {
	const char *name;
	const char *namespace; /* NULL none */
	const char *file;      /* of a variable: the unit that defines it; NULL unknown, or a function */
	uint32_t crc;	       /* 0 none */
	bool gpl;
};

struct object_files {
	const char *object; /* "vmlinux" or a module */
	bool units_known, initcalls_known;
	const char *const *units; /* paths, in byte order */
	size_t unit_count;
	const struct initcall *initcalls; /* in the order they are called in */
	size_t initcall_count;
	bool exports_known;
	const struct object_export *exports; /* in byte order */
	size_t export_count;
	uint16_t gates; /* enum attach_gate (attach.h); of vmlinux; 0 unknown */
};

#endif
