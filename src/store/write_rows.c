// SPDX-License-Identifier: GPL-2.0-or-later
/* Functions, instances, symbols and edges as rows of the tables. */
#include <string.h>

#include "store/rows.h"
#include "store/writer.h"

#define SET(row, ...) memcpy((row)->values, (const int64_t[]){__VA_ARGS__}, sizeof((const int64_t[]){__VA_ARGS__}))

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
	int64_t packed = class.transformed | class.only_split << 1 | class.inlining << 2 | class.collision << 5 |
			 function->language << 8 | function->flags << 11;

	SET(row, w->image, w->object + facts_object_of(w->facts, (uint32_t)n), w->names.ids[function->name],
	    w->roles[n], name_or_null(w, function->readable), prototype_or_null(w, function->prototype),
	    w->instance + function->first_instance, count_instances(w->facts, function),
	    w->symbol + function->first_symbol, function->symbols, class.inlined_sites, class.call_sites, packed);
}

static void fill_instance(const void *context, size_t n, struct row *row)
{
	const struct writer *w = context;
	const struct fact_instance *instance = &w->facts->instances.items[n];
	bool has_address = instance->flags & INSTANCE_HAS_ADDRESS;
	int64_t said = (int64_t)instance->decl_line * 1024 + (int64_t)instance->flags * 4 + instance->dw_inline;

	SET(row, w->function + instance->function, path_or_null(w, instance->file),
	    path_or_null(w, instance->decl_file), has_address ? (int64_t)instance->address : ROW_NULL,
	    prototype_or_null(w, instance->prototype), symbol_or_null(w, instance->symbol),
	    name_or_null(w, instance->copy_of), name_or_null(w, instance->linkage), w->edge + instance->first_edge,
	    instance->inlined_edges, instance->call_edges, said);
}

static void fill_symbol(const void *context, size_t n, struct row *row)
{
	const struct writer *w = context;
	const struct fact_symbol *symbol = &w->facts->symbols.items[n];

	SET(row, w->function + symbol->function, w->names.ids[symbol->name], (int64_t)symbol->address,
	    (int64_t)symbol->size, symbol->binding, symbol->type, w->attach[n] ? w->attach[n] : ROW_NULL);
}

static void fill_edge(const void *context, size_t n, struct row *row)
{
	const struct writer *w = context;
	const struct fact_edge *edge = &w->facts->edges.items[n];

	const struct fact_instance *caller = &w->facts->instances.items[edge->caller];
	uint64_t from = caller->flags & INSTANCE_HAS_ADDRESS ? caller->address : 0;
	int64_t site = (int64_t)edge->line * 32 + (int64_t)edge->flags * 8 + edge->kind;

	SET(row, w->instance + edge->callee, w->instance + edge->caller, chain_or_null(w, edge->chain), site,
	    edge->address ? (int64_t)(edge->address - from) : ROW_NULL);
}

static struct error *write_table(struct writer *w, enum statement which, size_t count,
				 void (*fill)(const void *, size_t, struct row *))
{
	return rows_insert(w->store, which, &(struct row_source){w, count, fill});
}

/* Instances with a linkage name of their own. */
struct aliases {
	const struct writer *writer;
	VEC(uint32_t) instances;
};

static void fill_alias(const void *context, size_t n, struct row *row)
{
	const struct aliases *aliases = context;
	const struct writer *w = aliases->writer;
	uint32_t instance = aliases->instances.items[n];

	SET(row, w->image, w->names.ids[w->facts->instances.items[instance].linkage], w->instance + instance);
}

static struct error *write_aliases(struct writer *w)
{
	struct aliases aliases = {.writer = w};

	for (size_t i = 0; i < w->facts->instances.count; i++)
		if (w->facts->instances.items[i].linkage)
			vec_add(&aliases.instances, (uint32_t)i);
	struct error *err = rows_insert(w->store, STATEMENT_alias_insert,
					&(struct row_source){&aliases, aliases.instances.count, fill_alias});

	vec_free(&aliases.instances);
	return err;
}

/* The edges sorted by caller, then as they stand. */
struct by_caller {
	const struct writer *writer;
	uint32_t *order;   /* edge indexes */
	uint32_t *ends;	   /* by caller: where its edges end in `order` */
	uint32_t *callers; /* those that have any */
	size_t caller_count;
	struct str *json; /* of the row being made */
};

static void fill_outgoing(const void *context, size_t n, struct row *row)
{
	const struct by_caller *sorted = context;
	const struct writer *w = sorted->writer;
	uint32_t caller = sorted->callers[n];

	str_clear(sorted->json);
	for (uint32_t i = caller ? sorted->ends[caller - 1] : 0; i < sorted->ends[caller]; i++) {
		str_addc(sorted->json, sorted->json->length ? ',' : '[');
		str_add_u64(sorted->json, (uint64_t)w->edge + sorted->order[i]);
	}
	str_addc(sorted->json, ']');
	row->values[0] = w->instance + caller;
	row->text = sorted->json->data;
	row->text_length = (uint32_t)sorted->json->length;
}

/* Sorts by counting: each edge goes behind those of smaller callers. */
static void sort_by_caller(const struct facts *facts, struct by_caller *sorted)
{
	uint32_t at = 0;

	for (size_t i = 0; i < facts->edges.count; i++)
		sorted->ends[facts->edges.items[i].caller]++;
	for (size_t i = 0; i < facts->instances.count; i++) {
		uint32_t count = sorted->ends[i];

		if (count)
			sorted->callers[sorted->caller_count++] = (uint32_t)i;
		sorted->ends[i] = at;
		at += count;
	}
	for (size_t i = 0; i < facts->edges.count; i++)
		sorted->order[sorted->ends[facts->edges.items[i].caller]++] = (uint32_t)i;
}

static struct error *write_outgoing(struct writer *w)
{
	const struct facts *facts = w->facts;
	AUTO_FREE uint32_t *order = xcalloc(facts->edges.count, sizeof(*order));
	AUTO_FREE uint32_t *ends = xcalloc(facts->instances.count, sizeof(*ends));
	AUTO_FREE uint32_t *callers = xcalloc(facts->instances.count, sizeof(*callers));
	AUTO_STR struct str json = {0};
	struct by_caller sorted = {w, order, ends, callers, 0, &json};

	sort_by_caller(facts, &sorted);
	return rows_insert(w->store, STATEMENT_outgoing_insert,
			   &(struct row_source){&sorted, sorted.caller_count, fill_outgoing});
}

struct error *write_rows(struct writer *w)
{
	const struct facts *facts = w->facts;

	TRY(write_table(w, STATEMENT_function_insert, facts->functions.count, fill_function));
	TRY(write_table(w, STATEMENT_instance_insert, facts->instances.count, fill_instance));
	TRY(write_table(w, STATEMENT_symbol_insert, facts->symbols.count, fill_symbol));
	TRY(write_table(w, STATEMENT_edge_insert, facts->edges.count, fill_edge));
	TRY(write_aliases(w));
	return write_outgoing(w);
}
