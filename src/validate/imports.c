// SPDX-License-Identifier: GPL-2.0-or-later
/* What a module imports against what the image exports: names and CRCs. */
#include <elf.h>
#include <stdio.h>
#include <string.h>

#include "atlas/str.h"
#include "validate/module.h"

/* struct modversion_info: an unsigned long and a name, 64 bytes in all. */
#define VERSION_BYTES 64u

struct version {
	const char *name;
	uint32_t crc;
};

typedef VEC(struct version) version_list;

/* Everything the image exports, as @exports has it. */
struct exports {
	struct intern names;
	VEC(struct version) rows; /* by id in `names` - 1; `has_crc` beside them */
	VEC(bool) has_crc;
	int name_column, crc_column;
};

bool module_imports(const struct module_check *check, const char *name)
{
	for (size_t i = 0; i < check->elf.symbol_count; i++) {
		const struct elf_symbol *symbol = &check->elf.symbols[i];

		if (symbol->section == SHN_UNDEF && str_eq(symbol->name, name))
			return true;
	}
	return false;
}

static struct error *take_header(void *context, int columns, const char *const *names)
{
	struct exports *exports = context;

	exports->name_column = exports->crc_column = -1;
	for (int i = 0; i < columns; i++) {
		if (strcmp(names[i], "name") == 0)
			exports->name_column = i;
		if (strcmp(names[i], "crc") == 0)
			exports->crc_column = i;
	}
	if (exports->name_column < 0 || exports->crc_column < 0)
		return error_new(ERROR_STORE, "@exports: no column name or crc");
	return NULL;
}

static struct error *take_row(void *context, int columns, const char *const *values, const bool *numeric)
{
	struct exports *exports = context;
	const char *name = values[exports->name_column], *crc = values[exports->crc_column];

	(void)columns, (void)numeric;
	/* The first of a name, vmlinux's before a module's of the same name. */
	if (!name || intern(&exports->names, name) <= exports->rows.count)
		return NULL;
	bool known = crc && strncmp(crc, "0x", 2) == 0;

	vec_add(&exports->rows, ((struct version){NULL, known ? (uint32_t)strtoul(crc, NULL, 16) : 0}));
	vec_add(&exports->has_crc, known);
	return NULL;
}

/* An atlas without the query, or whose images' tables nobody read, exports nothing: `rows` is empty. */
static void read_exports(struct module_check *check, struct exports *exports)
{
	struct result_sink sink = {exports, take_header, take_row};

	intern_init(&exports->names);
	error_free(store_named_query(check->store, "@exports", check->image->name, "*", &sink));
}

static uint64_t read_word(const struct elf_image *elf, const unsigned char *at, unsigned bytes)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < bytes; i++)
		value |= (uint64_t)at[elf->arch.big_endian ? bytes - 1 - i : i] << 8 * i;
	return value;
}

static void read_classic(const struct elf_image *elf, const struct section *section, struct arena *arena,
			 version_list *versions)
{
	unsigned word = elf->arch.bits / 8;

	for (uint64_t at = 0; section->data && at + VERSION_BYTES <= section->size_bytes; at += VERSION_BYTES) {
		const char *name = (const char *)section->data + at + word;

		vec_add(versions, ((struct version){arena_strndup(arena, name, strnlen(name, VERSION_BYTES - word)),
						    (uint32_t)read_word(elf, section->data + at, word)}));
	}
}

/* Long names, and all of them where the configuration says so: two sections side by side since 6.14. */
static void read_extended(const struct elf_image *elf, const struct section *crcs, const struct section *names,
			  struct arena *arena, version_list *versions)
{
	uint64_t at = 0;

	for (uint64_t i = 0; crcs->data && names->data && i + 4 <= crcs->size_bytes && at < names->size_bytes; i += 4) {
		const char *name = (const char *)names->data + at;
		size_t length = strnlen(name, names->size_bytes - at);

		vec_add(versions, ((struct version){arena_strndup(arena, name, length),
						    (uint32_t)read_word(elf, crcs->data + i, 4)}));
		at += length + 1;
	}
}

static struct error *read_versions(struct module_check *check, version_list *versions)
{
	struct section *classic, *crcs, *names;

	TRY(elf_image_load(&check->elf, "__versions", &classic));
	TRY(elf_image_load(&check->elf, "__version_ext_crcs", &crcs));
	TRY(elf_image_load(&check->elf, "__version_ext_names", &names));
	if (classic)
		read_classic(&check->elf, classic, &check->arena, versions);
	if (crcs && names)
		read_extended(&check->elf, crcs, names, &check->arena, versions);
	return NULL;
}

static const struct version *find_version(const version_list *versions, const char *name)
{
	for (size_t i = 0; i < versions->count; i++)
		if (str_eq(versions->items[i].name, name))
			return &versions->items[i];
	return NULL;
}

static void check_crc(struct module_check *check, const struct exports *exports, size_t row, const char *name,
		      const version_list *versions)
{
	const struct version *version = find_version(versions, name);
	struct validation *validation = check->validation;

	if (!version)
		validation_add(validation, GROUP_CRC, CHECK_UNCHECKED, name, "the module was built without its CRC");
	else if (!exports->has_crc.items[row])
		validation_add(validation, GROUP_CRC, CHECK_UNCHECKED, name, "the image has no CRC (no modversions)");
	else if (exports->rows.items[row].crc != version->crc)
		validation_add(validation, GROUP_CRC, CHECK_FAILED, name, "0x%08x in the module, 0x%08x in the image",
			       version->crc, exports->rows.items[row].crc);
	else
		validation_add(validation, GROUP_CRC, CHECK_PASSED, name, "0x%08x", version->crc);
}

/* Without export tables only that a global function of the name is there is known, which is not enough. */
static void check_import(struct module_check *check, const struct exports *exports, const char *name,
			 const version_list *versions)
{
	struct validation *validation = check->validation;
	str_id id = intern_find(&exports->names, name);

	if (!exports->rows.count) {
		validation_add(validation, GROUP_EXPORT, CHECK_UNCHECKED, name, "the image's exports were not read");
		validation_add(validation, GROUP_CRC, CHECK_UNCHECKED, name, "the image's exports were not read");
	} else if (!id) {
		validation_add(validation, GROUP_EXPORT, CHECK_FAILED, name, "the image does not export it");
		validation_add(validation, GROUP_CRC, CHECK_UNCHECKED, name, "the image does not export it");
	} else {
		validation_add(validation, GROUP_EXPORT, CHECK_PASSED, name, "%s", "");
		check_crc(check, exports, id - 1, name, versions);
	}
}

/* A CRC for a name that is no import guards nothing; `module_layout` alone stands for the structs of all modules. */
static void check_extra_versions(struct module_check *check, const struct exports *exports,
				 const version_list *versions)
{
	for (size_t i = 0; i < versions->count; i++) {
		const char *name = versions->items[i].name;

		if (!module_imports(check, name))
			check_import(check, exports, name, versions);
	}
}

struct error *check_imports(struct module_check *check)
{
	struct exports exports = {0};
	version_list versions = {0};

	read_exports(check, &exports);
	struct error *err = read_versions(check, &versions);

	for (size_t i = 0; i < check->elf.symbol_count && !err; i++) {
		const struct elf_symbol *symbol = &check->elf.symbols[i];

		if (symbol->section == SHN_UNDEF && *symbol->name && symbol->binding != STB_WEAK)
			check_import(check, &exports, symbol->name, &versions);
	}
	if (!err)
		check_extra_versions(check, &exports, &versions);
	vec_free(&versions);
	vec_free(&exports.rows);
	vec_free(&exports.has_crc);
	intern_fini(&exports.names);
	return err;
}
