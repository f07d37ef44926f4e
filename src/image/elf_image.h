/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An opened kernel image: its sections, symbols, banner and build id.
 *
 * The file is mapped and stays so until elf_image_close(); section bytes and
 * symbol names are borrowed from the mapping (or from the image's own memory,
 * for sections that had to be decompressed).
 */
#ifndef IMAGE_ELF_IMAGE_H
#define IMAGE_ELF_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "atlas/error.h"
#include "atlas/mem.h"

struct section {
	const char *name;
	const unsigned char *data; /* NULL: no bytes in the file (SHT_NOBITS), or not read yet */
	uint64_t size_bytes;	   /* of `data`, expanded */
	uint64_t address;	   /* of a module (ET_REL): where relocate.h placed it */
	uint64_t file_offset;
	uint64_t file_size_bytes;
	uint64_t flags; /* SHF_* */
	uint32_t type;	/* SHT_* */
	uint32_t index;
	uint32_t info; /* sh_info: of relocations, the section they are for */
	bool expanded; /* `data` is ours and freed with the image */
};

/* A row of data/arches.tsv. */
struct arch {
	char name[16];	  /* Debian's: "amd64" */
	unsigned machine; /* EM_* */
	unsigned bits;
	bool big_endian;
	bool thumb; /* bit 0 of a code address is a mode, not part of it */
};

struct elf_symbol {
	const char *name;
	uint64_t address; /* of a module: in the space its sections were placed in */
	uint64_t size_bytes;
	uint32_t section; /* section index, SHN_* */
	uint8_t binding;  /* STB_* */
	uint8_t type;	  /* STT_* */
	uint8_t other;	  /* st_other: visibility, and on ppc64el how far in the local entry is */
};

struct elf_image {
	const char *path; /* borrowed from the caller of elf_image_open() */
	struct Elf *elf;
	int fd;
	struct arch arch;
	uint16_t elf_type; /* ET_* */
	bool swap;	   /* the file's byte order is not this machine's */
	bool bpf;	   /* an eBPF object is wanted, and nothing else will do */
	struct section *sections;
	uint32_t section_count;
	struct elf_symbol *symbols; /* every entry but the first, in table order */
	size_t symbol_count;
	struct arena arena;
};

struct error *elf_image_open(const char *path, struct elf_image *image) MUST_CHECK;
/* The same from memory, which must stay until elf_image_close(); `path` is what messages call it. */
struct error *elf_image_open_memory(const char *path, const void *bytes, size_t size_bytes,
				    struct elf_image *image) MUST_CHECK;
/* The same for an eBPF object, which the two above refuse. */
struct error *elf_image_open_bpf(const char *path, const void *bytes, size_t size_bytes,
				 struct elf_image *image) MUST_CHECK;
void elf_image_close(struct elf_image *image);

/* NULL if there is none of that name.  Its bytes are not read by this. */
struct section *elf_image_section(struct elf_image *image, const char *name);
/* The same with its bytes read and, if need be, decompressed; `*section` is NULL if there is none. */
struct error *elf_image_load(struct elf_image *image, const char *name, struct section **section) MUST_CHECK;
/* Reads the bytes of one section, if they were not yet. */
struct error *elf_image_load_section(struct elf_image *image, struct section *section) MUST_CHECK;
/* Bytes at a virtual address, up to the end of their section; NULL if no section holds it. */
const unsigned char *elf_image_at(struct elf_image *image, uint64_t address, uint64_t *left_bytes);
const struct elf_symbol *elf_image_find_symbol(const struct elf_image *image, const char *name);
/* Lower-case hex of the GNU build id note; NULL if there is none.  Owned by the image. */
struct error *elf_image_build_id(struct elf_image *image, const char **build_id) MUST_CHECK;
/* `linux_banner` without its newline; NULL if there is none.  Owned by the image. */
struct error *elf_image_banner(struct elf_image *image, const char **banner) MUST_CHECK;

/* Internal: replaces compressed bytes by what they hold (decompress.c). */
struct error *section_expand(struct elf_image *image, struct section *section) MUST_CHECK;

#endif
