// SPDX-License-Identifier: GPL-2.0-or-later
/* One linked object: open, name, read its symbols and DWARF, join. */
#include "atlas/scan.h"

#include <elf.h>
#include <string.h>

#include "atlas/symbol_map.h"
#include "dwarf/read.h"
#include "image/modinfo.h"
#include "model/link.h"
#include "scan/attach.h"
#include "scan/code_calls.h"
#include "scan/exports.h"
#include "scan/initcalls.h"
#include "scan/name.h"
#include "scan/taken.h"

struct scan {
	const struct scan_options *options;
	struct elf_image elf;
	struct raw_image raw;
	struct symbol_map map;
	struct text text;
	struct elf_image debug; /* the file the DWARF is in, where it is another */
	char *debug_path;
	struct dwarf_image dwarf;
	struct dwarf_reading reading;
	struct elf_exports exports;
};

static void set(char **field, const char *text)
{
	if (text) {
		free(*field);
		*field = xstrdup(text);
	}
}

static char *scope_json(const struct globs *globs)
{
	AUTO_STR struct str json = {0};

	for (size_t i = 0; i < globs->count; i++) {
		str_add(&json, i ? ",\"" : "[\"");
		for (const char *p = globs->items[i]; *p; p++)
			str_addf(&json,
				 *p == '"' || *p == '\\'    ? "\\%c"
				 : (unsigned char)*p < 0x20 ? "\\u%04x"
							    : "%c",
				 *p);
		str_addc(&json, '"');
	}
	str_addc(&json, ']');
	return str_take(&json);
}

static struct error *name_image(struct scan *scan, struct image_name *name)
{
	const struct scan_options *options = scan->options;
	const char *banner, *build_id;

	TRY(elf_image_banner(&scan->elf, &banner));
	TRY(elf_image_build_id(&scan->elf, &build_id));
	set(&name->version, options->version);
	set(&name->revision, options->revision);
	set(&name->flavor, options->flavor);
	set(&name->label, options->label);
	set(&name->build_id, build_id);
	if (!banner && !options->version)
		return error_new(
			ERROR_INPUT,
			"%s: no linux_banner: this is not a Linux kernel (give --version if it is one all the same)",
			scan->elf.path);
	image_name_from_banner(banner, options->arch ? options->arch : scan->elf.arch.name, name);
	if (!name->version)
		return error_new(ERROR_INPUT, "%s: the banner '%.60s' names no version; give --version", scan->elf.path,
				 banner);
	if (!name->flavor)
		name->flavor = xstrdup("generic");
	if (options->names.count)
		name->scope = scope_json(&options->names);
	return NULL;
}

static void gather_symbols(struct scan *scan)
{
	struct raw_image *raw = &scan->raw;

	raw->symbols = xcalloc(scan->elf.symbol_count, sizeof(*raw->symbols));
	for (size_t i = 0; i < scan->elf.symbol_count; i++) {
		const struct elf_symbol *symbol = &scan->elf.symbols[i];

		if (symbol->type != STT_FUNC || symbol->section == SHN_UNDEF)
			continue;
		raw->symbols[raw->symbol_count++] = (struct raw_symbol){
			.name = symbol->name,
			.address = symbol->address,
			.size_bytes = symbol->size_bytes,
			.binding = symbol->binding,
			.type = symbol->type,
		};
	}
	raw->big_endian = scan->elf.arch.big_endian;
	raw->relocatable = scan->elf.elf_type == ET_REL;
	raw->address_mask = scan->elf.arch.bits == 64 ? UINT64_MAX : UINT32_MAX;
	if (scan->elf.arch.thumb)
		raw->address_mask &= ~(uint64_t)1;
	symbol_map_init(&scan->map, raw->symbols, raw->symbol_count, raw->address_mask);
}

/*
 * DWARF in a file of its own.  None found is no error: symbols alone are
 * evidence too.  But who named a place to look in is told what was wrong there.
 */
static struct error *open_debug_file(struct scan *scan, bool *present, struct str *warnings)
{
	const struct debug_file_options *options = &scan->options->debug_files;
	struct debug_file_wanted wanted;
	char *path;

	TRY(debug_file_wanted_by(&scan->elf, &wanted));
	struct error *err = debug_file_find(&wanted, options, &path);

	if (err) {
		if (options->dir_count || options->debuginfod)
			str_addf(warnings, "%s: %s\n", scan->elf.path, err->text);
		error_free(err);
		return NULL;
	}
	scan->debug_path = path;
	TRY(elf_image_open(path, &scan->debug));
	return dwarf_image_open(&scan->debug, &scan->dwarf, present);
}

static struct error *read_dwarf(struct scan *scan, enum evidence *evidence, struct str *warnings)
{
	bool present;

	TRY(dwarf_image_open(&scan->elf, &scan->dwarf, &present));
	if (!present)
		TRY(open_debug_file(scan, &present, warnings));
	if (!present) {
		str_addf(warnings,
			 "%s: no DWARF: only symbols are read; prototypes, callers and inlining stay unknown\n",
			 scan->elf.path);
		*evidence = EVIDENCE_SYMBOLS;
		return NULL;
	}
	*evidence = EVIDENCE_DWARF;
	struct error *err = dwarf_read(&scan->dwarf, &scan->map, &scan->raw, scan->options->decoder,
				       scan->options->jobs, &scan->reading);
	const char *path = scan->debug_path ? scan->debug_path : scan->elf.path;

	scan->raw.units = scan->reading.units;
	scan->raw.unit_count = scan->reading.unit_count;
	/* Readers name section and offset; those that do not know the path leave it to us. */
	if (err && !str_starts(err->text, path))
		err = error_prefix(err, "%s", path);
	return err;
}

static struct error *check_linked(const struct scan *scan)
{
	if (scan->elf.elf_type == ET_EXEC || scan->elf.elf_type == ET_DYN)
		return NULL;
	return error_new(ERROR_INPUT, "%s: a relocatable object (a module?), not a linked vmlinux", scan->elf.path);
}

/*
 * The path the atlas keeps: absolute, since the next program that reads the file
 * again may run elsewhere.  "PACKAGE!MEMBER" keeps its member.  NULL if nothing is there.
 */
static char *absolute_path(const char *path)
{
	const char *member = strchr(path, '!');
	AUTO_FREE char *file = xstrndup(path, member ? (size_t)(member - path) : strlen(path));
	char *whole = realpath(path, NULL);

	if (whole || !member)
		return whole;
	AUTO_FREE char *package = realpath(file, NULL);

	return package ? xasprintf("%s%s", package, member) : NULL;
}

/* Symbols and DWARF of an opened and named object become its facts. */
static struct error *read_object(struct scan *scan, struct facts *facts, struct str *warnings)
{
	const char *build_id;

	TRY(elf_image_build_id(&scan->elf, &build_id));
	gather_symbols(scan);
	TRY(elf_exports_read(&scan->elf, &scan->exports));
	exports_addresses(&scan->exports, &scan->raw);
	TRY(text_open(&scan->elf, taken_reading(&scan->elf), &scan->text));
	TRY(taken_find(&scan->elf, &scan->map, &scan->text, &scan->raw));
	TRY(read_dwarf(scan, &facts->image.evidence, warnings));
	/* Without DWARF no caller is known at all, and who finds a few would take them for all. */
	if (facts->image.evidence == EVIDENCE_DWARF)
		code_calls_find(&scan->text, &scan->raw);
	AUTO_FREE char *path = absolute_path(scan->elf.path);

	scan->raw.path = path ? path : scan->elf.path;
	scan->raw.build_id = build_id;
	scan->raw.evidence = facts->image.evidence;
	link_facts(&scan->raw, facts);
	if (scan->elf.elf_type != ET_REL)
		attach_find_inlined(facts);
	if (scan->options->names.count)
		facts_limit(facts, &scan->options->names);
	exports_find(&scan->elf, &scan->exports, &scan->options->names, &scan->raw, facts);
	TRY(initcalls_find(&scan->elf, &scan->options->names, facts));
	return attach_find(&scan->elf, scan->options->kernel_btf, facts);
}

static struct error *read_vmlinux(struct scan *scan, struct facts *facts, struct str *warnings)
{
	TRY(check_linked(scan));
	TRY(name_image(scan, &facts->image));
	scan->raw.object = "vmlinux";
	return read_object(scan, facts, warnings);
}

static void scan_fini(struct scan *scan)
{
	dwarf_reading_fini(&scan->reading);
	dwarf_image_close(&scan->dwarf);
	symbol_map_fini(&scan->map);
	free(scan->raw.symbols);
	free(scan->raw.sections);
	free(scan->raw.calls);
	taken_free(&scan->raw);
	text_close(&scan->text);
	free(scan->raw.exported);
	elf_exports_fini(&scan->exports);
	if (scan->debug.elf)
		elf_image_close(&scan->debug);
	free(scan->debug_path);
	elf_image_close(&scan->elf);
}

struct error *scan_vmlinux(const char *path, const struct scan_options *options, struct facts *facts,
			   struct str *warnings)
{
	struct scan scan = {.options = options};

	TRY(elf_image_open(path, &scan.elf));
	struct error *err = read_vmlinux(&scan, facts, warnings);

	scan_fini(&scan);
	return err;
}

/*
 * x86 kernels before 6.12 are linked with --emit-relocs: .rela.debug_info alone is
 * 250 MB of a 590 MB file, already applied, and read by nobody but libdwarf.
 */
static void discard_relocations(const struct elf_image *elf, struct package_bytes *bytes)
{
	for (uint32_t i = 1; i < elf->section_count; i++) {
		const struct section *section = &elf->sections[i];

		if (str_starts(section->name, ".rela.debug_") || str_starts(section->name, ".rel.debug_"))
			package_bytes_discard(bytes, section->file_offset, section->file_size_bytes);
	}
}

struct error *scan_vmlinux_memory(const char *path, struct package_bytes *bytes, const struct scan_options *options,
				  struct facts *facts, struct str *warnings)
{
	struct scan scan = {.options = options};

	TRY(elf_image_open_memory(path, bytes->data, bytes->size_bytes, &scan.elf));
	if (scan.elf.elf_type != ET_REL && options->decoder == DECODER_OWN)
		discard_relocations(&scan.elf, bytes);
	struct error *err = read_vmlinux(&scan, facts, warnings);

	scan_fini(&scan);
	return err;
}

/* The sections with code, which addresses are told apart by. */
static void gather_sections(struct scan *scan)
{
	struct raw_image *raw = &scan->raw;

	raw->sections = xcalloc(scan->elf.section_count, sizeof(*raw->sections));
	for (uint32_t i = 1; i < scan->elf.section_count; i++) {
		const struct section *section = &scan->elf.sections[i];

		if (section->flags & SHF_ALLOC && section->flags & SHF_EXECINSTR)
			raw->sections[raw->section_count++] =
				(struct raw_section){section->name, section->address, section->size_bytes};
	}
}

static struct error *read_module(struct scan *scan, struct facts *facts)
{
	AUTO_STR struct str warnings = {0};
	struct modinfo info;

	if (scan->elf.elf_type != ET_REL)
		return error_new(ERROR_INPUT, "%s: not a module: a linked file, not a relocatable object",
				 scan->elf.path);
	TRY(elf_image_modinfo(&scan->elf, &info));
	set(&facts->image.release, info.release);
	set(&facts->image.arch, scan->elf.arch.name);
	if (scan->options->names.count)
		facts->image.scope = scope_json(&scan->options->names);
	scan->raw.object = info.name;
	gather_sections(scan);
	/* That a module has no DWARF is said by its object's evidence, once for all of them. */
	return read_object(scan, facts, &warnings);
}

struct error *scan_module(const char *path, const void *bytes, size_t size_bytes, const struct scan_options *options,
			  struct facts *facts)
{
	struct scan_options one = *options;
	struct scan scan = {.options = &one};

	/* A module is small: one thread reads it, several modules are read side by side. */
	one.jobs = 1;
	TRY(bytes ? elf_image_open_memory(path, bytes, size_bytes, &scan.elf) : elf_image_open(path, &scan.elf));
	struct error *err = read_module(&scan, facts);

	scan_fini(&scan);
	return err;
}

enum elf_kind scan_elf_kind(const void *head, size_t length)
{
	const unsigned char *bytes = head;
	Elf32_Half type;

	if (length < EI_NIDENT + sizeof(type) || memcmp(bytes, ELFMAG, SELFMAG) != 0)
		return ELF_KIND_OTHER;
	type = bytes[EI_DATA] == ELFDATA2MSB ? (Elf32_Half)(bytes[EI_NIDENT] << 8 | bytes[EI_NIDENT + 1])
					     : (Elf32_Half)(bytes[EI_NIDENT + 1] << 8 | bytes[EI_NIDENT]);
	return type == ET_REL ? ELF_KIND_MODULE : type == ET_EXEC || type == ET_DYN ? ELF_KIND_LINKED : ELF_KIND_OTHER;
}
