// SPDX-License-Identifier: GPL-2.0-or-later
#include "scan/attach.h"

#include <elf.h>
#include <string.h>

#include "atlas/attach.h"
#include "atlas/str.h"
#include "image/labels.h"
#include "image/probe_tables.h"

static bool is_strong(const struct elf_symbol *symbol)
{
	return symbol->section != SHN_UNDEF && symbol->binding == STB_GLOBAL;
}

/* What a kernel has if it has a function of that name; a '.' ends the names of clones. */
static const struct {
	const char *name;
	uint16_t gate;
	/*
	 * Where it is defined, if only that definition stands for the gate: weak ones and what headers have in its
	 * place do not.  Optimization at link time leaves it a local symbol, and then the DWARF tells.
	 */
	const char *home;
} gate_functions[] = {
	{"register_kprobe", GATE_KPROBES, "kernel/kprobes.c"},
	{"arch_prepare_bpf_trampoline", GATE_TRAMPOLINE, "arch/"},
	{"register_ftrace_direct", GATE_DIRECT, "kernel/trace/ftrace.c"},
	{"register_ftrace_direct_multi", GATE_DIRECT, "kernel/trace/ftrace.c"},
	{"bpf_kprobe_multi_link_attach", GATE_MULTI, "kernel/trace/bpf_trace.c"},
	{"register_fprobe_ips", GATE_FPROBE, "kernel/trace/fprobe.c"},
	{"within_notrace_func", GATE_NOTRACE_REFUSED, NULL},
	{"__within_notrace_func", GATE_NOTRACE_REFUSED, NULL},
	{"number_of_same_symbols", GATE_NAMESAKES_REFUSED, NULL},
	{"count_mod_symbols", GATE_NAMESAKES_REFUSED, NULL},
};

static bool is_named(const char *name, const char *wanted)
{
	size_t length = strlen(wanted);

	return str_starts(name, wanted) && (!name[length] || name[length] == '.');
}

static uint16_t gate_of_symbol(const struct elf_symbol *symbol, uint16_t *doubtful)
{
	for (size_t i = 0; i < ARRAY_LEN(gate_functions); i++) {
		if (!is_named(symbol->name, gate_functions[i].name))
			continue;
		if (!gate_functions[i].home || is_strong(symbol))
			return gate_functions[i].gate;
		if (symbol->binding == STB_LOCAL)
			*doubtful |= gate_functions[i].gate;
	}
	return 0;
}

static uint16_t find_gates(const struct elf_image *image, const struct probe_tables *tables,
			   const struct btf_funcs *btf, uint16_t *doubtful)
{
	uint16_t gates = GATE_READ;

	for (size_t i = 0; i < image->symbol_count; i++)
		if (image->symbols[i].type == STT_FUNC && image->symbols[i].section != SHN_UNDEF)
			gates |= gate_of_symbol(&image->symbols[i], doubtful);
	gates |= tables->has_sites ? GATE_SITES : 0;
	return gates | (btf->present ? GATE_BTF : 0);
}

/* A home is a path in the tree, or what paths in it begin with; before it may stand where the tree was. */
static bool is_at_home(const char *path, const char *home)
{
	const char *found = path ? strstr(path, home) : NULL;

	return found && (found == path || found[-1] == '/');
}

static uint16_t gate_of_function(const struct facts *facts, const struct fact_function *function)
{
	const char *name = intern_text(&facts->strings, function->name);
	uint16_t gates = 0;

	for (size_t i = 0; i < ARRAY_LEN(gate_functions); i++) {
		if (!is_named(name, gate_functions[i].name))
			continue;
		gates |= gate_functions[i].home ? 0 : gate_functions[i].gate;
		for (uint32_t k = 0; k < function->instances && gate_functions[i].home; k++) {
			const struct fact_instance *instance = &facts->instances.items[function->first_instance + k];

			if (instance->flags & INSTANCE_HAS_ADDRESS &&
			    is_at_home(intern_text(&facts->strings, instance->decl_file), gate_functions[i].home))
				gates |= gate_functions[i].gate;
		}
	}
	return gates;
}

void attach_find_inlined(struct facts *facts)
{
	struct fact_object *object = &facts->objects.items[facts->objects.count - 1];
	bool has_events = false;

	for (size_t i = 0; i < facts->functions.count; i++) {
		const struct fact_function *function = &facts->functions.items[i];
		const char *name = intern_text(&facts->strings, function->name);

		if (!function->instances || function->flags & FUNCTION_MENTIONED)
			continue;
		object->gates |= gate_of_function(facts, function);
		has_events = has_events || strcmp(name, "register_trace_kprobe") == 0;
	}
	/* Of the same file: where the function that refuses is not even compiled, nothing is refused. */
	if (has_events && !(object->gates & GATE_NOTRACE_REFUSED))
		object->gates |= GATE_NOTRACE_ACCEPTED;
}

static uint16_t evidence_of(const struct btf_func *func)
{
	return (uint16_t)(ATTACH_BTF | (func->refused ? ATTACH_BTF_REFUSED : 0) |
			  (func->doubtful ? ATTACH_BTF_DOUBT : 0) | (func->denied ? ATTACH_BTF_DENIED : 0));
}

static uint16_t btf_evidence(const struct btf_funcs *btf, const char *name)
{
	const struct btf_func *funcs;
	size_t count = btf_funcs_find(btf, name, &funcs);
	uint16_t evidence = 0;

	for (size_t i = 0; i < count; i++)
		evidence |= evidence_of(&funcs[i]) | (evidence ? ATTACH_BTF_MANY : 0);
	return evidence;
}

static uint16_t place_evidence(uint8_t place)
{
	return (uint16_t)((place & CODE_NOINSTR ? ATTACH_NOINSTR : 0) | (place & CODE_KPROBES ? ATTACH_KPROBES : 0) |
			  (place & CODE_ENTRY ? ATTACH_ENTRY : 0) | (place & CODE_INIT ? ATTACH_INIT : 0));
}

static uint16_t site_evidence(const struct elf_image *image, const struct probe_tables *tables,
			      const struct labels *labels, uint64_t address, uint64_t size_bytes)
{
	uint64_t next = labels_next(labels, address), end = address + (size_bytes ? size_bytes : 1);

	if (probe_tables_traced(tables, address, size_bytes))
		return ATTACH_SITE;
	/* Where a module's sections will lie is not known, and with it what is behind its last function. */
	if (image->elf_type == ET_REL || next == UINT64_MAX)
		return 0;
	return probe_tables_traced_behind(tables, end, next) ? ATTACH_SITE_BEHIND : 0;
}

static void mark_symbols(const struct elf_image *image, const struct probe_tables *tables, const struct btf_funcs *btf,
			 struct facts *facts)
{
	struct labels labels;

	labels_read(image, &labels);
	uint64_t mask = image->arch.thumb ? ~(uint64_t)1 : UINT64_MAX;

	for (size_t i = 0; i < facts->symbols.count; i++) {
		struct fact_symbol *symbol = &facts->symbols.items[i];
		uint64_t address = symbol->address & mask;
		uint16_t evidence = ATTACH_READ | place_evidence(probe_tables_place(tables, address));

		evidence |= site_evidence(image, tables, &labels, address, symbol->size);
		if (probe_tables_blacklisted(tables, address, symbol->size))
			evidence |= ATTACH_BLACKLIST;
		evidence |=
			btf->unread ? ATTACH_BTF_UNREAD : btf_evidence(btf, intern_text(&facts->strings, symbol->name));
		symbol->attach = evidence;
	}
	labels_fini(&labels);
}

/* A module's BTF continues the kernel's; one that has none may have lost it. */
static struct error *read_btf(struct elf_image *image, const struct kernel_btf *kernel, struct btf_funcs *btf)
{
	bool module = image->elf_type == ET_REL;

	if (module && !kernel) {
		btf->unread = true;
		return NULL;
	}
	TRY(btf_funcs_read(image, module ? &kernel->btf : NULL, btf));
	btf->unread = btf->unread || (module && !btf->present);
	return NULL;
}

struct error *attach_find(struct elf_image *image, const struct kernel_btf *kernel, struct facts *facts)
{
	struct fact_object *object = &facts->objects.items[facts->objects.count - 1];
	struct probe_tables tables;
	struct btf_funcs btf = {0};
	uint16_t doubtful = 0;

	TRY(probe_tables_read(image, &tables));
	struct error *err = read_btf(image, kernel, &btf);

	if (!err) {
		mark_symbols(image, &tables, &btf, facts);
		if (image->elf_type != ET_REL)
			object->gates |= find_gates(image, &tables, &btf, &doubtful);
		/* Only the DWARF could have told. */
		if (doubtful & ~object->gates && facts->image.evidence != EVIDENCE_DWARF)
			object->gates &= (uint16_t)~GATE_READ;
	}
	probe_tables_fini(&tables);
	btf_funcs_fini(&btf);
	return err;
}
