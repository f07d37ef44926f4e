// SPDX-License-Identifier: GPL-2.0-or-later
#include "validate/module.h"

#include <elf.h>
#include <string.h>
#include <unistd.h>

#include "atlas/scan.h"
#include "atlas/str.h"

/* Says whether the module was built for the image's kernel; if not, nothing else can be held against it. */
static bool belongs(struct module_check *check)
{
	struct validation *validation = check->validation;
	const char *arch = check->elf.arch.name, *release = check->info.release;

	if (!str_eq(arch, check->image->arch)) {
		validation_add(validation, GROUP_KERNEL, CHECK_UNCHECKED, check->info.name,
			       "the module is for %s, the image is %s", arch, check->image->arch);
		return false;
	}
	if (!release || !check->image->release) {
		validation_add(validation, GROUP_KERNEL, CHECK_UNCHECKED, check->info.name,
			       "%s does not say its release", release ? "the image" : "the module");
		return release != NULL;
	}
	if (!str_eq(release, check->image->release)) {
		validation_add(validation, GROUP_KERNEL, CHECK_UNCHECKED, check->info.name,
			       "the module is for %s, the image is %s", release, check->image->release);
		return false;
	}
	validation_add(validation, GROUP_KERNEL, CHECK_PASSED, check->info.name, "%s, %s", release, arch);
	return true;
}

static struct error *check_stated(struct module_check *check)
{
	const char *slash = strrchr(check->input->module, '/');
	AUTO_FREE char *beside = xasprintf("%.*sexpected.jsonl", slash ? (int)(slash + 1 - check->input->module) : 0,
					   check->input->module);

	if (check->input->expected)
		return check_expected(check, check->input->expected);
	if (access(beside, F_OK) == 0)
		return check_expected(check, beside);
	validation_add(check->validation, GROUP_EXPECTED, CHECK_UNCHECKED, check->info.name,
		       "no expected.jsonl beside the module; give it with --expected");
	return NULL;
}

static struct error *check_all(struct module_check *check)
{
	if (!belongs(check))
		return NULL;
	TRY(check_imports(check));
	TRY(check_prototypes(check));
	TRY(check_layouts(check));
	TRY(check_callers(check));
	return check_stated(check);
}

static struct error *open_module(struct module_check *check)
{
	struct scan_options options = {.decoder = DECODER_OWN, .jobs = 1};

	if (check->elf.elf_type != ET_REL)
		return error_new(ERROR_INPUT, "%s: not a module: a linked file, not a relocatable object",
				 check->input->module);
	TRY(elf_image_modinfo(&check->elf, &check->info));
	TRY(dwarf_image_open(&check->elf, &check->dwarf, &check->has_dwarf));
	return scan_module(check->input->module, NULL, 0, &options, &check->facts);
}

static struct error *with_module(struct module_check *check)
{
	facts_init(&check->facts);
	struct error *err = open_module(check);

	if (!err)
		err = store_find_image(check->store, &check->arena, check->input->image, &check->image);
	if (!err) {
		check->validation->image = arena_strdup(&check->validation->arena, check->image->name);
		check->validation->against = arena_printf(&check->validation->arena, "module %s", check->input->module);
		err = check_all(check);
	}
	facts_fini(&check->facts);
	dwarf_image_close(&check->dwarf);
	return err;
}

struct error *validate_module(const struct validate_module *input, struct validation *validation)
{
	struct module_check check = {.input = input, .validation = validation};

	TRY(store_open(input->atlas, STORE_READ, &check.store));
	arena_init(&check.arena);
	struct error *err = elf_image_open(input->module, &check.elf);

	if (!err) {
		err = with_module(&check);
		elf_image_close(&check.elf);
	}
	arena_fini(&check.arena);
	store_close(check.store);
	return err;
}
