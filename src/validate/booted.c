// SPDX-License-Identifier: GPL-2.0-or-later
#include "validate/booted.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/str.h"

struct error *booted_lines(struct booted_check *check, const char *name, enum check_group group,
			   struct error *(*each)(void *context, char *line), void *context, bool *there)
{
	AUTO_FREE char *path = xasprintf("%s/%s", check->input->directory, name);
	AUTO_FREE char *line = NULL;
	FILE *file = fopen(path, "re");
	struct error *err = NULL;
	size_t room = 0;
	ssize_t length;

	*there = file != NULL;
	if (!file && errno != ENOENT)
		return error_errno("%s", path);
	if (!file) {
		validation_add(check->validation, group, CHECK_UNCHECKED, name, "%s is missing", path);
		return NULL;
	}
	while (!err && (length = getline(&line, &room, file)) >= 0) {
		if (length && line[length - 1] == '\n')
			line[length - 1] = '\0';
		err = each(context, line);
	}
	if (!err && ferror(file))
		err = error_errno("%s", path);
	fclose(file);
	return err;
}

static int by_name(const void *a, const void *b)
{
	const struct booted_symbol *x = a, *y = b;

	if (x->name != y->name)
		return x->name < y->name ? -1 : 1;
	return (x->address > y->address) - (x->address < y->address);
}

size_t booted_symbols(const struct booted_check *check, const char *name, const struct booted_symbol **first)
{
	str_id id = intern_find(&check->names, name);
	size_t low = 0, high = check->symbols.count, end;

	while (id && low < high) {
		size_t middle = low + (high - low) / 2;

		if (check->symbols.items[middle].name < id)
			low = middle + 1;
		else
			high = middle;
	}
	*first = check->symbols.items + low;
	for (end = low; id && end < check->symbols.count && check->symbols.items[end].name == id;)
		end++;
	return end - low;
}

/* Columns of a query by their names. */
struct columns {
	struct booted_check *check;
	int module, symbol, address, ftrace, kprobe, fentry, reason;
};

static struct error *take_header(void *context, int count, const char *const *names)
{
	struct columns *columns = context;
	const struct {
		const char *name;
		int *column;
	} known[] = {
		{"module", &columns->module}, {"symbol", &columns->symbol}, {"address", &columns->address},
		{"ftrace", &columns->ftrace}, {"kprobe", &columns->kprobe}, {"fentry", &columns->fentry},
		{"reason", &columns->reason},
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		*known[i].column = -1;
		for (int c = 0; c < count; c++)
			if (strcmp(names[c], known[i].name) == 0)
				*known[i].column = c;
	}
	if (columns->symbol < 0 || columns->address < 0)
		return error_new(ERROR_STORE, "no column symbol or address");
	return NULL;
}

static enum verdict read_verdict(const char *text)
{
	if (str_eq(text, "yes"))
		return VERDICT_YES;
	return str_eq(text, "no") ? VERDICT_NO : VERDICT_UNKNOWN;
}

static struct error *take_symbol(void *context, int count, const char *const *values, const bool *numeric)
{
	struct columns *columns = context;
	const char *symbol = values[columns->symbol], *address = values[columns->address];

	(void)count, (void)numeric;
	if (symbol && address)
		vec_add(&columns->check->symbols,
			((struct booted_symbol){.name = intern(&columns->check->names, symbol),
						.address = strtoull(address, NULL, 16)}));
	return NULL;
}

/* A verdict goes to the symbol of that name and address. */
static struct error *take_verdict(void *context, int count, const char *const *values, const bool *numeric)
{
	struct columns *columns = context;
	const char *symbol = values[columns->symbol], *address = values[columns->address];
	const struct booted_symbol *first;

	(void)count, (void)numeric;
	if (!symbol || !address || columns->ftrace < 0 || columns->kprobe < 0)
		return NULL;
	size_t same = booted_symbols(columns->check, symbol, &first);
	struct booted_symbol *items = columns->check->symbols.items + (first - columns->check->symbols.items);

	for (size_t i = 0; i < same; i++) {
		if (items[i].address != strtoull(address, NULL, 16))
			continue;
		items[i].ftrace = read_verdict(values[columns->ftrace]);
		items[i].kprobe = read_verdict(values[columns->kprobe]);
		if (columns->fentry >= 0)
			items[i].fentry = read_verdict(values[columns->fentry]);
		if (columns->reason >= 0 && values[columns->reason])
			items[i].reason = arena_strdup(&columns->check->arena, values[columns->reason]);
		columns->check->has_verdicts = true;
	}
	return NULL;
}

static struct error *read_symbols(struct booted_check *check)
{
	struct columns columns = {.check = check};
	struct result_sink symbols = {&columns, take_header, take_symbol};
	struct result_sink verdicts = {&columns, take_header, take_verdict};
	AUTO_STR struct str sql = {0};

	str_addf(&sql, "SELECT symbol, address FROM v_symbol WHERE module = 'vmlinux' AND image_id = %lld",
		 (long long)check->image->id);
	TRY(store_query(check->store, sql.data, &symbols));
	if (check->symbols.count)
		qsort(check->symbols.items, check->symbols.count, sizeof(*check->symbols.items), by_name);
	/* An atlas without verdicts is no error: what needs them is not checked. */
	error_free(store_named_query(check->store, "@attach", check->image->name, "*", &verdicts));
	return NULL;
}

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
	TRY(read_symbols(check));
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
