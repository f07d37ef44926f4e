// SPDX-License-Identifier: GPL-2.0-or-later
#include "image/elf_image.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "atlas/str.h"
#include "atlas/table.h"
#include "image/relocate.h"
#include "image/section_bytes.h"

static struct error *elf_error(const struct elf_image *image, const char *what)
{
	return error_new(ERROR_INPUT, "%s: %s: %s", image->path, what, elf_errmsg(-1));
}

/* eBPF is no architecture of kernels and stands in no table. */
static struct error *take_bpf(struct elf_image *image, const GElf_Ehdr *header, unsigned bits, bool big)
{
	if (header->e_machine != EM_BPF || bits != 64)
		return error_new(ERROR_INPUT, "%s: not an eBPF object", image->path);
	image->arch = (struct arch){.name = "bpf", .machine = EM_BPF, .bits = 64, .big_endian = big};
	return NULL;
}

static struct error *find_arch(struct elf_image *image, const GElf_Ehdr *header)
{
	unsigned bits = gelf_getclass(image->elf) == ELFCLASS64 ? 64 : 32;
	bool big = header->e_ident[EI_DATA] == ELFDATA2MSB;
	struct table table;

	image->swap = big != (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__);
	if (image->bpf)
		return take_bpf(image, header, bits, big);
	table_load(&table, "arches", 5);
	for (size_t i = 0; i < table.rows.count; i++) {
		const char **field = table.rows.items[i].fields;
		struct arch arch = {
			.machine = (unsigned)atoi(field[1]),
			.bits = (unsigned)atoi(field[2]),
			.big_endian = str_eq(field[3], "big"),
			.thumb = str_eq(field[4], "1"),
		};

		strncpy(arch.name, field[0], sizeof(arch.name) - 1);
		if (arch.machine == header->e_machine && arch.bits == bits && arch.big_endian == big)
			image->arch = arch;
	}
	table_fini(&table);
	if (image->arch.bits)
		return NULL;
	return error_new(ERROR_INPUT,
			 "%s: ELF machine %u (%u bit, %s-endian) is no architecture this program knows; "
			 "data/arches.tsv lists them",
			 image->path, header->e_machine, bits, big ? "big" : "little");
}

/* What is not ELF is most often a compressed kernel: say so, and what to take instead. */
static struct error *not_elf(const struct elf_image *image, const unsigned char *head, size_t length)
{
	static const struct {
		const char *magic;
		size_t at, length;
		const char *what;
	} known[] = {
		{"HdrS", 0x202, 4, "a bzImage (compressed x86 kernel)"},
		{"ARM\x64", 0x38, 4, "a raw arm64 Image"},
		{"RSC\x05", 0x38, 4, "a raw riscv64 Image"},
		{"MZ", 0, 2, "a compressed EFI kernel"},
		{"\x1f\x8b", 0, 2, "a gzip file"},
		{"\xfd"
		 "7zXZ",
		 0, 5, "an xz file"},
		{"\x28\xb5\x2f\xfd", 0, 4, "a zstd file"},
		{"!<arch>\n", 0, 8, "an ar archive or Debian package"},
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (length >= known[i].at + known[i].length &&
		    memcmp(head + known[i].at, known[i].magic, known[i].length) == 0)
			return error_new(ERROR_INPUT,
					 "%s: this is %s, not an ELF file; give the vmlinux with debug information "
					 "(Debian: of the linux-image-*-dbg package)",
					 image->path, known[i].what);
	return error_new(ERROR_INPUT, "%s: not an ELF file; a vmlinux with its symbol table is needed", image->path);
}

/* libelf has looked at the file, whose first bytes are at `head`. */
static struct error *check_elf(struct elf_image *image, const unsigned char *head, size_t length)
{
	if (image->elf && elf_kind(image->elf) == ELF_K_ELF)
		return NULL;
	if (length >= SELFMAG && memcmp(head, ELFMAG, SELFMAG) == 0)
		return error_new(ERROR_INPUT, "%s: the ELF header is cut short or broken (offset 0)", image->path);
	return not_elf(image, head, length);
}

static struct error *open_file(struct elf_image *image)
{
	unsigned char head[0x240];
	struct stat status;

	/* O_NONBLOCK: a named pipe is refused below, not waited for. */
	image->fd = open(image->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (image->fd < 0)
		return error_errno("%s", image->path);
	if (fstat(image->fd, &status) != 0)
		return error_errno("%s", image->path);
	if (!S_ISREG(status.st_mode))
		return error_new(ERROR_INPUT, "%s: not a regular file", image->path);
	elf_version(EV_CURRENT);
	image->elf = elf_begin(image->fd, ELF_C_READ_MMAP_PRIVATE, NULL);
	ssize_t length = pread(image->fd, head, sizeof(head), 0);

	return check_elf(image, head, length < 0 ? 0 : (size_t)length);
}

static struct error *open_memory(struct elf_image *image, const void *bytes, size_t size_bytes)
{
	elf_version(EV_CURRENT);
	/* libelf only reads: with ELF_C_READ semantics it converts into memory of its own. */
	image->elf = elf_memory((char *)(uintptr_t)bytes, size_bytes);
	return check_elf(image, bytes, size_bytes);
}

static struct error *check_header(struct elf_image *image, GElf_Ehdr *header)
{
	size_t file_size;

	if (!elf_rawfile(image->elf, &file_size) || !gelf_getehdr(image->elf, header))
		return elf_error(image, "ELF header");
	if (header->e_shoff == 0)
		return error_new(ERROR_INPUT, "%s: no section headers; a vmlinux with its symbol table is needed",
				 image->path);
	uint64_t entry = gelf_fsize(image->elf, ELF_T_SHDR, 1, EV_CURRENT);

	if (header->e_shentsize != entry)
		return error_new(ERROR_INPUT, "%s: ELF header: section header size %u, expected %llu", image->path,
				 header->e_shentsize, (unsigned long long)entry);
	if (header->e_shoff > file_size || file_size - header->e_shoff < entry * header->e_shnum)
		return error_new(
			ERROR_INPUT,
			"%s: truncated: section headers at offset 0x%llx, but the file ends at 0x%llx; fetch it again",
			image->path, (unsigned long long)header->e_shoff, (unsigned long long)file_size);
	return NULL;
}

static struct error *read_section(struct elf_image *image, Elf_Scn *scn, size_t names, size_t file_size)
{
	GElf_Shdr header;
	size_t index = elf_ndxscn(scn);

	if (!gelf_getshdr(scn, &header))
		return elf_error(image, "section header");
	const char *name = elf_strptr(image->elf, names, header.sh_name);

	if (!name)
		return error_new(ERROR_INPUT, "%s: section %zu: its name lies outside the string table", image->path,
				 index);
	if (header.sh_type != SHT_NOBITS && header.sh_type != SHT_NULL &&
	    (header.sh_offset > file_size || header.sh_size > file_size - header.sh_offset))
		return error_new(ERROR_INPUT,
				 "%s: section %s: offset 0x%llx, size 0x%llx lie outside the file of 0x%llx bytes; "
				 "fetch it again",
				 image->path, name, (unsigned long long)header.sh_offset,
				 (unsigned long long)header.sh_size, (unsigned long long)file_size);
	image->sections[index] = (struct section){
		.name = name,
		.size_bytes = header.sh_size,
		.address = header.sh_addr,
		.file_offset = header.sh_offset,
		.file_size_bytes = header.sh_type == SHT_NOBITS ? 0 : header.sh_size,
		.flags = header.sh_flags,
		.type = header.sh_type,
		.info = header.sh_info,
		.index = (uint32_t)index,
	};
	return NULL;
}

static int by_file_offset(const void *a, const void *b)
{
	const struct section *const *x = a, *const *y = b;

	return ((*x)->file_offset > (*y)->file_offset) - ((*x)->file_offset < (*y)->file_offset);
}

/* Two sections over the same bytes mean that at least one header lies. */
static struct error *check_overlap(struct elf_image *image)
{
	AUTO_FREE const struct section **order = xcalloc(image->section_count, sizeof(*order));
	size_t count = 0;

	for (uint32_t i = 1; i < image->section_count; i++)
		if (image->sections[i].file_size_bytes)
			order[count++] = &image->sections[i];
	qsort(order, count, sizeof(*order), by_file_offset);
	for (size_t i = 1; i < count; i++) {
		const struct section *low = order[i - 1], *high = order[i];

		if (high->file_offset - low->file_offset < low->file_size_bytes)
			return error_new(
				ERROR_INPUT,
				"%s: sections %s and %s overlap at offset 0x%llx: the section headers are damaged",
				image->path, low->name, high->name, (unsigned long long)high->file_offset);
	}
	return NULL;
}

static struct error *read_sections(struct elf_image *image)
{
	size_t count, names, file_size;
	Elf_Scn *scn = NULL;

	elf_rawfile(image->elf, &file_size);
	if (elf_getshdrnum(image->elf, &count) != 0 || elf_getshdrstrndx(image->elf, &names) != 0)
		return elf_error(image, "section headers");
	image->sections = xcalloc(count, sizeof(*image->sections));
	image->section_count = (uint32_t)count;
	for (size_t i = 0; i < count; i++)
		image->sections[i].name = "";
	while ((scn = elf_nextscn(image->elf, scn)))
		TRY(read_section(image, scn, names, file_size));
	return check_overlap(image);
}

static struct error *add_symbol(struct elf_image *image, Elf_Data *data, Elf_Data *indexes, size_t i, size_t strings)
{
	Elf32_Word wide_index = 0;
	GElf_Sym entry;

	if (!gelf_getsymshndx(data, indexes, (int)i, &entry, &wide_index))
		return elf_error(image, ".symtab");
	const char *name = elf_strptr(image->elf, strings, entry.st_name);

	if (!name)
		return error_new(ERROR_INPUT, "%s: section .symtab, symbol %zu: its name lies outside the string table",
				 image->path, i);
	uint32_t section = entry.st_shndx == SHN_XINDEX ? wide_index : entry.st_shndx;
	bool placed = image->elf_type == ET_REL && section != SHN_UNDEF && section < image->section_count;

	image->symbols[image->symbol_count++] = (struct elf_symbol){
		.name = name,
		.address = entry.st_value + (placed ? image->sections[section].address : 0),
		.size_bytes = entry.st_size,
		.section = section,
		.binding = GELF_ST_BIND(entry.st_info),
		.type = GELF_ST_TYPE(entry.st_info),
		.other = entry.st_other,
	};
	return NULL;
}

static struct error *read_symbols(struct elf_image *image)
{
	struct section *table = NULL;
	Elf_Data *indexes = NULL;

	for (uint32_t i = 1; i < image->section_count; i++) {
		if (image->sections[i].type == SHT_SYMTAB)
			table = &image->sections[i];
		else if (image->sections[i].type == SHT_SYMTAB_SHNDX)
			indexes = elf_getdata(elf_getscn(image->elf, i), NULL);
	}
	if (!table)
		return error_new(ERROR_INPUT,
				 "%s: no .symtab: this file was stripped; give the unstripped one of the same build",
				 image->path);
	Elf_Scn *scn = elf_getscn(image->elf, table->index);
	GElf_Shdr header;
	Elf_Data *data = elf_getdata(scn, NULL);

	if (!data || !gelf_getshdr(scn, &header) ||
	    header.sh_entsize != gelf_fsize(image->elf, ELF_T_SYM, 1, EV_CURRENT))
		return error_new(ERROR_INPUT, "%s: section .symtab at offset 0x%llx cannot be read: %s", image->path,
				 (unsigned long long)table->file_offset, data ? "wrong entry size" : elf_errmsg(-1));
	size_t count = data->d_size / header.sh_entsize;

	image->symbols = xcalloc(count, sizeof(*image->symbols));
	for (size_t i = 1; i < count; i++)
		TRY(add_symbol(image, data, indexes, i, header.sh_link));
	return NULL;
}

static struct error *read_parts(struct elf_image *image)
{
	GElf_Ehdr header;

	TRY(check_header(image, &header));
	image->elf_type = header.e_type;
	TRY(find_arch(image, &header));
	TRY(read_sections(image));
	place_sections(image);
	return read_symbols(image);
}

struct error *elf_image_open(const char *path, struct elf_image *image)
{
	*image = (struct elf_image){.path = path, .fd = -1};
	struct error *err = open_file(image);

	if (!err)
		err = read_parts(image);
	if (err)
		elf_image_close(image);
	return err;
}

static struct error *from_memory(const void *bytes, size_t size_bytes, struct elf_image *image)
{
	struct error *err = open_memory(image, bytes, size_bytes);

	if (!err)
		err = read_parts(image);
	if (err)
		elf_image_close(image);
	return err;
}

struct error *elf_image_open_memory(const char *path, const void *bytes, size_t size_bytes, struct elf_image *image)
{
	*image = (struct elf_image){.path = path, .fd = -1};
	return from_memory(bytes, size_bytes, image);
}

struct error *elf_image_open_bpf(const char *path, const void *bytes, size_t size_bytes, struct elf_image *image)
{
	*image = (struct elf_image){.path = path, .fd = -1, .bpf = true};
	return from_memory(bytes, size_bytes, image);
}

void elf_image_close(struct elf_image *image)
{
	for (uint32_t i = 0; image->sections && i < image->section_count; i++)
		section_forget(&image->sections[i]);
	free(image->sections);
	free(image->symbols);
	if (image->elf)
		elf_end(image->elf);
	if (image->fd >= 0)
		close(image->fd);
	arena_fini(&image->arena);
	*image = (struct elf_image){.fd = -1};
}

struct section *elf_image_section(struct elf_image *image, const char *name)
{
	for (uint32_t i = 1; i < image->section_count; i++)
		if (strcmp(image->sections[i].name, name) == 0)
			return &image->sections[i];
	return NULL;
}

struct error *elf_image_load_section(struct elf_image *image, struct section *section)
{
	if (section->data || !section->file_size_bytes)
		return NULL;
	struct error *err = section_read(image, section);

	if (!err && (str_starts(section->name, ".debug_") || str_starts(section->name, ".zdebug_")))
		err = section_relocate(image, section);
	/* Who asks again is told again, and never sees bytes that are not the section's. */
	if (err)
		section_forget(section);
	return err;
}

struct error *elf_image_load(struct elf_image *image, const char *name, struct section **section)
{
	*section = elf_image_section(image, name);
	if (!*section && str_starts(name, ".debug_")) {
		/* The older form of compressed sections: .zdebug_info. */
		AUTO_FREE char *old = xasprintf(".z%s", name + 1);

		*section = elf_image_section(image, old);
	}
	return *section ? elf_image_load_section(image, *section) : NULL;
}

const unsigned char *elf_image_at(struct elf_image *image, uint64_t address, uint64_t *left_bytes)
{
	for (uint32_t i = 1; i < image->section_count; i++) {
		struct section *section = &image->sections[i];

		if (!(section->flags & SHF_ALLOC) || address < section->address ||
		    address - section->address >= section->file_size_bytes || section->flags & SHF_COMPRESSED)
			continue;
		struct error *err = elf_image_load_section(image, section);

		if (err) {
			error_free(err);
			return NULL;
		}
		*left_bytes = section->size_bytes - (address - section->address);
		return section->data + (address - section->address);
	}
	return NULL;
}

const struct elf_symbol *elf_image_find_symbol(const struct elf_image *image, const char *name)
{
	for (size_t i = 0; i < image->symbol_count; i++)
		if (strcmp(image->symbols[i].name, name) == 0)
			return &image->symbols[i];
	return NULL;
}
