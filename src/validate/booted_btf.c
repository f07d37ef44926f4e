// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The running kernel's BTF: it is what the fentry verdicts were made from, and its
 * prototypes are the atlas's.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/str.h"
#include "image/btf.h"
#include "validate/booted.h"

/* Larger than any; a kernel's is 4 to 10 MB. */
#define MAX_BYTES (UINT64_C(256) << 20)

struct btf_check {
	struct booted_check *check;
	struct btf_funcs running, own; /* `own`: of the image's vmlinux */
	bool has_own;
	int name, params; /* columns */
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

static struct error *take_header(void *context, int count, const char *const *names)
{
	struct btf_check *all = context;

	(void)names;
	all->name = 0;
	all->params = 1;
	return count == 2 ? NULL : error_new(ERROR_STORE, "not two columns");
}

/* A function that stands for one thing, whose BTF can only mean that one. */
static struct error *take_prototype(void *context, int count, const char *const *values, const bool *numeric)
{
	struct btf_check *all = context;
	const char *name = values[all->name], *params = values[all->params] ? values[all->params] : "";
	const struct btf_func *func;
	AUTO_STR struct str found = {0};

	(void)count, (void)numeric;
	if (!name || btf_funcs_find(&all->running, name, &func) != 1)
		return NULL;
	for (unsigned i = 0; i < func->params; i++) {
		const char *param = btf_param_name(&all->running.btf, func, i);

		str_addf(&found, "%s%s", i ? ", " : "", *param ? param : "(anon)");
	}
	if (str_eq(params, found.data ? found.data : ""))
		validation_add(all->check->validation, GROUP_PROTOTYPE, CHECK_PASSED, name, "%s", "");
	else
		validation_add(all->check->validation, GROUP_PROTOTYPE, CHECK_FAILED, name,
			       "parameters (%s) in the running BTF, (%s) in the atlas", found.data ? found.data : "",
			       params);
	return NULL;
}

static struct error *check_prototypes(struct btf_check *all)
{
	struct result_sink sink = {all, take_header, take_prototype};
	AUTO_STR struct str sql = {0};

	str_addf(&sql,
		 "SELECT n.text, (SELECT group_concat(json_extract(j.value, '$[0]'), ', ') FROM json_each(p.params) j) "
		 "FROM object o JOIN function f ON f.object = o.id JOIN name n ON n.id = f.name "
		 "JOIN prototype p ON p.id = f.prototype "
		 "WHERE o.image = %lld AND o.name = 'vmlinux' AND f.instances = 1",
		 (long long)all->check->image->id);
	return store_query(all->check->store, sql.data, &sink);
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
