/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a linked object calls when it starts: the tables of initcalls in vmlinux,
 * init and exit of a module.
 *
 * A macro such as core_initcall(f) puts the address of f into a section of its
 * level, under a symbol whose name tells what the table does not:
 * __initcall__kmod_MODULE__COUNTER_LINE_FUNCTIONLEVEL (Linux 5.11; before,
 * __initcall_FUNCTIONLEVEL).  The linker script puts a symbol before each level.
 */
#ifndef IMAGE_INITCALLS_H
#define IMAGE_INITCALLS_H

#include "image/elf_image.h"

struct elf_initcall {
	const char *name;   /* of the function */
	const char *level;  /* as struct fact_initcall has it */
	const char *module; /* KBUILD_MODNAME; NULL unknown */
	uint64_t place;	    /* of the entry; of a module's functions 0 */
	uint64_t target;    /* of the function; 0 unknown */
	uint32_t line;	    /* 0 unknown */
};

struct elf_initcalls {
	VEC(struct elf_initcall) items; /* ascending places; texts are the image's */
};

struct error *elf_initcalls_read(struct elf_image *image, struct elf_initcalls *calls) MUST_CHECK;
void elf_initcalls_fini(struct elf_initcalls *calls);

#endif
