// SPDX-License-Identifier: GPL-2.0-or-later
#include "image/relocate.h"

#include <elf.h>
#include <string.h>

#include "image/elf_uint.h"
#include "image/relocation_entry.h"
#include "image/section_bytes.h"

enum relocation_op {
	OP_SET,	 /* S + A */
	OP_PC,	 /* S + A - P */
	OP_ADD,	 /* *P + S + A */
	OP_SUB,	 /* *P - S - A */
	OP_SUB6, /* the low six bits only (RISC-V) */
	OP_SET6,
	OP_SET_ULEB,
	OP_SUB_ULEB,
	OP_NONE,
};

/* What compilers and assemblers leave in debug sections; the psABI of each architecture has the numbers. */
static const struct relocation_kind {
	uint16_t machine;
	uint16_t type;
	uint8_t width; /* bytes */
	uint8_t op;
} kinds[] = {
	{EM_X86_64, R_X86_64_NONE, 0, OP_NONE},
	{EM_X86_64, R_X86_64_64, 8, OP_SET},
	{EM_X86_64, R_X86_64_32, 4, OP_SET},
	{EM_X86_64, R_X86_64_32S, 4, OP_SET},
	{EM_X86_64, R_X86_64_16, 2, OP_SET},
	{EM_X86_64, R_X86_64_PC32, 4, OP_PC},
	{EM_X86_64, R_X86_64_PC64, 8, OP_PC},
	{EM_386, R_386_NONE, 0, OP_NONE},
	{EM_386, R_386_32, 4, OP_SET},
	{EM_386, R_386_PC32, 4, OP_PC},
	{EM_AARCH64, R_AARCH64_NONE, 0, OP_NONE},
	{EM_AARCH64, R_AARCH64_ABS64, 8, OP_SET},
	{EM_AARCH64, R_AARCH64_ABS32, 4, OP_SET},
	{EM_AARCH64, R_AARCH64_ABS16, 2, OP_SET},
	{EM_AARCH64, R_AARCH64_PREL64, 8, OP_PC},
	{EM_AARCH64, R_AARCH64_PREL32, 4, OP_PC},
	{EM_ARM, R_ARM_NONE, 0, OP_NONE},
	{EM_ARM, R_ARM_ABS32, 4, OP_SET},
	{EM_ARM, R_ARM_REL32, 4, OP_PC},
	{EM_PPC64, R_PPC64_NONE, 0, OP_NONE},
	{EM_PPC64, R_PPC64_ADDR64, 8, OP_SET},
	{EM_PPC64, R_PPC64_ADDR32, 4, OP_SET},
	{EM_PPC64, R_PPC64_UADDR64, 8, OP_SET},
	{EM_PPC64, R_PPC64_UADDR32, 4, OP_SET},
	{EM_PPC64, R_PPC64_REL32, 4, OP_PC},
	{EM_PPC64, R_PPC64_REL64, 8, OP_PC},
	{EM_RISCV, R_RISCV_NONE, 0, OP_NONE},
	{EM_RISCV, R_RISCV_32, 4, OP_SET},
	{EM_RISCV, R_RISCV_64, 8, OP_SET},
	{EM_RISCV, R_RISCV_ADD8, 1, OP_ADD},
	{EM_RISCV, R_RISCV_ADD16, 2, OP_ADD},
	{EM_RISCV, R_RISCV_ADD32, 4, OP_ADD},
	{EM_RISCV, R_RISCV_ADD64, 8, OP_ADD},
	{EM_RISCV, R_RISCV_SUB8, 1, OP_SUB},
	{EM_RISCV, R_RISCV_SUB16, 2, OP_SUB},
	{EM_RISCV, R_RISCV_SUB32, 4, OP_SUB},
	{EM_RISCV, R_RISCV_SUB64, 8, OP_SUB},
	{EM_RISCV, R_RISCV_SUB6, 1, OP_SUB6},
	{EM_RISCV, R_RISCV_SET6, 1, OP_SET6},
	{EM_RISCV, R_RISCV_SET8, 1, OP_SET},
	{EM_RISCV, R_RISCV_SET16, 2, OP_SET},
	{EM_RISCV, R_RISCV_SET32, 4, OP_SET},
	{EM_RISCV, R_RISCV_32_PCREL, 4, OP_PC},
	{EM_RISCV, 60 /* R_RISCV_SET_ULEB128, psABI 1.1 */, 0, OP_SET_ULEB},
	{EM_RISCV, 61 /* R_RISCV_SUB_ULEB128 */, 0, OP_SUB_ULEB},
	{EM_S390, R_390_NONE, 0, OP_NONE},
	{EM_S390, R_390_8, 1, OP_SET},
	{EM_S390, R_390_16, 2, OP_SET},
	{EM_S390, R_390_32, 4, OP_SET},
	{EM_S390, R_390_64, 8, OP_SET},
	{EM_S390, R_390_PC32, 4, OP_PC},
	{EM_S390, R_390_PC64, 8, OP_PC},
};

static const struct relocation_kind *find_kind(unsigned machine, uint32_t type)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (kinds[i].machine == machine && kinds[i].type == type)
			return &kinds[i];
	return NULL;
}

void place_sections(struct elf_image *image)
{
	uint64_t at = MODULE_BASE;

	if (image->elf_type != ET_REL)
		return;
	for (uint32_t i = 1; i < image->section_count; i++) {
		struct section *section = &image->sections[i];

		if (!(section->flags & SHF_ALLOC) || section->size_bytes > UINT32_MAX)
			continue;
		section->address = at;
		/* A gap keeps an address behind one section's end from being the next one's start. */
		at = (at + section->size_bytes + 0x100 + 0xfff) & ~(uint64_t)0xfff;
	}
}

/* A ULEB128 keeps its length: assemblers leave room. */
static void write_uleb(unsigned char *at, const unsigned char *end, uint64_t value)
{
	for (; at < end && *at & 0x80; at++, value >>= 7)
		*at = (unsigned char)(0x80 | (value & 0x7f));
	if (at < end)
		*at = (unsigned char)(value & 0x7f);
}

static uint64_t read_uleb(const unsigned char *at, const unsigned char *end)
{
	uint64_t value = 0;

	for (unsigned shift = 0; at < end && shift < 64; shift += 7) {
		value |= (uint64_t)(*at & 0x7f) << shift;
		if (!(*at++ & 0x80))
			break;
	}
	return value;
}

static void apply(const struct elf_image *image, const struct relocation_kind *kind,
		  const struct relocation *relocation, uint64_t target, unsigned char *bytes, uint64_t size,
		  uint64_t base)
{
	unsigned char *at = bytes + relocation->offset, *end = bytes + size;
	uint64_t old = elf_uint(image, at, kind->width);
	uint64_t value = target + (relocation->addend_in_place ? old : relocation->addend);

	switch ((enum relocation_op)kind->op) {
	case OP_SET:
		break;
	case OP_PC:
		value -= base + relocation->offset;
		break;
	case OP_ADD:
		value = old + value;
		break;
	case OP_SUB:
		value = old - value;
		break;
	case OP_SUB6:
		value = (old & 0xc0) | ((old - value) & 0x3f);
		break;
	case OP_SET6:
		value = (old & 0xc0) | (value & 0x3f);
		break;
	case OP_SET_ULEB:
		write_uleb(at, end, value);
		return;
	case OP_SUB_ULEB:
		write_uleb(at, end, read_uleb(at, end) - value);
		return;
	case OP_NONE:
		return;
	}
	elf_put_uint(image, at, kind->width, value);
}

static struct error *bad(const struct elf_image *image, const struct section *table, uint64_t index, const char *what)
{
	return error_new(ERROR_INPUT, "%s: section %s, relocation %llu: %s", image->path, table->name,
			 (unsigned long long)index, what);
}

/*
 * `image->symbols` leaves out entry 0, so symbol n is at n - 1.  What is not
 * defined here (an undefined symbol named by DW_OP_addr) counts as 0.
 */
static struct error *apply_one(struct elf_image *image, const struct section *table, uint64_t index,
			       const struct relocation *relocation, const struct relocation_kind *kind,
			       unsigned char *bytes, const struct section *section)
{
	if (relocation->symbol > image->symbol_count)
		return bad(image, table, index, "a symbol index outside .symtab");
	if (relocation->offset > section->size_bytes || section->size_bytes - relocation->offset < kind->width)
		return bad(image, table, index, "an offset outside the section it relocates");
	uint64_t target = relocation->symbol ? image->symbols[relocation->symbol - 1].address : 0;

	apply(image, kind, relocation, target, bytes, section->size_bytes, section->address);
	return NULL;
}

static struct error *apply_table(struct elf_image *image, const struct section *table, unsigned char *bytes,
				 const struct section *section)
{
	unsigned size = relocation_entry_size(image, table);
	const struct relocation_kind *kind = NULL;
	struct relocation relocation;

	if (table->size_bytes % size)
		return bad(image, table, 0, "the section's size is no multiple of an entry's");
	for (uint64_t i = 0; i < table->size_bytes / size; i++) {
		relocation_read(image, table, i, &relocation);
		/* Neighbours are mostly of one type. */
		if (!kind || kind->type != relocation.type)
			kind = find_kind(image->arch.machine, relocation.type);
		if (!kind) {
			AUTO_FREE char *what = xasprintf("type %u is none that debug sections of %s have",
							 relocation.type, image->arch.name);

			return bad(image, table, i, what);
		}
		TRY(apply_one(image, table, i, &relocation, kind, bytes, section));
	}
	return NULL;
}

struct error *section_relocated_copy(struct elf_image *image, const struct section *section, unsigned char **copy)
{
	struct section *table = image->elf_type == ET_REL ? relocation_table(image, section->index) : NULL;

	if (table)
		TRY(section_read(image, table));
	unsigned char *bytes = xmalloc(section->size_bytes + 1);

	memcpy(bytes, section->data, section->size_bytes);
	struct error *err = table && table->data ? apply_table(image, table, bytes, section) : NULL;

	if (err)
		free(bytes);
	else
		*copy = bytes;
	return err;
}

struct error *section_relocate(struct elf_image *image, struct section *section)
{
	unsigned char *bytes;

	if (image->elf_type != ET_REL || !section->data || !relocation_table(image, section->index))
		return NULL;
	TRY(section_relocated_copy(image, section, &bytes));
	if (section->expanded)
		free((void *)(uintptr_t)section->data);
	section->data = bytes;
	section->expanded = true;
	return NULL;
}
