// SPDX-License-Identifier: GPL-2.0-or-later
/* A kernel module as dependencies: what it imports, with the CRCs and prototypes it was built with. */
#include <elf.h>
#include <inttypes.h>

#include "atlas/str.h"
#include "check/read.h"
#include "check/signature.h"
#include "dwarf/declared.h"
#include "image/modinfo.h"
#include "image/modversions.h"

struct module_reading {
	const char *path;
	const void *bytes;
	size_t size_bytes;
	struct elf_image elf;
	struct modinfo info;
	struct module_versions versions;
	struct dependencies *dependencies;
	bool has_dwarf;
};

/* As license_is_gpl_compatible() of the kernel. */
static bool may_use_gpl(const char *license)
{
	static const char *const words[] = {"GPL",	    "GPL v2",	    "GPL and additional rights",
					    "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(license, words[i]))
			return true;
	return false;
}

static const struct module_version *find_version(const struct module_reading *reading, const char *name)
{
	for (size_t i = 0; i < reading->versions.items.count; i++)
		if (str_eq(reading->versions.items.items[i].name, name))
			return &reading->versions.items.items[i];
	return NULL;
}

static void add_import(struct module_reading *reading, const char *name, bool weak)
{
	const struct module_version *version = find_version(reading, name);
	struct dependencies *dependencies = reading->dependencies;
	struct dependency *made = dependency_add(dependencies, DEP_EXPORT, name, reading->path, 0);

	made->optional = weak;
	made->why = weak ? "a weak symbol" : NULL;
	made->own = (struct own_facts){
		.is_import = true,
		.built_with = true,
		.may_use_gpl = may_use_gpl(reading->info.license),
		.namespaces =
			reading->info.namespaces ? arena_strdup(&dependencies->arena, reading->info.namespaces) : NULL,
		.release = reading->info.release ? arena_strdup(&dependencies->arena, reading->info.release) : NULL,
		.has_versions = reading->versions.items.count > 0,
	};
	if (version)
		made->own.values[VALUE_CRC] = arena_printf(&dependencies->arena, "0x%08" PRIx32, version->crc);
}

/* Undefined symbols, and `module_layout`, whose CRC stands for the structs of all modules. */
static void read_imports(struct module_reading *reading)
{
	for (size_t i = 0; i < reading->elf.symbol_count; i++) {
		const struct elf_symbol *symbol = &reading->elf.symbols[i];

		if (symbol->section == SHN_UNDEF && *symbol->name && !str_eq(symbol->name, "_GLOBAL_OFFSET_TABLE_"))
			add_import(reading, symbol->name, symbol->binding == STB_WEAK);
	}
	add_import(reading, "module_layout", false);
}

static struct dependency *find_import(struct dependencies *dependencies, const char *name)
{
	for (size_t i = 0; i < dependencies->items.count; i++)
		if (str_eq(dependencies->items.items[i].subject, name))
			return &dependencies->items.items[i];
	return NULL;
}

/* Parameters get a name to be taken off again, so that types are spelled as those of the atlas. */
static struct error *take_prototype(void *context, const struct declared_function *declared)
{
	struct dependencies *dependencies = context;
	struct dependency *import = find_import(dependencies, declared->name);
	AUTO_STR struct str text = {0};

	if (!import || import->own.values[VALUE_PARAMETERS])
		return NULL;
	size_t count = declared->param_count + declared->variadic;
	AUTO_FREE struct param *params = xcalloc(count + 1, sizeof(*params));
	struct prototype prototype = {declared->returns.text, params, (uint32_t)count};

	for (size_t i = 0; i < declared->param_count; i++)
		params[i] = (struct param){"p", type_declare(declared->types, &declared->params[i], "p")};
	if (declared->variadic)
		params[declared->param_count] = (struct param){"(anon)", "void (anon)"};
	signature_types(&prototype, 0, &text);
	import->own.values[VALUE_RETURNS] = arena_strdup(&dependencies->arena, prototype.returns);
	import->own.values[VALUE_PARAMETERS] = arena_strdup(&dependencies->arena, text.data);
	return NULL;
}

static struct error *read_dwarf(struct module_reading *reading)
{
	struct dwarf_image dwarf;
	struct intern strings;

	TRY(dwarf_image_open(&reading->elf, &dwarf, &reading->has_dwarf));
	intern_init(&strings);
	struct error *err =
		reading->has_dwarf ? declared_functions(&dwarf, &strings, take_prototype, reading->dependencies) : NULL;

	intern_fini(&strings);
	dwarf_image_close(&dwarf);
	return err;
}

static void note(struct module_reading *reading, const char *text)
{
	struct dependencies *dependencies = reading->dependencies;

	vec_add(&dependencies->notes, arena_printf(&dependencies->arena, "%s: %s", reading->path, text));
}

static struct error *read_module(struct module_reading *reading)
{
	TRY(elf_image_modinfo(&reading->elf, &reading->info));
	TRY(module_versions_read(&reading->elf, &reading->versions));
	reading->dependencies->arch = arena_strdup(&reading->dependencies->arena, reading->elf.arch.name);
	read_imports(reading);
	TRY(read_dwarf(reading));
	if (reading->has_dwarf)
		TRY(module_types_read(reading->path, reading->bytes, reading->size_bytes, reading->dependencies));
	else
		note(reading, "has no DWARF: exports and CRCs are checked, prototypes and struct layouts are not");
	if (!reading->versions.items.count)
		note(reading, "was built without modversions: there are no CRCs to compare");
	return NULL;
}

struct error *module_read(const char *path, const void *bytes, size_t size_bytes, struct dependencies *dependencies)
{
	struct module_reading reading = {path, bytes, size_bytes, .dependencies = dependencies};

	TRY(elf_image_open_memory(path, bytes, size_bytes, &reading.elf));
	struct error *err = read_module(&reading);

	module_versions_fini(&reading.versions);
	elf_image_close(&reading.elf);
	return err;
}
