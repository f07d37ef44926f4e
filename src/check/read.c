// SPDX-License-Identifier: GPL-2.0-or-later
/* Which of the readers a file is for. */
#include "check/read.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/package.h"
#include "atlas/str.h"
#include "atlas/table.h"

static unsigned half_word(const unsigned char *bytes, size_t at, bool big)
{
	return big ? (unsigned)bytes[at] << 8 | bytes[at + 1] : (unsigned)bytes[at + 1] << 8 | bytes[at];
}

/* How many bytes an ELF file at `bytes` takes by its own header, at most `left`: its section headers stand last. */
static size_t elf_length(const unsigned char *bytes, size_t left)
{
	Elf64_Ehdr header;

	memcpy(&header, bytes, sizeof(header));
	uint64_t end = header.e_shoff + (uint64_t)header.e_shentsize * header.e_shnum;

	return header.e_shoff <= left && end <= left ? (size_t)end : left;
}

static bool is_bpf(const unsigned char *bytes, size_t left)
{
	return left >= sizeof(Elf64_Ehdr) && memcmp(bytes, ELFMAG, SELFMAG) == 0 && bytes[EI_CLASS] == ELFCLASS64 &&
	       half_word(bytes, 16, bytes[EI_DATA] == ELFDATA2MSB) == ET_REL &&
	       half_word(bytes, 18, bytes[EI_DATA] == ELFDATA2MSB) == EM_BPF;
}

/* A program runs on kernels of its own architecture; one of 32 bits on those of 64 bits, too: any is looked at. */
static const char *program_arch(const unsigned char *bytes, struct arena *arena)
{
	bool big = bytes[EI_DATA] == ELFDATA2MSB;
	const char *name = NULL;
	struct table table;

	if (bytes[EI_CLASS] != ELFCLASS64)
		return NULL;
	table_load(&table, "arches", 5);
	for (size_t i = 0; i < table.rows.count; i++) {
		const char **field = table.rows.items[i].fields;

		if ((unsigned)atoi(field[1]) == half_word(bytes, 18, big) && str_eq(field[2], "64") &&
		    str_eq(field[3], big ? "big" : "little"))
			name = arena_strdup(arena, field[0]);
	}
	table_fini(&table);
	return name;
}

/* A program made with libbpf's skeletons holds its eBPF objects as data. */
static struct error *read_embedded(const char *path, const unsigned char *bytes, size_t size_bytes,
				   struct dependencies *dependencies)
{
	size_t found = 0;

	for (size_t at = 1; at + sizeof(Elf64_Ehdr) < size_bytes; at++) {
		if (bytes[at] != ELFMAG0 || !is_bpf(bytes + at, size_bytes - at))
			continue;
		size_t length = elf_length(bytes + at, size_bytes - at);
		/* Where it stands need not be aligned, which libelf asks for. */
		AUTO_FREE void *copy = memcpy(xmalloc(length), bytes + at, length);

		TRY(error_prefix(bpf_read(path, copy, length, dependencies), "the eBPF object at offset 0x%zx", at));
		found++;
		at += length - 1;
	}
	if (!found)
		return error_new(
			ERROR_INPUT,
			"%s: an ELF file that is no module, no eBPF object and holds none; check wants a list, "
			"a module (.ko) or an eBPF object",
			path);
	dependencies->arch = program_arch(bytes, &dependencies->arena);
	dependencies->what = found == 1 ? "the eBPF object in a program" : "the eBPF objects in a program";
	return NULL;
}

static struct error *read_bytes(const char *path, const struct package_bytes *bytes, struct dependencies *dependencies)
{
	const unsigned char *data = bytes->data;

	if (bytes->size_bytes < 20 || memcmp(data, ELFMAG, SELFMAG) != 0) {
		dependencies->what = "a list";
		return list_read(path, (const char *)data, bytes->size_bytes, dependencies);
	}
	if (is_bpf(data, bytes->size_bytes)) {
		dependencies->what = "an eBPF object";
		return bpf_read(path, data, bytes->size_bytes, dependencies);
	}
	if (half_word(data, 16, data[EI_DATA] == ELFDATA2MSB) == ET_REL) {
		dependencies->what = "a module";
		return module_read(path, data, bytes->size_bytes, dependencies);
	}
	return read_embedded(path, data, bytes->size_bytes, dependencies);
}

struct error *dependencies_read(const char *path, struct dependencies *dependencies)
{
	struct package_bytes bytes;

	*dependencies = (struct dependencies){0};
	arena_init(&dependencies->arena);
	TRY(file_bytes_open(path, MEMBER_MODULE, NULL, &bytes));
	struct error *err = read_bytes(path, &bytes, dependencies);

	package_bytes_free(&bytes);
	if (err)
		return err;
	if (!dependencies->items.count)
		return error_new(ERROR_INPUT, "%s: names no dependency", path);
	dependencies_sort(dependencies);
	return NULL;
}
