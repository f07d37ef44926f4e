// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The running kernel's BTF: it is what the fentry verdicts were made from, and its
 * prototypes are the atlas's.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/lookup.h"
#include "atlas/str.h"
#include "image/btf.h"
#include "validate/booted.h"

/* Larger than any; a kernel's is 4 to 10 MB. */
#define MAX_BYTES (UINT64_C(256) << 20)

struct btf_check {
	struct booted_check *check;
	struct btf_funcs running, own; /* `own`: of the image's vmlinux */
	bool has_own;
};

static struct error *read_file(const char *path, unsigned char **bytes, size_t *size_bytes)
{
	FILE *file = fopen(path, "re");
	size_t room = 1 << 20;

	if (!file)
		return errno == ENOENT ? NULL : error_errno("%s", path);
	*bytes = xmalloc(room);
	for (size_t got; (got = fread(*bytes + *size_bytes, 1, room - *size_bytes, file)) > 0;) {
		*size_bytes += got;
		if (*size_bytes == room && room < MAX_BYTES)
			*bytes = xrealloc(*bytes, room *= 2);
	}
	struct error *err = ferror(file) ? error_errno("%s", path) : NULL;

	fclose(file);
	return err;
}

static bool same_params(const struct btf_check *all, const struct btf_func *a, const struct btf_func *b)
{
	for (unsigned i = 0; i < a->params; i++)
		if (!str_eq(btf_param_name(&all->running.btf, a, i), btf_param_name(&all->own.btf, b, i)))
			return false;
	return a->params == b->params && a->refused == b->refused && a->doubtful == b->doubtful;
}

/* FUNCs of one name stand in the order of their ids in neither list; as many have to be equal. */
static bool same_funcs(const struct btf_check *all, const struct btf_func *a, const struct btf_func *b, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bool found = false;

		for (size_t k = 0; k < count && !found; k++)
			found = same_params(all, &a[i], &b[k]);
		if (!found)
			return false;
	}
	return true;
}

/* What a verdict was made from against what the kernel runs with. */
static void check_func(struct btf_check *all, const char *name)
{
	struct validation *validation = all->check->validation;
	const struct btf_func *running, *own;
	size_t count = btf_funcs_find(&all->running, name, &running), known = btf_funcs_find(&all->own, name, &own);

	if (count != known)
		validation_add(validation, GROUP_BTF, CHECK_FAILED, name,
			       "%zu FUNCs of the name, the image's own BTF has %zu", count, known);
	else
		validation_add(validation, GROUP_BTF,
			       same_funcs(all, running, own, count) ? CHECK_PASSED : CHECK_FAILED, name, "%s",
			       same_funcs(all, running, own, count) ? ""
								    : "another prototype than in the image's own BTF");
}

static void check_funcs(struct btf_check *all)
{
	const struct btf_funcs *lists[] = {&all->running, &all->own};

	for (size_t list = 0; list < ARRAY_LEN(lists); list++) {
		for (size_t i = 0; i < lists[list]->items.count; i++) {
			const struct btf_func *func = &lists[list]->items.items[i], *other;

			/* Each name once: those that both have are told of with the first list. */
			if (i > 0 && str_eq(func[-1].name, func->name))
				continue;
			if (list == 0 || !btf_funcs_find(&all->running, func->name, &other))
				check_func(all, func->name);
		}
	}
}

/* A verdict on fentry says what BTF has: one FUNC, none, or several. */
static void check_verdict(struct btf_check *all, const struct booted_symbol *symbol)
{
	struct validation *validation = all->check->validation;
	const char *name = intern_text(&all->check->names, symbol->name);
	const struct btf_func *funcs;
	size_t count = btf_funcs_find(&all->running, name, &funcs);
	const char *wrong = NULL;

	if (symbol->fentry == VERDICT_YES)
		wrong = count == 1 && !funcs->refused && !funcs->doubtful ? NULL : "the atlas says yes";
	else if (symbol->reason && strstr(symbol->reason, attach_reason_text(REASON_NO_FUNC)))
		wrong = count ? "the atlas says there is none" : NULL;
	else if (symbol->reason && strstr(symbol->reason, attach_reason_text(REASON_MANY_FUNCS)))
		wrong = count > 1 ? NULL : "the atlas says there are several";
	else
		return;
	validation_add(validation, GROUP_FENTRY, wrong ? CHECK_FAILED : CHECK_PASSED, name,
		       "%zu FUNC%s of the name%s%s", count, count == 1 ? "" : "s", wrong ? "; " : "",
		       wrong ? wrong : "");
}

/* A function of vmlinux that stands for one thing, so that BTF can only mean that one. */
static const struct prototype *only_prototype(const struct function *const *functions, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(functions[i]->object, "vmlinux"))
			return functions[i]->instance_count == 1 ? functions[i]->prototype : NULL;
	return NULL;
}

/* Since 7.0 BTF leaves out what the verifier passes to a kfunc (KF_IMPLICIT_ARGS), and has the whole beside it. */
static bool has_implicit(const struct btf_check *all, const char *name)
{
	AUTO_FREE char *whole = xasprintf("%s_impl", name);
	const struct btf_func *func;

	return btf_funcs_find(&all->running, whole, &func) > 0;
}

static void check_prototype(struct btf_check *all, const struct btf_func *func, const struct prototype *prototype)
{
	AUTO_STR struct str running = {0}, known = {0};

	for (unsigned i = 0; i < func->params; i++) {
		const char *param = btf_param_name(&all->running.btf, func, i);

		str_addf(&running, "%s%s", i ? ", " : "", *param ? param : "(anon)");
	}
	for (uint32_t i = 0; i < prototype->count; i++)
		str_addf(&known, "%s%s", i ? ", " : "", prototype->params[i].name);
	const char *there = running.data ? running.data : "", *here = known.data ? known.data : "";

	if (str_eq(there, here))
		validation_add(all->check->validation, GROUP_PROTOTYPE, CHECK_PASSED, func->name, "%s", "");
	else if (has_implicit(all, func->name) && str_starts(here, there))
		validation_add(
			all->check->validation, GROUP_PROTOTYPE, CHECK_PASSED, func->name,
			"BTF has (%s) under this name and all of (%s) under %s_impl: the verifier passes the rest",
			there, here, func->name);
	else
		validation_add(all->check->validation, GROUP_PROTOTYPE, CHECK_FAILED, func->name,
			       "parameters (%s) in the running BTF, (%s) in the atlas", there, here);
}

static struct error *check_prototypes(struct btf_check *all)
{
	struct error *err = NULL;
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; !err && i < all->running.items.count; i++) {
		const struct btf_func *func = &all->running.items.items[i], *same;
		const struct function *const *functions;
		const struct prototype *prototype;
		size_t count;

		if (btf_funcs_find(&all->running, func->name, &same) != 1)
			continue;
		arena_reset(&arena);
		err = store_brief_functions(all->check->store, &arena, all->check->image, func->name, &functions,
					    &count);
		prototype = err ? NULL : only_prototype(functions, count);
		if (prototype)
			check_prototype(all, func, prototype);
	}
	arena_fini(&arena);
	return err;
}

static struct error *compare(struct btf_check *all)
{
	struct booted_check *check = all->check;

	if (check->has_vmlinux) {
		TRY(btf_funcs_read(&check->vmlinux, NULL, &all->own));
		all->has_own = all->own.present && !all->own.unread;
	}
	if (all->has_own)
		check_funcs(all);
	else
		validation_add(check->validation, GROUP_BTF, CHECK_UNCHECKED, "btf",
			       check->has_vmlinux ? "the image's vmlinux has no BTF that can be read"
						  : "the image's vmlinux cannot be read");
	for (size_t i = 0; i < check->symbols.count && check->has_verdicts; i++)
		check_verdict(all, &check->symbols.items[i]);
	return check_prototypes(all);
}

struct error *check_btf(struct booted_check *check)
{
	AUTO_FREE char *path = xasprintf("%s/btf", check->input->directory);
	struct btf_check all = {.check = check};
	AUTO_FREE unsigned char *bytes = NULL;
	size_t size_bytes = 0;

	TRY(read_file(path, &bytes, &size_bytes));
	if (!size_bytes) {
		validation_add(check->validation, GROUP_BTF, CHECK_UNCHECKED, "btf", "%s is missing", path);
		return NULL;
	}
	struct error *err = btf_funcs_of(path, bytes, size_bytes, &all.running);

	if (err) {
		validation_add(check->validation, GROUP_BTF, CHECK_UNCHECKED, "btf", "%s", err->text);
		error_free(err);
		return NULL;
	}
	err = compare(&all);
	btf_funcs_fini(&all.running);
	btf_funcs_fini(&all.own);
	return err;
}
