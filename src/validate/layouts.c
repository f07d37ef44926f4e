// SPDX-License-Identifier: GPL-2.0-or-later
/* The structs of the family, in the module and in the vmlinux the image was read from. */
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "atlas/str.h"
#include "dwarf/layout.h"
#include "validate/module.h"

struct known {
	const char *name, *text;
	bool seen, equal;
	const char *other; /* the image's, where it differs */
};

struct layout_check {
	struct module_check *check;
	struct intern strings;
	VEC(struct known) structs;
	size_t left; /* not found in the image yet */
};

static bool in_family(void *context, const char *name)
{
	(void)context;
	return strcasestr(name, "mempool") || strcasestr(name, "balloon");
}

static struct known *find_known(struct layout_check *all, const char *name)
{
	for (size_t i = 0; i < all->structs.count; i++)
		if (str_eq(all->structs.items[i].name, name))
			return &all->structs.items[i];
	return NULL;
}

/* Units of one module see one header: the first definition stands for all. */
static struct error *keep_layout(void *context, const struct layout *layout, bool *more)
{
	struct layout_check *all = context;

	(void)more;
	if (!find_known(all, layout->name))
		vec_add(&all->structs, ((struct known){.name = arena_strdup(&all->check->arena, layout->name),
						       .text = arena_strdup(&all->check->arena, layout->text)}));
	return NULL;
}

static bool is_known(void *context, const char *name)
{
	struct known *known = find_known(context, name);

	return known && !known->equal;
}

static struct error *compare_layout(void *context, const struct layout *layout, bool *more)
{
	struct layout_check *all = context;
	struct known *known = find_known(all, layout->name);

	if (!known->seen) {
		known->seen = true;
		known->other = arena_strdup(&all->check->arena, layout->text);
	}
	if (str_eq(known->text, layout->text)) {
		known->equal = true;
		*more = --all->left > 0;
	}
	return NULL;
}

/* The first line in which two layouts differ. */
static void first_difference(const char *a, const char *b, struct str *text)
{
	for (;;) {
		size_t length_a = strcspn(a, "\n"), length_b = strcspn(b, "\n");

		if (length_a != length_b || strncmp(a, b, length_a) != 0) {
			str_addf(text, "'%.*s' in the module, '%.*s' in the image (offset, size, member, type)",
				 (int)length_a, a, (int)length_b, b);
			return;
		}
		if (!*a || !*b)
			return;
		a += length_a + (a[length_a] == '\n');
		b += length_b + (b[length_b] == '\n');
	}
}

static void report(struct layout_check *all)
{
	for (size_t i = 0; i < all->structs.count; i++) {
		const struct known *known = &all->structs.items[i];
		AUTO_STR struct str text = {0};

		if (!known->seen) {
			validation_add(all->check->validation, GROUP_LAYOUT, CHECK_UNCHECKED, known->name,
				       "vmlinux has no such struct");
		} else if (known->equal) {
			validation_add(all->check->validation, GROUP_LAYOUT, CHECK_PASSED, known->name, "%.*s bytes",
				       (int)strcspn(known->text, "\n"), known->text);
		} else {
			first_difference(known->text, known->other, &text);
			validation_add(all->check->validation, GROUP_LAYOUT, CHECK_FAILED, known->name, "%s",
				       text.data ? text.data : "");
		}
	}
}

static struct error *read_vmlinux(struct layout_check *all, struct elf_image *elf)
{
	const char *build_id, *known = all->check->image->build_id;
	struct dwarf_image dwarf;
	bool present;

	TRY(elf_image_build_id(elf, &build_id));
	if (known && !str_eq(build_id, known))
		return error_new(ERROR_INPUT, "%s: is another build than the one that was read", elf->path);
	TRY(dwarf_image_open(elf, &dwarf, &present));
	struct error *err = present ? struct_layouts(&dwarf, &all->strings, is_known, compare_layout, all)
				    : error_new(ERROR_INPUT, "%s: no DWARF", elf->path);

	dwarf_image_close(&dwarf);
	return err;
}

/* Why the vmlinux cannot be read is a reason, not an error: what needs no vmlinux was checked. */
static void compare_with_vmlinux(struct layout_check *all)
{
	const char *path = all->check->input->vmlinux ? all->check->input->vmlinux : all->check->image->path;
	struct elf_image elf;

	if (!path) {
		validation_add(all->check->validation, GROUP_LAYOUT, CHECK_UNCHECKED, all->check->image->name,
			       "where its vmlinux is is not known; give it with --file");
		return;
	}
	struct error *err = elf_image_open(path, &elf);

	if (!err) {
		err = read_vmlinux(all, &elf);
		elf_image_close(&elf);
	}
	if (err) {
		validation_add(all->check->validation, GROUP_LAYOUT, CHECK_UNCHECKED, all->check->image->name, "%s",
			       err->text);
		error_free(err);
		return;
	}
	report(all);
}

struct error *check_layouts(struct module_check *check)
{
	struct layout_check all = {.check = check};

	intern_init(&all.strings);
	struct error *err =
		check->has_dwarf ? struct_layouts(&check->dwarf, &all.strings, in_family, keep_layout, &all) : NULL;

	all.left = all.structs.count;
	if (!err && !all.left)
		validation_add(check->validation, GROUP_LAYOUT, CHECK_UNCHECKED, check->info.name,
			       "the module's DWARF defines no struct of the family");
	else if (!err)
		compare_with_vmlinux(&all);
	vec_free(&all.structs);
	intern_fini(&all.strings);
	return err;
}
