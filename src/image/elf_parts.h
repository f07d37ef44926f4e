/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an opened kernel image is made of.  Section bytes and symbol names are
 * borrowed from the mapping of the file (or from the image's own memory, for
 * sections that had to be decompressed).
 */
#ifndef IMAGE_ELF_PARTS_H
#define IMAGE_ELF_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

#endif
