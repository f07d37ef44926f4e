// SPDX-License-Identifier: GPL-2.0-or-later
/* Function symbols of vmlinux by name, with what the atlas says of probes on them. */
#include <stdlib.h>
#include <string.h>

#include "atlas/search.h"
#include "atlas/str.h"
#include "validate/booted.h"

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
	size_t low = lower_bound(at, check->symbols.count, check->symbols.items[at].name < id), end = low;

	*first = check->symbols.items + low;
	while (end < check->symbols.count && check->symbols.items[end].name == id)
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

struct error *booted_symbols_read(struct booted_check *check)
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
