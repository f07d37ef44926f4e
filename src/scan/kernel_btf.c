// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>

#include "atlas/scan.h"
#include "scan/attach.h"

static struct error *copy_section(struct elf_image *elf, struct kernel_btf *btf, bool *there)
{
	struct section *section;

	TRY(elf_image_load(elf, ".BTF", &section));
	*there = section && section->data && section->size_bytes;
	if (!*there)
		return NULL;
	btf->bytes = xmalloc(section->size_bytes);
	memcpy(btf->bytes, section->data, section->size_bytes);
	return btf_open(elf->path, btf->bytes, section->size_bytes, NULL, &btf->btf);
}

struct kernel_btf *kernel_btf_read(const char *path, const void *bytes, size_t size_bytes)
{
	struct kernel_btf *btf = xcalloc(1, sizeof(*btf));
	struct elf_image elf;
	bool there = false;
	struct error *err = bytes ? elf_image_open_memory(path, bytes, size_bytes, &elf) : elf_image_open(path, &elf);

	if (!err) {
		err = copy_section(&elf, btf, &there);
		elf_image_close(&elf);
	}
	if (!err && there)
		return btf;
	error_free(err);
	kernel_btf_free(btf);
	return NULL;
}

void kernel_btf_free(struct kernel_btf *btf)
{
	if (!btf)
		return;
	btf_close(&btf->btf);
	free(btf->bytes);
	free(btf);
}
