/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An opened kernel image: its sections, symbols, banner and build id.
 *
 * The file is mapped and stays so until elf_image_close().
 */
#ifndef IMAGE_ELF_IMAGE_H
#define IMAGE_ELF_IMAGE_H

#include "atlas/error.h"
#include "image/elf_parts.h"

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
/* Reads the bytes of one section, if they were not yet; of a module's debug section the relocated ones. */
struct error *elf_image_load_section(struct elf_image *image, struct section *section) MUST_CHECK;
/* Bytes at a virtual address, up to the end of their section; NULL if no section holds it. */
const unsigned char *elf_image_at(struct elf_image *image, uint64_t address, uint64_t *left_bytes);
const struct elf_symbol *elf_image_find_symbol(const struct elf_image *image, const char *name);
/* Lower-case hex of the GNU build id note; NULL if there is none.  Owned by the image. */
struct error *elf_image_build_id(struct elf_image *image, const char **build_id) MUST_CHECK;
/* `linux_banner` without its newline; NULL if there is none.  Owned by the image. */
struct error *elf_image_banner(struct elf_image *image, const char **banner) MUST_CHECK;

#endif
