// SPDX-License-Identifier: GPL-2.0-or-later
#include "image/relocations.h"

#include <elf.h>

#include "atlas/search.h"
#include "image/elf_uint.h"
#include "image/relocation_entry.h"

/*
 * Relocations that make addresses or branches, per psABI.  Where one type does
 * several things, the instruction it is in decides: `check`.
 */
enum check {
	CHECK_NONE,
	CHECK_LEA,     /* x86, a displacement: lea makes an address, call, jmp and jcc branch, others read data there */
	CHECK_OPERAND, /* x86-64, absolute: an immediate is an address, a memory operand reads data there */
	CHECK_LARL,    /* s390: larl, else brasl and its kin */
	CHECK_ADDI,    /* second half of an address: addi makes it, others load or store there */
	CHECK_PAIRED,  /* the same, and what is meant stands at the first half, which the symbol labels (RISC-V) */
	CHECK_TOC,     /* ppc64: a load from .toc, where the address stands */
};

static const struct place_kind {
	uint16_t machine;
	uint16_t type;
	uint8_t use;   /* enum place_use */
	uint8_t check; /* enum check */
	int8_t bias;   /* displacements count from this far behind the place */
} kinds[] = {
	{EM_X86_64, R_X86_64_64, PLACE_ADDRESS, CHECK_NONE, 0},
	{EM_X86_64, R_X86_64_32, PLACE_ADDRESS, CHECK_OPERAND, 0},
	{EM_X86_64, R_X86_64_32S, PLACE_ADDRESS, CHECK_OPERAND, 0},
	{EM_X86_64, R_X86_64_PC32, PLACE_ADDRESS, CHECK_LEA, 4},
	{EM_X86_64, R_X86_64_PLT32, PLACE_ADDRESS, CHECK_LEA, 4},
	{EM_X86_64, R_X86_64_GOTPCREL, PLACE_ADDRESS, CHECK_NONE, 4},
	{EM_X86_64, R_X86_64_GOTPCRELX, PLACE_ADDRESS, CHECK_NONE, 4},
	{EM_X86_64, R_X86_64_REX_GOTPCRELX, PLACE_ADDRESS, CHECK_NONE, 4},
	{EM_386, R_386_32, PLACE_ADDRESS, CHECK_NONE, 0},
	{EM_386, R_386_PC32, PLACE_BRANCH, CHECK_NONE, 4},
	{EM_386, R_386_PLT32, PLACE_BRANCH, CHECK_NONE, 4},
	{EM_AARCH64, R_AARCH64_ABS64, PLACE_ADDRESS, CHECK_NONE, 0},
	{EM_AARCH64, R_AARCH64_ADR_PREL_LO21, PLACE_ADDRESS, CHECK_NONE, 0},
	/* adrp alone may as well begin a load; the add after it makes the address. */
	{EM_AARCH64, R_AARCH64_ADD_ABS_LO12_NC, PLACE_ADDRESS, CHECK_NONE, 0},
	{EM_AARCH64, R_AARCH64_CALL26, PLACE_BRANCH, CHECK_NONE, 0},
	{EM_AARCH64, R_AARCH64_JUMP26, PLACE_BRANCH, CHECK_NONE, 0},
	{EM_ARM, R_ARM_ABS32, PLACE_ADDRESS, CHECK_NONE, 0},
	{EM_ARM, R_ARM_MOVW_ABS_NC, PLACE_ADDRESS, CHECK_NONE, 0},
	{EM_ARM, R_ARM_THM_MOVW_ABS_NC, PLACE_ADDRESS, CHECK_NONE, 0},
	{EM_ARM, R_ARM_CALL, PLACE_BRANCH, CHECK_NONE, 0},
	{EM_ARM, R_ARM_JUMP24, PLACE_BRANCH, CHECK_NONE, 0},
	{EM_ARM, R_ARM_THM_PC22, PLACE_BRANCH, CHECK_NONE, 0},
	{EM_ARM, R_ARM_THM_JUMP24, PLACE_BRANCH, CHECK_NONE, 0},
	{EM_PPC64, R_PPC64_ADDR64, PLACE_ADDRESS, CHECK_NONE, 0},
	{EM_PPC64, R_PPC64_TOC16_LO, PLACE_ADDRESS, CHECK_ADDI, 0},
	{EM_PPC64, R_PPC64_TOC16_LO_DS, PLACE_ADDRESS, CHECK_TOC, 0},
	{EM_PPC64, 132 /* R_PPC64_PCREL34, ELFv2 1.5 */, PLACE_ADDRESS, CHECK_NONE, 0},
	{EM_PPC64, R_PPC64_REL24, PLACE_BRANCH, CHECK_NONE, 0},
	{EM_PPC64, 116 /* R_PPC64_REL24_NOTOC */, PLACE_BRANCH, CHECK_NONE, 0},
	{EM_RISCV, R_RISCV_64, PLACE_ADDRESS, CHECK_NONE, 0},
	{EM_RISCV, R_RISCV_PCREL_LO12_I, PLACE_ADDRESS, CHECK_PAIRED, 0},
	{EM_RISCV, R_RISCV_LO12_I, PLACE_ADDRESS, CHECK_ADDI, 0},
	{EM_RISCV, R_RISCV_GOT_HI20, PLACE_ADDRESS, CHECK_NONE, 0},
	{EM_RISCV, R_RISCV_CALL, PLACE_BRANCH, CHECK_NONE, 0},
	{EM_RISCV, R_RISCV_CALL_PLT, PLACE_BRANCH, CHECK_NONE, 0},
	{EM_RISCV, R_RISCV_JAL, PLACE_BRANCH, CHECK_NONE, 0},
	{EM_S390, R_390_64, PLACE_ADDRESS, CHECK_NONE, 0},
	{EM_S390, R_390_PC32DBL, PLACE_ADDRESS, CHECK_LARL, -2},
	/* GCC takes the address of a function by larl of its PLT entry, too. */
	{EM_S390, R_390_PLT32DBL, PLACE_ADDRESS, CHECK_LARL, -2},
	{EM_S390, R_390_GOTENT, PLACE_ADDRESS, CHECK_NONE, -2},
};

static const struct place_kind *find_kind(unsigned machine, uint32_t type)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (kinds[i].machine == machine && kinds[i].type == type)
			return &kinds[i];
	return NULL;
}

static bool is_displacement(enum check check)
{
	return check == CHECK_LEA || check == CHECK_LARL;
}

/* x86 and s390: bytes in front of the place, which is `at` in the section. */
static enum place_use use_by_opcode(enum check check, const unsigned char *bytes, uint64_t at, bool import)
{
	bool lea = bytes[at - 2] == 0x8d && (bytes[at - 1] & 0xc7) == 0x05;
	bool larl = bytes[at - 2] == 0xc0 && (bytes[at - 1] & 0x0f) == 0;
	/* A SIB byte without a base.  An immediate may look the same, but then what it means is known by its target. */
	bool memory = (bytes[at - 2] & 0xc7) == 0x04 && (bytes[at - 1] & 0x07) == 0x05;

	if (check == CHECK_OPERAND)
		return import && memory ? PLACE_OTHER : PLACE_ADDRESS;
	return (check == CHECK_LEA ? lea : larl) ? PLACE_ADDRESS : PLACE_BRANCH;
}

/* ppc64 (the place is the low half of the word) and RISC-V. */
static bool is_addi(const struct elf_image *image, const struct section *section, uint64_t at)
{
	at &= ~(uint64_t)1;
	if (image->arch.machine == EM_PPC64)
		at &= ~(uint64_t)3;
	if (!section->data || at + 4 > section->size_bytes)
		return false;
	uint32_t word = (uint32_t)elf_uint(image, section->data + at, 4);

	return image->arch.machine == EM_PPC64 ? word >> 26 == 14 : (word & 0x707f) == 0x13;
}

/* `at` is the place's offset in the section's bytes; instructions stand in front of it. */
static enum place_use use_of(const struct elf_image *image, const struct place_kind *kind,
			     const struct section *section, uint64_t at, bool import)
{
	enum check check = (enum check)kind->check;
	const unsigned char *bytes = section->data;

	/* A displacement in data is a relative pointer of some table, not one a program follows. */
	if (!(section->flags & SHF_EXECINSTR))
		return is_displacement(check) ? PLACE_OTHER : (enum place_use)kind->use;
	if (check == CHECK_NONE || check == CHECK_TOC)
		return (enum place_use)kind->use;
	if (check == CHECK_ADDI || check == CHECK_PAIRED)
		return is_addi(image, section, at) ? PLACE_ADDRESS : PLACE_OTHER;
	/* No instruction that makes an address is that short. */
	if (!bytes || at < 2 || at >= section->size_bytes)
		return check == CHECK_OPERAND ? PLACE_ADDRESS : PLACE_OTHER;
	return use_by_opcode(check, bytes, at, import);
}

/* How far in front of its second half a relocation of the first may stand. */
#define MAX_BETWEEN 4096

/* RISC-V: the relocation of the first half stands at the second one's symbol, some entries before. */
static bool find_first_half(const struct elf_image *image, const struct section *section, const struct section *table,
			    uint64_t index, struct relocation *relocation)
{
	uint64_t label =
		image->symbols[relocation->symbol - 1].address - (image->elf_type == ET_REL ? section->address : 0);

	for (uint64_t back = 1; back <= index && back <= MAX_BETWEEN; back++) {
		struct relocation first;

		relocation_read(image, table, index - back, &first);
		if (first.offset == label && first.type == R_RISCV_PCREL_HI20 && first.symbol &&
		    first.symbol <= image->symbol_count) {
			relocation->symbol = first.symbol;
			relocation->addend = first.addend;
			return true;
		}
	}
	return false;
}

/* ppc64: the relocation of the entry of .toc that is loaded. */
static bool find_toc_entry(struct elf_image *image, struct relocation *relocation)
{
	const struct elf_symbol *symbol = &image->symbols[relocation->symbol - 1];
	struct section *toc = elf_image_section(image, ".toc");
	struct section *table = toc ? relocation_table(image, toc->index) : NULL;
	struct relocation entry;

	if (!table || symbol->section != toc->index || image->elf_type != ET_REL)
		return false;
	struct error *err = elf_image_load_section(image, table);

	error_free(err);
	if (err || !table->data)
		return false;
	uint64_t wanted = symbol->address + relocation->addend - toc->address;
	size_t count = table->size_bytes / relocation_entry_size(image, table);
	size_t low = lower_bound(at, count, (relocation_read(image, table, at, &entry), entry.offset < wanted));

	if (low == count)
		return false;
	relocation_read(image, table, low, &entry);
	if (entry.offset != wanted || entry.type != R_PPC64_ADDR64 || !entry.symbol ||
	    entry.symbol > image->symbol_count)
		return false;
	relocation->symbol = entry.symbol;
	relocation->addend = entry.addend;
	return true;
}

/* Puts what is meant in the place of what the relocation says; false if that is nothing known. */
static bool follow(struct elf_image *image, const struct place_kind *kind, const struct section *section,
		   const struct section *table, uint64_t index, struct relocation *relocation)
{
	if (kind->check == CHECK_PAIRED)
		return find_first_half(image, section, table, index, relocation);
	return kind->check != CHECK_TOC || find_toc_entry(image, relocation);
}

static bool is_word(unsigned machine, uint32_t type)
{
	return (machine == EM_386 && type == R_386_32) || (machine == EM_ARM && type == R_ARM_ABS32);
}

static struct error *
visit_one(struct elf_image *image, struct section *section, const struct section *table, uint64_t index,
	  void (*visit)(void *context, const struct section *section, const struct relocated_place *place),
	  void *context)
{
	struct relocation relocation;

	relocation_read(image, table, index, &relocation);
	const struct place_kind *kind = find_kind(image->arch.machine, relocation.type);

	if (!kind || relocation.symbol == 0)
		return NULL;
	if (relocation.symbol > image->symbol_count)
		return error_new(ERROR_INPUT, "%s: section %s, relocation %llu: a symbol index outside .symtab",
				 image->path, table->name, (unsigned long long)index);
	if (!follow(image, kind, section, table, index, &relocation))
		return NULL;
	const struct elf_symbol *symbol = &image->symbols[relocation.symbol - 1];
	uint64_t offset = image->elf_type == ET_REL ? relocation.offset : relocation.offset - section->address;
	bool import = symbol->section == SHN_UNDEF;
	struct relocated_place place = {
		.address = section->address + offset,
		.use = use_of(image, kind, section, offset, import),
	};
	unsigned width = image->arch.bits / 8;

	if (relocation.addend_in_place && kind->use == PLACE_ADDRESS && section->data &&
	    offset + width <= section->size_bytes && is_word(image->arch.machine, relocation.type))
		relocation.addend = elf_uint(image, section->data + offset, width);
	if (import)
		place.import = symbol->name;
	else
		place.target = symbol->address + relocation.addend + (uint64_t)(int64_t)kind->bias;
	/* A linked file holds the sum already. */
	if (relocation.addend_in_place && image->elf_type != ET_REL && is_word(image->arch.machine, relocation.type))
		place.target = relocation.addend;
	visit(context, section, &place);
	return NULL;
}

struct error *relocations_visit(struct elf_image *image, struct section *section,
				void (*visit)(void *context, const struct section *section,
					      const struct relocated_place *place),
				void *context, bool *any)
{
	struct section *table = relocation_table(image, section->index);

	*any = false;
	if (!table)
		return NULL;
	TRY(elf_image_load_section(image, section));
	TRY(elf_image_load_section(image, table));
	if (!table->data)
		return NULL;
	uint64_t count = table->size_bytes / relocation_entry_size(image, table);

	*any = count != 0;
	for (uint64_t i = 0; i < count; i++)
		TRY(visit_one(image, section, table, i, visit, context));
	return NULL;
}

/* Relative relocations: the word becomes the addend plus where the kernel was loaded. */
static bool is_relative(unsigned machine, uint32_t type)
{
	static const struct {
		uint16_t machine, type;
	} relative[] = {
		{EM_X86_64, R_X86_64_RELATIVE}, {EM_386, R_386_RELATIVE},     {EM_AARCH64, R_AARCH64_RELATIVE},
		{EM_ARM, R_ARM_RELATIVE},	{EM_PPC64, R_PPC64_RELATIVE}, {EM_RISCV, R_RISCV_RELATIVE},
		{EM_S390, R_390_RELATIVE},
	};

	for (size_t i = 0; i < ARRAY_LEN(relative); i++)
		if (relative[i].machine == machine && relative[i].type == type)
			return true;
	return false;
}

struct error *dynamic_relocations_visit(struct elf_image *image,
					void (*visit)(void *context, uint64_t address, uint64_t value), void *context)
{
	struct section *table;
	struct relocation relocation;

	/* .relr.dyn needs no visit: its addends stand in the words themselves. */
	TRY(elf_image_load(image, ".rela.dyn", &table));
	if (!table || !table->data || table->type != SHT_RELA)
		return NULL;
	for (uint64_t i = 0; i < table->size_bytes / relocation_entry_size(image, table); i++) {
		relocation_read(image, table, i, &relocation);
		if (is_relative(image->arch.machine, relocation.type))
			visit(context, relocation.offset, relocation.addend);
	}
	return NULL;
}
