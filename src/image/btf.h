/* SPDX-License-Identifier: GPL-2.0-or-later */
/* BTF: what a kernel says of its own types, and the functions it describes. */
#ifndef IMAGE_BTF_H
#define IMAGE_BTF_H

#include "image/elf_image.h"

/*
 * A module's continues the kernel's: type ids and offsets of names count on from
 * `base`, so that it cannot be read alone.
 */
struct btf {
	const unsigned char *types, *strings; /* borrowed from who opened it */
	uint32_t types_bytes, strings_bytes;
	const struct btf *base;		 /* NULL: none */
	uint32_t first_id, first_string; /* the first of its own */
	VEC(uint32_t) offsets;		 /* of its own types, by id */
	bool big_endian;
};

struct btf_func {
	const char *name; /* borrowed from the BTF */
	uint32_t id;	  /* of the type */
	uint16_t params;  /* with the "..." of a variadic one */
	bool refused;	  /* variadic, returns a struct, or has more than 12 parameters (MAX_BPF_FUNC_ARGS) */
	bool doubtful;	  /* more than six parameters, or a struct by value */
	bool denied;	  /* in btf_id_deny */
};

struct btf_funcs {
	VEC(struct btf_func) items; /* by name, in byte order */
	struct btf btf;		    /* what they stand in */
	bool present;
	bool unread; /* present, but damaged or of a form not known */
};

/* `data` must stay until btf_close(), and so must `base`. */
struct error *btf_open(const char *path, const unsigned char *data, uint64_t size_bytes, const struct btf *base,
		       struct btf *btf) MUST_CHECK;
void btf_close(struct btf *btf);
/* Name of a parameter, "" if it has none.  Only for functions of this BTF. */
const char *btf_param_name(const struct btf *btf, const struct btf_func *func, unsigned index);

/*
 * The functions of section .BTF.  What cannot be read is no error: new releases add
 * kinds, and only this depends on it.
 */
struct error *btf_funcs_read(struct elf_image *image, const struct btf *base, struct btf_funcs *funcs) MUST_CHECK;
/* The same of a file of its own (/sys/kernel/btf/vmlinux); what cannot be read is an error. */
struct error *btf_funcs_of(const char *path, const unsigned char *data, uint64_t size_bytes,
			   struct btf_funcs *funcs) MUST_CHECK;
void btf_funcs_fini(struct btf_funcs *funcs);
/* The first of a name, and the count returned. */
size_t btf_funcs_find(const struct btf_funcs *funcs, const char *name, const struct btf_func **first);

#endif
