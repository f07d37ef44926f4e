// SPDX-License-Identifier: GPL-2.0-or-later
#include "scan/attach.h"

#include <elf.h>
#include <string.h>

#include "atlas/attach.h"
#include "atlas/str.h"
#include "image/btf.h"
#include "image/probe_tables.h"

static bool is_strong(const struct elf_symbol *symbol)
{
	return symbol->section != SHN_UNDEF && symbol->binding == STB_GLOBAL;
}

static uint16_t find_gates(const struct elf_image *image, const struct probe_tables *tables,
			   const struct btf_funcs *btf)
{
	uint16_t gates = GATE_READ;

	for (size_t i = 0; i < image->symbol_count; i++) {
		const struct elf_symbol *symbol = &image->symbols[i];

		if (symbol->type != STT_FUNC || !is_strong(symbol))
			continue;
		if (str_eq(symbol->name, "register_kprobe"))
			gates |= GATE_KPROBES;
		else if (str_eq(symbol->name, "arch_prepare_bpf_trampoline"))
			gates |= GATE_TRAMPOLINE;
		else if (str_starts(symbol->name, "register_ftrace_direct"))
			gates |= GATE_DIRECT;
		else if (str_eq(symbol->name, "bpf_kprobe_multi_link_attach"))
			gates |= GATE_MULTI;
		else if (str_eq(symbol->name, "register_fprobe_ips"))
			gates |= GATE_FPROBE;
	}
	gates |= tables->has_sites ? GATE_SITES : 0;
	return gates | (btf->present ? GATE_BTF : 0);
}

static uint16_t evidence_of(const struct btf_func *func)
{
	return (uint16_t)(ATTACH_BTF | (func->refused ? ATTACH_BTF_REFUSED : 0) |
			  (func->doubtful ? ATTACH_BTF_DOUBT : 0) | (func->denied ? ATTACH_BTF_DENIED : 0));
}

static uint16_t btf_evidence(const struct btf_funcs *btf, const char *name)
{
	size_t low = 0, high = btf->items.count;
	uint16_t evidence = 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(btf->items.items[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < btf->items.count && strcmp(btf->items.items[low].name, name) == 0; low++)
		evidence |= evidence_of(&btf->items.items[low]) | (evidence ? ATTACH_BTF_MANY : 0);
	return evidence;
}

static uint16_t place_evidence(uint8_t place)
{
	return (uint16_t)((place & CODE_NOINSTR ? ATTACH_NOINSTR : 0) | (place & CODE_KPROBES ? ATTACH_KPROBES : 0) |
			  (place & CODE_ENTRY ? ATTACH_ENTRY : 0) | (place & CODE_INIT ? ATTACH_INIT : 0));
}

static void mark_symbols(const struct elf_image *image, const struct probe_tables *tables, const struct btf_funcs *btf,
			 struct facts *facts)
{
	uint64_t mask = image->arch.thumb ? ~(uint64_t)1 : UINT64_MAX;

	for (size_t i = 0; i < facts->symbols.count; i++) {
		struct fact_symbol *symbol = &facts->symbols.items[i];
		uint64_t address = symbol->address & mask;
		uint16_t evidence = ATTACH_READ | place_evidence(probe_tables_place(tables, address));

		if (probe_tables_traced(image, tables, address, symbol->size))
			evidence |= ATTACH_SITE;
		if (probe_tables_blacklisted(tables, address, symbol->size))
			evidence |= ATTACH_BLACKLIST;
		evidence |=
			btf->unread ? ATTACH_BTF_UNREAD : btf_evidence(btf, intern_text(&facts->strings, symbol->name));
		symbol->attach = evidence;
	}
}

struct error *attach_find(struct elf_image *image, struct facts *facts)
{
	struct fact_object *object = &facts->objects.items[facts->objects.count - 1];
	struct probe_tables tables;
	struct btf_funcs btf = {0};

	TRY(probe_tables_read(image, &tables));
	/* A module's BTF continues the kernel's and cannot be read alone. */
	btf.unread = image->elf_type == ET_REL;
	struct error *err = btf.unread ? NULL : btf_funcs_read(image, &btf);

	if (!err) {
		mark_symbols(image, &tables, &btf, facts);
		if (image->elf_type != ET_REL)
			object->gates = find_gates(image, &tables, &btf);
	}
	probe_tables_fini(&tables);
	btf_funcs_fini(&btf);
	return err;
}
