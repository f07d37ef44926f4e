/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: model */
/* What an object is made of: the files compiled into it, and what it calls when it starts. */
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

struct object_files {
	const char *object; /* "vmlinux" or a module */
	bool units_known, initcalls_known;
	const char *const *units; /* paths, in byte order */
	size_t unit_count;
	const struct initcall *initcalls; /* in the order they are called in */
	size_t initcall_count;
};

#endif
