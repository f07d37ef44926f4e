// SPDX-License-Identifier: GPL-2.0-or-later
/* Places that hold addresses of functions, tied to functions by their symbols. */
#include <string.h>

#include "model/link_stages.h"
#include "model/link_state.h"

/* Final symbols by address: the facts are in their order, the raw table is not. */
struct taken_link {
	struct link *link;
	const struct facts *facts;
	uint32_t *symbol_at; /* per raw symbol: its final index, NO_INDEX none */
	struct raw_field *fields;
	size_t field_count;
};

struct best_symbol {
	const struct taken_link *of;
	uint64_t address;
	uint32_t found;
};

/* Of several names at one address a global one is what the source will have said. */
static bool consider_entry(void *context, uint32_t raw)
{
	struct best_symbol *best = context;
	const struct raw_symbol *symbol = &best->of->link->raw->symbols[raw];
	uint32_t final = best->of->symbol_at[raw];

	if ((symbol->address & best->of->link->raw->address_mask) != best->address || final == NO_INDEX)
		return false;
	if (best->found == NO_INDEX || (symbol->binding && !best->of->facts->symbols.items[best->found].binding))
		best->found = final;
	return false;
}

static bool consider_holder(void *context, uint32_t raw)
{
	struct best_symbol *best = context;

	best->found = best->of->symbol_at[raw];
	return best->found != NO_INDEX;
}

static uint32_t symbol_of(const struct taken_link *of, uint64_t address, bool (*consider)(void *, uint32_t))
{
	struct best_symbol best = {of, address & of->link->raw->address_mask, NO_INDEX};

	symbol_map_at(&of->link->map, address, consider, &best);
	return best.found;
}

/* Raw symbols and final ones are the same in another order: by function, then as the table has them. */
static void number_symbols(struct taken_link *of)
{
	const struct link *link = of->link;
	AUTO_FREE uint32_t *next = xcalloc(of->facts->functions.count + 1, sizeof(*next));

	for (size_t i = 0; i < of->facts->functions.count; i++)
		next[i] = of->facts->functions.items[i].first_symbol;
	for (uint32_t i = 0; i < link->raw->symbol_count; i++) {
		uint32_t function = link->symbol_function[i];
		uint32_t final = function == NO_INDEX ? NO_INDEX : link->final_function[function];

		of->symbol_at[i] = final == NO_INDEX ? NO_INDEX : next[final]++;
	}
}

static int by_field_address(const void *a, const void *b)
{
	const struct raw_field *x = a, *y = b;

	return (x->address > y->address) - (x->address < y->address);
}

static void gather_fields(struct taken_link *of)
{
	const struct raw_image *raw = of->link->raw;
	size_t count = 0;

	for (uint32_t i = 0; i < raw->unit_count; i++)
		count += raw->units[i].fields.count;
	of->fields = xcalloc(count, sizeof(*of->fields));
	for (uint32_t i = 0; i < raw->unit_count; i++) {
		size_t more = raw->units[i].fields.count;

		if (more)
			memcpy(of->fields + of->field_count, raw->units[i].fields.items, more * sizeof(*of->fields));
		for (size_t k = 0; k < more; k++)
			of->fields[of->field_count + k].unit = i;
		of->field_count += more;
	}
	qsort(of->fields, count, sizeof(*of->fields), by_field_address);
}

static const struct raw_field *field_at(const struct taken_link *of, uint64_t address)
{
	const struct raw_field key = {.address = address};

	return of->field_count ? bsearch(&key, of->fields, of->field_count, sizeof(key), by_field_address) : NULL;
}

static bool describe_target(struct taken_link *of, const struct raw_taken *raw, struct fact_taken *taken)
{
	if (raw->import) {
		taken->import = intern(&of->link->facts->strings, raw->import);
		taken->function = taken->symbol = NO_INDEX;
		return true;
	}
	taken->symbol = symbol_of(of, raw->target, consider_entry);
	if (taken->symbol == NO_INDEX)
		return false;
	taken->function = of->facts->symbols.items[taken->symbol].function;
	return true;
}

static void describe_data(struct taken_link *of, const struct raw_taken *raw, struct fact_taken *taken)
{
	const struct raw_object *object = &of->link->raw->objects[raw->data];
	const struct raw_field *field = field_at(of, raw->address);

	taken->kind = TAKEN_DATA;
	taken->holder = NO_INDEX;
	taken->data = intern(&of->link->facts->strings, object->name);
	taken->offset = (uint32_t)(raw->address - object->address);
	if (!field)
		return;
	taken->file = of->link->unit_path[field->unit];
	if (field->field)
		taken->field = intern(&of->link->facts->strings, field->field);
}

/* The unit of the instance that has this symbol's code; of a part's, of the first with a file. */
static str_id file_of_holder(const struct facts *facts, uint32_t function, uint32_t symbol)
{
	const struct fact_function *holder = &facts->functions.items[function];
	str_id first = 0;

	for (uint32_t i = 0; i < holder->instances; i++) {
		const struct fact_instance *instance = &facts->instances.items[holder->first_instance + i];

		if (instance->symbol == symbol && instance->file)
			return instance->file;
		if (!first)
			first = instance->file;
	}
	return first;
}

static void describe_code(struct taken_link *of, const struct raw_taken *raw, struct fact_taken *taken)
{
	struct facts *facts = of->link->facts;
	uint32_t symbol = symbol_of(of, raw->address, consider_holder);

	taken->kind = TAKEN_CODE;
	taken->holder = NO_INDEX;
	if (symbol != NO_INDEX) {
		const struct fact_symbol *holder = &facts->symbols.items[symbol];

		taken->holder = holder->function;
		taken->offset = (uint32_t)(raw->address - (holder->address & of->link->raw->address_mask));
		taken->file = file_of_holder(facts, holder->function, symbol);
		if (holder->name != facts->functions.items[holder->function].name)
			taken->data = holder->name;
	} else if (raw->label) {
		taken->data = intern(&facts->strings, raw->label);
		taken->offset = (uint32_t)(raw->address - raw->label_start);
	}
}

static int by_function(const void *a, const void *b)
{
	const struct fact_taken *x = a, *y = b;

	if (x->function != y->function)
		return x->function < y->function ? -1 : 1;
	return (x->address > y->address) - (x->address < y->address);
}

void link_taken(struct link *link)
{
	AUTO_FREE uint32_t *symbol_at = xcalloc(link->raw->symbol_count + 1u, sizeof(*symbol_at));
	struct facts *facts = link->facts;
	struct taken_link of = {.link = link, .facts = facts, .symbol_at = symbol_at};

	number_symbols(&of);
	gather_fields(&of);
	for (size_t i = 0; i < link->raw->taken_count; i++) {
		const struct raw_taken *raw = &link->raw->taken[i];
		struct fact_taken taken = {.address = raw->address};

		if (!describe_target(&of, raw, &taken))
			continue;
		if (raw->data != NO_INDEX)
			describe_data(&of, raw, &taken);
		else
			describe_code(&of, raw, &taken);
		vec_add(&facts->taken, taken);
	}
	if (facts->taken.count)
		qsort(facts->taken.items, facts->taken.count, sizeof(*facts->taken.items), by_function);
	free(of.fields);
}
