// SPDX-License-Identifier: GPL-2.0-or-later
/* What the running kernel lets a tracer attach to, against the atlas's verdicts. */
#include <stdlib.h>
#include <string.h>

#include "atlas/str.h"
#include "validate/booted.h"

static const char *reason_of(const struct booted_symbol *symbol)
{
	return symbol->reason ? symbol->reason : "no reason given";
}

struct offered {
	struct booted_check *check;
	struct intern names;	 /* as the tracer lists them */
	VEC(uint32_t) counts;	 /* lines of the name, by id - 1 */
	VEC(uint64_t) addresses; /* of all symbols of these names, ascending */
	size_t invalid;
};

/* "NAME", " [MODULE]" behind it for a module's. */
static struct error *take_offered(void *context, char *line)
{
	struct offered *all = context;

	if (strchr(line, ' ') || !*line)
		return NULL;
	if (str_starts(line, "__ftrace_invalid_address___")) {
		all->invalid++;
		return NULL;
	}
	str_id id = intern(&all->names, line);

	if (id > all->counts.count)
		vec_add(&all->counts, 0);
	all->counts.items[id - 1]++;
	return NULL;
}

static int by_address(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static size_t count_yes(const struct booted_symbol *symbols, size_t count)
{
	size_t yes = 0;

	for (size_t i = 0; i < count; i++)
		yes += symbols[i].ftrace == VERDICT_YES;
	return yes;
}

/* Each name the tracer lists: as many verdicts say so, and what the others say is then no contradiction. */
static void check_offered(struct offered *all, str_id id)
{
	struct validation *validation = all->check->validation;
	const char *name = intern_text(&all->names, id);
	const struct booted_symbol *symbols;
	size_t count = booted_symbols(all->check, name, &symbols), lines = all->counts.items[id - 1], unknown = 0;

	for (size_t i = 0; i < count; i++) {
		vec_add(&all->addresses, symbols[i].address);
		unknown += symbols[i].ftrace == VERDICT_UNKNOWN;
	}
	if (!count)
		validation_add(validation, GROUP_FTRACE, CHECK_UNCHECKED, name, "no function symbol of the atlas");
	else if (count_yes(symbols, count) == lines)
		validation_add(validation, GROUP_FTRACE, CHECK_PASSED, name, "%s", "");
	else if (count_yes(symbols, count) == count && lines > count)
		/* Since 6.0 (commit b39181f7c690) such places are called __ftrace_invalid_address___. */
		validation_add(validation, GROUP_FTRACE, CHECK_PASSED, name,
			       "offered %zu times: places of dropped weak functions go by the name before them", lines);
	else if (!count_yes(symbols, count) && version_compare(all->check->image->version, "6.0") < 0)
		validation_add(validation, GROUP_FTRACE, all->check->places_agree ? CHECK_PASSED : CHECK_UNCHECKED,
			       name,
			       "offered, the atlas says no (%s): before 6.0 the place of a dropped weak function "
			       "behind it goes by its name",
			       reason_of(symbols));
	else if (unknown)
		validation_add(validation, GROUP_FTRACE, CHECK_UNCHECKED, name,
			       "offered; the atlas's verdict is unknown");
	else
		validation_add(validation, GROUP_FTRACE, CHECK_FAILED, name,
			       "offered %zu times, the atlas says yes of %zu of %zu symbols: %s", lines,
			       count_yes(symbols, count), count, reason_of(symbols));
}

/* Each symbol the tracer does not list: no verdict says yes, unless it lists an alias of the address. */
static void check_missing(struct offered *all, const struct booted_symbol *symbol)
{
	struct validation *validation = all->check->validation;
	const char *name = intern_text(&all->check->names, symbol->name);

	if (intern_find(&all->names, name))
		return;
	if (symbol->ftrace == VERDICT_UNKNOWN)
		validation_add(validation, GROUP_FTRACE, CHECK_UNCHECKED, name,
			       "not offered; the atlas's verdict is unknown");
	else if (symbol->ftrace == VERDICT_NO)
		validation_add(validation, GROUP_FTRACE, CHECK_PASSED, name, "not offered: %s", reason_of(symbol));
	else if (all->addresses.count && bsearch(&symbol->address, all->addresses.items, all->addresses.count,
						 sizeof(*all->addresses.items), by_address))
		validation_add(validation, GROUP_FTRACE, CHECK_PASSED, name, "offered under an alias");
	else
		validation_add(validation, GROUP_FTRACE, CHECK_FAILED, name, "not offered, the atlas says yes");
}

static void compare_offered(struct offered *all)
{
	struct booted_check *check = all->check;

	if (!check->has_verdicts) {
		validation_add(check->validation, GROUP_FTRACE, CHECK_UNCHECKED, "available_filter_functions",
			       NO_VERDICTS);
		return;
	}
	for (size_t id = 1; id <= all->counts.count; id++)
		check_offered(all, (str_id)id);
	if (all->addresses.count)
		qsort(all->addresses.items, all->addresses.count, sizeof(*all->addresses.items), by_address);
	for (size_t i = 0; i < check->symbols.count; i++)
		check_missing(all, &check->symbols.items[i]);
	if (all->invalid && !check->places_agree)
		validation_add(check->validation, GROUP_FTRACE, CHECK_UNCHECKED, "__ftrace_invalid_address___",
			       "%zu places whose function the kernel does not know itself", all->invalid);
}

struct error *check_ftrace(struct booted_check *check)
{
	struct offered all = {.check = check};
	bool there;

	intern_init(&all.names);
	struct error *err = booted_lines(check, "available_filter_functions", GROUP_FTRACE, take_offered, &all, &there);

	if (!err && there)
		compare_offered(&all);
	vec_free(&all.counts);
	vec_free(&all.addresses);
	intern_fini(&all.names);
	return err;
}

/* What several symbols of one name say together: a probe by name goes to the one that says yes. */
static const struct booted_symbol *speaker(const struct booted_symbol *symbols, size_t count)
{
	const struct booted_symbol *best = symbols;

	for (size_t i = 1; i < count; i++)
		if (symbols[i].kprobe == VERDICT_YES ||
		    (symbols[i].kprobe == VERDICT_UNKNOWN && best->kprobe == VERDICT_NO))
			best = &symbols[i];
	return best;
}

/* A label of assembler: the kernel's rule, from the image's tables. */
static void check_label_result(struct booted_check *check, const char *name, const char *result)
{
	struct validation *validation = check->validation;
	const struct probe_tables *tables = &check->tables;
	const struct label *label = check->has_vmlinux ? labels_find(&check->labels, name) : NULL;

	/* A function the atlas does not have is outside of its scope. */
	if (!label || label->function || !labels_find(&check->labels, "within_notrace_func")) {
		validation_add(validation, GROUP_KPROBE, CHECK_UNCHECKED, name, "%s; no function symbol of the atlas",
			       result);
		return;
	}
	uint64_t next = labels_next(&check->labels, label->address);
	bool forbidden = probe_tables_place(tables, label->address) ||
			 probe_tables_blacklisted(tables, label->address, next - label->address);
	bool traced = probe_tables_traced_behind(tables, label->address, next);

	validation_add(validation, GROUP_KPROBE,
		       str_eq(result, "ok") == (traced && !forbidden) ? CHECK_PASSED : CHECK_FAILED, name,
		       "%s; a label, no function: %s", result,
		       forbidden ? "the image's tables forbid it"
		       : traced	 ? "a place of the tracer lies behind it"
				 : "no place of the tracer before the next name");
}

/* "NAME\tok" or "NAME\tERROR" */
static struct error *take_result(void *context, char *line)
{
	struct booted_check *check = context;
	char *result = strchr(line, '\t');
	const struct booted_symbol *symbols;

	if (!result)
		return error_new(ERROR_INPUT, "kprobe_results: not NAME, a tab, RESULT: '%.60s'", line);
	*result++ = '\0';
	size_t count = booted_symbols(check, line, &symbols);

	if (!count) {
		check_label_result(check, line, result);
		return NULL;
	}
	const struct booted_symbol *symbol = speaker(symbols, count);

	if (symbol->kprobe == VERDICT_UNKNOWN)
		validation_add(check->validation, GROUP_KPROBE, CHECK_UNCHECKED, line,
			       "%s; the atlas's verdict is unknown", result);
	else
		validation_add(check->validation, GROUP_KPROBE,
			       str_eq(result, "ok") == (symbol->kprobe == VERDICT_YES) ? CHECK_PASSED : CHECK_FAILED,
			       line, "%s; the atlas says %s: %s", result, symbol->kprobe == VERDICT_YES ? "yes" : "no",
			       reason_of(symbol));
	return NULL;
}

struct error *check_kprobes(struct booted_check *check)
{
	bool there;

	if (check->has_verdicts)
		return booted_lines(check, "kprobe_results", GROUP_KPROBE, take_result, check, &there);
	validation_add(check->validation, GROUP_KPROBE, CHECK_UNCHECKED, "kprobe_results", NO_VERDICTS);
	return NULL;
}
