/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The functions that a kernel's own BTF (.BTF of vmlinux) describes. */
#ifndef IMAGE_BTF_H
#define IMAGE_BTF_H

#include "image/elf_image.h"

struct btf_func {
	const char *name; /* borrowed from the image */
	uint32_t id;	  /* of the type */
	bool refused;	  /* variadic, returns a struct, or has more than 12 parameters (MAX_BPF_FUNC_ARGS) */
	bool doubtful;	  /* more than six parameters, or a struct by value */
	bool denied;	  /* in btf_id_deny */
};

struct btf_funcs {
	VEC(struct btf_func) items; /* by name, in byte order */
	bool present;
	bool unread; /* present, but damaged or of a form not known */
};

/* What cannot be read is no error: new releases add kinds, and only this depends on it. */
struct error *btf_funcs_read(struct elf_image *image, struct btf_funcs *funcs) MUST_CHECK;
void btf_funcs_fini(struct btf_funcs *funcs);

#endif
