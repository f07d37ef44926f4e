// SPDX-License-Identifier: GPL-2.0-or-later
#include "validate/booted.h"

#include <string.h>

#include "atlas/str.h"

/* "Linux HOST RELEASE ..." */
static struct error *take_uname(void *context, char *line)
{
	struct booted_check *check = context;
	char *save = NULL, *word = strtok_r(line, " ", &save);

	for (int i = 0; word && i < 2; i++)
		word = strtok_r(NULL, " ", &save);
	if (!word)
		return NULL;
	bool same = str_eq(word, check->image->release);

	validation_add(check->validation, GROUP_KERNEL, same ? CHECK_PASSED : CHECK_UNCHECKED, word,
		       same ? "%s" : "another kernel was booted; the image is %s",
		       same		       ? ""
		       : check->image->release ? check->image->release
					       : "of an unknown release");
	return NULL;
}

static struct error *check_all(struct booted_check *check)
{
	bool there;

	TRY(booted_lines(check, "uname", GROUP_KERNEL, take_uname, check, &there));
	if (!check->validation->counts[GROUP_KERNEL][CHECK_PASSED])
		return NULL;
	TRY(booted_symbols_read(check));
	booted_vmlinux_open(check);
	TRY(check_kallsyms(check));
	TRY(check_places(check));
	TRY(check_ftrace(check));
	TRY(check_blacklist(check));
	TRY(check_kprobes(check));
	TRY(check_btf(check));
	return check_stacks(check);
}

static struct error *with_image(struct booted_check *check)
{
	TRY(store_find_image(check->store, &check->arena, check->input->image, &check->image));
	check->validation->image = arena_strdup(&check->validation->arena, check->image->name);
	check->validation->against =
		arena_printf(&check->validation->arena, "the kernel booted in %s", check->input->directory);
	return check_all(check);
}

struct error *validate_booted(const struct validate_booted *input, struct validation *validation)
{
	struct booted_check check = {.input = input, .validation = validation};

	TRY(store_open(input->atlas, STORE_READ, &check.store));
	arena_init(&check.arena);
	intern_init(&check.names);
	struct error *err = with_image(&check);

	booted_vmlinux_close(&check);
	vec_free(&check.symbols);
	intern_fini(&check.names);
	arena_fini(&check.arena);
	store_close(check.store);
	return err;
}
