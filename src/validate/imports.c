// SPDX-License-Identifier: GPL-2.0-or-later
/* What a module imports against what the image exports: names and CRCs. */
#include <elf.h>
#include <string.h>

#include "atlas/str.h"
#include "image/modversions.h"
#include "validate/module.h"

/* Everything the image exports, as @exports has it. */
struct exports {
	struct intern names;
	VEC(struct module_version) rows; /* by id in `names` - 1; `has_crc` beside them */
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

	vec_add(&exports->rows, ((struct module_version){NULL, known ? (uint32_t)strtoul(crc, NULL, 16) : 0}));
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

static const struct module_version *find_version(const struct module_versions *versions, const char *name)
{
	for (size_t i = 0; i < versions->items.count; i++)
		if (str_eq(versions->items.items[i].name, name))
			return &versions->items.items[i];
	return NULL;
}

static void check_crc(struct module_check *check, const struct exports *exports, size_t row, const char *name,
		      const struct module_versions *versions)
{
	const struct module_version *version = find_version(versions, name);
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
			 const struct module_versions *versions)
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
				 const struct module_versions *versions)
{
	for (size_t i = 0; i < versions->items.count; i++) {
		const char *name = versions->items.items[i].name;

		if (!module_imports(check, name))
			check_import(check, exports, name, versions);
	}
}

struct error *check_imports(struct module_check *check)
{
	struct exports exports = {0};
	struct module_versions versions = {0};

	read_exports(check, &exports);
	struct error *err = module_versions_read(&check->elf, &versions);

	for (size_t i = 0; i < check->elf.symbol_count && !err; i++) {
		const struct elf_symbol *symbol = &check->elf.symbols[i];

		if (symbol->section == SHN_UNDEF && *symbol->name && symbol->binding != STB_WEAK)
			check_import(check, &exports, symbol->name, &versions);
	}
	if (!err)
		check_extra_versions(check, &exports, &versions);
	module_versions_fini(&versions);
	vec_free(&exports.rows);
	vec_free(&exports.has_crc);
	intern_fini(&exports.names);
	return err;
}
