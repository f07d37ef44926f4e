/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The types of a .BTF section, one by one, for who follows them.  Ids count from
 * 1; 0 is void.  Nothing here trusts the section: an id that leads nowhere is void.
 */
#ifndef IMAGE_BTF_TYPES_H
#define IMAGE_BTF_TYPES_H

#include "image/elf_image.h"

enum btf_type_kind {
	BTF_TYPE_VOID,
	BTF_TYPE_INT,
	BTF_TYPE_PTR,
	BTF_TYPE_ARRAY,
	BTF_TYPE_STRUCT,
	BTF_TYPE_UNION,
	BTF_TYPE_ENUM,
	BTF_TYPE_FWD,
	BTF_TYPE_TYPEDEF,
	BTF_TYPE_VOLATILE,
	BTF_TYPE_CONST,
	BTF_TYPE_RESTRICT,
	BTF_TYPE_FUNC,
	BTF_TYPE_FUNC_PROTO,
	BTF_TYPE_VAR,
	BTF_TYPE_DATASEC,
	BTF_TYPE_FLOAT,
	BTF_TYPE_DECL_TAG,
	BTF_TYPE_TYPE_TAG,
	BTF_TYPE_ENUM64,
	BTF_TYPE_KIND_COUNT,
};

struct btf_types {
	struct elf_image *image;
	const unsigned char *types, *strings;
	uint32_t types_bytes, strings_bytes;
	VEC(uint32_t) offsets; /* of each type, from id 1 */
};

struct btf_type {
	enum btf_type_kind kind;
	const char *name; /* "" without one; borrowed from the image */
	uint32_t count;	  /* members, enumerators, parameters, variables */
	bool flag;	  /* struct: bit-fields; enum: signed; forward: a union */
	uint32_t of;	  /* size in bytes (int, struct, union, enum, float), else a type */
	const unsigned char *more;
};

struct btf_member {
	const char *name;
	uint32_t type;
};

/* Without such a section `types` is NULL afterwards. */
struct error *btf_types_open(struct elf_image *image, struct btf_types *btf) MUST_CHECK;
void btf_types_close(struct btf_types *btf);

/* A string of the section; "" where the offset lies outside. */
const char *btf_string(const struct btf_types *btf, uint32_t offset);
struct btf_type btf_type(const struct btf_types *btf, uint32_t id);
/* With qualifiers, type tags and, if `typedefs`, names taken off; sets `id` to what is left. */
struct btf_type btf_plain(const struct btf_types *btf, uint32_t *id, bool typedefs);
/* Of a struct or union; `n` lies below its count. */
struct btf_member btf_member(const struct btf_types *btf, const struct btf_type *type, uint32_t n);
/* Of an enum of either kind. */
const char *btf_enumerator(const struct btf_types *btf, const struct btf_type *type, uint32_t n, int64_t *value);
/* Type of an array's elements. */
uint32_t btf_element(const struct btf_types *btf, const struct btf_type *type);
/* The n-th variable or function of a data section. */
uint32_t btf_section_entry(const struct btf_types *btf, const struct btf_type *type, uint32_t n);

#endif
