// SPDX-License-Identifier: GPL-2.0-or-later
/* Functions, instances, symbols and edges as rows of the tables. */
#include <string.h>

#include "store/rows.h"
#include "store/writer.h"

#define SET(row, ...) memcpy((row)->values, (const int64_t[]){__VA_ARGS__}, sizeof((const int64_t[]){__VA_ARGS__}))

static int64_t or_null(uint64_t value)
{
	return value ? (int64_t)value : ROW_NULL;
}

static int64_t name_or_null(const struct writer *w, str_id id)
{
	return id ? w->names.ids[id] : ROW_NULL;
}

static int64_t path_or_null(const struct writer *w, str_id id)
{
	return id ? w->paths.ids[id] : ROW_NULL;
}

static int64_t prototype_or_null(const struct writer *w, uint32_t index)
{
	return index == NO_INDEX ? ROW_NULL : w->prototypes[index];
}

static int64_t chain_or_null(const struct writer *w, uint32_t index)
{
	return index == NO_INDEX ? ROW_NULL : w->chains[index];
}

static int64_t symbol_or_null(const struct writer *w, uint32_t index)
{
	return index == NO_INDEX ? ROW_NULL : w->symbol + index;
}

/* The mentioned ones stand last and are no instances to a reader. */
static int64_t count_instances(const struct facts *facts, const struct fact_function *function)
{
	uint32_t count = function->instances;

	while (count && facts->instances.items[function->first_instance + count - 1].flags & INSTANCE_MENTIONED)
		count--;
	return count;
}

static void fill_function(const void *context, size_t n, struct row *row)
{
	const struct writer *w = context;
	const struct fact_function *function = &w->facts->functions.items[n];
	struct class class = classify(w->facts, (uint32_t)n);

	SET(row, w->function + (int64_t)n, w->image, w->names.ids[function->name], name_or_null(w, function->readable),
	    prototype_or_null(w, function->prototype), w->instance + function->first_instance,
	    count_instances(w->facts, function), w->symbol + function->first_symbol, function->symbols,
	    function->language, function->flags, class.collision, class.inlining, class.transformed, class.only_split,
	    class.inlined_sites, class.call_sites);
}

static void fill_instance(const void *context, size_t n, struct row *row)
{
	const struct writer *w = context;
	const struct fact_instance *instance = &w->facts->instances.items[n];
	bool has_address = instance->flags & INSTANCE_HAS_ADDRESS;

	SET(row, w->instance + (int64_t)n, w->function + instance->function, w->object + instance->object,
	    path_or_null(w, instance->file), path_or_null(w, instance->decl_file), or_null(instance->decl_line),
	    has_address ? (int64_t)instance->address : ROW_NULL, prototype_or_null(w, instance->prototype),
	    symbol_or_null(w, instance->symbol), name_or_null(w, instance->copy_of), name_or_null(w, instance->linkage),
	    w->edge + instance->first_edge, instance->inlined_edges, instance->call_edges, instance->flags,
	    instance->dw_inline);
}

static void fill_symbol(const void *context, size_t n, struct row *row)
{
	const struct writer *w = context;
	const struct fact_symbol *symbol = &w->facts->symbols.items[n];

	SET(row, w->symbol + (int64_t)n, w->function + symbol->function, w->object + symbol->object,
	    w->names.ids[symbol->name], (int64_t)symbol->address, (int64_t)symbol->size, symbol->binding, symbol->type);
}

static void fill_edge(const void *context, size_t n, struct row *row)
{
	const struct writer *w = context;
	const struct fact_edge *edge = &w->facts->edges.items[n];

	SET(row, w->edge + (int64_t)n, w->instance + edge->callee, w->instance + edge->caller,
	    chain_or_null(w, edge->chain), or_null(edge->line), edge->kind, edge->flags, or_null(edge->address));
}

static struct error *write_table(struct writer *w, enum statement which, size_t count,
				 void (*fill)(const void *, size_t, struct row *))
{
	return rows_insert(w->store, which, &(struct row_source){w, count, fill});
}

struct by_caller {
	const struct writer *writer;
	uint32_t *order; /* edge indexes, by caller, then as they stand */
};

static void fill_outgoing(const void *context, size_t n, struct row *row)
{
	const struct by_caller *sorted = context;
	const struct writer *w = sorted->writer;
	uint32_t edge = sorted->order[n];

	SET(row, w->instance + w->facts->edges.items[edge].caller, w->edge + edge);
}

/* Sorts by counting: a place for each edge behind those of smaller callers. */
static uint32_t *order_by_caller(const struct facts *facts)
{
	uint32_t *order = xcalloc(facts->edges.count, sizeof(*order));
	AUTO_FREE uint32_t *next = xcalloc(facts->instances.count + 1, sizeof(*next));

	for (size_t i = 0; i < facts->edges.count; i++)
		next[facts->edges.items[i].caller + 1]++;
	for (size_t i = 1; i <= facts->instances.count; i++)
		next[i] += next[i - 1];
	for (size_t i = 0; i < facts->edges.count; i++)
		order[next[facts->edges.items[i].caller]++] = (uint32_t)i;
	return order;
}

static struct error *write_outgoing(struct writer *w)
{
	AUTO_FREE uint32_t *order = order_by_caller(w->facts);
	const struct by_caller sorted = {w, order};

	return rows_insert(w->store, STATEMENT_outgoing_insert,
			   &(struct row_source){&sorted, w->facts->edges.count, fill_outgoing});
}

struct error *write_rows(struct writer *w)
{
	const struct facts *facts = w->facts;

	TRY(write_table(w, STATEMENT_function_insert, facts->functions.count, fill_function));
	TRY(write_table(w, STATEMENT_instance_insert, facts->instances.count, fill_instance));
	TRY(write_table(w, STATEMENT_symbol_insert, facts->symbols.count, fill_symbol));
	TRY(write_table(w, STATEMENT_edge_insert, facts->edges.count, fill_edge));
	return write_outgoing(w);
}
