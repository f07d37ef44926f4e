// SPDX-License-Identifier: GPL-2.0-or-later
/* The image's own vmlinux, for what the atlas does not keep: tables, and labels that are no functions. */
#include "atlas/str.h"
#include "validate/booted.h"

static struct error *read_parts(struct booted_check *check)
{
	const char *build_id, *known = check->image->build_id;

	TRY(elf_image_build_id(&check->vmlinux, &build_id));
	if (known && !str_eq(build_id, known))
		return error_new(ERROR_INPUT, "%s: is another build than the one that was read", check->vmlinux.path);
	TRY(probe_tables_read(&check->vmlinux, &check->tables));
	labels_read(&check->vmlinux, &check->labels);
	return NULL;
}

void booted_vmlinux_open(struct booted_check *check)
{
	const char *path = check->input->vmlinux ? check->input->vmlinux : check->image->path;

	if (!path) {
		validation_add(check->validation, GROUP_PLACE, CHECK_UNCHECKED, "vmlinux",
			       "where it is is not known; give it with --file");
		return;
	}
	struct error *err = elf_image_open(path, &check->vmlinux);

	if (!err && (err = read_parts(check)))
		elf_image_close(&check->vmlinux);
	check->has_vmlinux = !err;
	if (err)
		validation_add(check->validation, GROUP_PLACE, CHECK_UNCHECKED, "vmlinux", "%s", err->text);
	error_free(err);
}

void booted_vmlinux_close(struct booted_check *check)
{
	if (!check->has_vmlinux)
		return;
	labels_fini(&check->labels);
	probe_tables_fini(&check->tables);
	elf_image_close(&check->vmlinux);
}
