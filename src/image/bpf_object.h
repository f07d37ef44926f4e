/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an eBPF object asks of a kernel: its programs, CO-RE relocations and extern symbols. */
#ifndef IMAGE_BPF_OBJECT_H
#define IMAGE_BPF_OBJECT_H

#include "image/btf_types.h"

/* As include/uapi/linux/bpf.h numbers them. */
enum core_kind {
	CORE_FIELD_OFFSET,
	CORE_FIELD_SIZE,
	CORE_FIELD_EXISTS,
	CORE_FIELD_SIGNED,
	CORE_FIELD_LSHIFT,
	CORE_FIELD_RSHIFT,
	CORE_TYPE_ID_LOCAL,
	CORE_TYPE_ID_TARGET,
	CORE_TYPE_EXISTS,
	CORE_TYPE_SIZE,
	CORE_ENUM_EXISTS,
	CORE_ENUM_VALUE,
	CORE_TYPE_MATCHES,
	CORE_KIND_COUNT,
};

/* A function of the object; those in `.text` are called by programs and are none themselves. */
struct bpf_function {
	const char *section, *name;
	uint64_t start, end; /* bytes in the section */
};

struct bpf_relocation {
	const char *section;
	uint32_t offset; /* bytes in the section */
	uint32_t type;
	const char *access; /* "0:1:2" */
	uint32_t kind;	    /* enum core_kind, or one not known */
	uint32_t function;  /* index of the function it stands in, UINT32_MAX: none */
};

struct bpf_line {
	const char *section;
	uint32_t offset;
	const char *file;
	uint32_t line;
};

struct bpf_extern {
	const char *name;
	const char *section; /* ".ksyms", ".kconfig", ... */
	bool weak, function;
};

/* Texts are borrowed from the image. */
struct bpf_object {
	struct btf_types btf;
	VEC(struct bpf_function) functions; /* by section and start */
	VEC(struct bpf_relocation) relocations;
	VEC(struct bpf_line) lines; /* by section, then ascending offset */
	VEC(struct bpf_extern) externs;
};

/* An object without BTF is an error: it cannot say what it needs. */
struct error *bpf_object_open(struct elf_image *image, struct bpf_object *object) MUST_CHECK;
void bpf_object_close(struct bpf_object *object);
/* The source line of an instruction; NULL unknown. */
const struct bpf_line *bpf_line_at(const struct bpf_object *object, const char *section, uint64_t offset);

#endif
