// SPDX-License-Identifier: GPL-2.0-or-later
/* The invariants of struct facts, table by table. */
#include <inttypes.h>

#include "atlas/facts.h"
#include "atlas/type_pool.h"

static struct error *bad(const char *table, size_t row, const char *what)
{
	return error_new(ERROR_INPUT, "facts: %s %zu: %s", table, row, what);
}

static bool is_index(uint32_t index, size_t count)
{
	return index < count;
}

static bool is_optional(uint32_t index, size_t count)
{
	return index == NO_INDEX || index < count;
}

static bool is_text(const struct facts *facts, str_id id)
{
	return id != 0 && id < facts->strings.entries.count;
}

static bool is_optional_text(const struct facts *facts, str_id id)
{
	return id < facts->strings.entries.count;
}

/* An empty run may begin anywhere. */
static bool is_run(uint32_t first, uint64_t length, size_t count)
{
	return length == 0 || first + length <= count;
}

static struct error *check_sizes(const struct facts *facts)
{
	/* NO_INDEX must not be a row. */
	if (facts->strings.entries.count >= NO_INDEX || facts->objects.count >= NO_INDEX ||
	    facts->functions.count >= NO_INDEX || facts->instances.count >= NO_INDEX ||
	    facts->edges.count >= NO_INDEX || facts->chains.count >= NO_INDEX || facts->symbols.count >= NO_INDEX ||
	    facts->prototypes.count >= NO_INDEX || facts->params.count >= NO_INDEX || facts->taken.count >= NO_INDEX)
		return error_new(ERROR_INPUT, "facts: more than %" PRIu32 " rows of one kind", NO_INDEX);
	return NULL;
}

static struct error *check_image(const struct facts *facts)
{
	if (!facts->image.version || !facts->image.flavor || !facts->image.arch)
		return error_new(ERROR_INPUT, "facts: the image has no version, flavor or architecture");
	return NULL;
}

static struct error *check_objects(const struct facts *facts)
{
	for (size_t i = 0; i < facts->objects.count; i++) {
		const struct fact_object *object = &facts->objects.items[i];

		if (!is_text(facts, object->name))
			return bad("object", i, "no name");
		if (!is_optional_text(facts, object->path) || !is_optional_text(facts, object->build_id))
			return bad("object", i, "path or build id is no string");
	}
	return NULL;
}

static struct error *check_sections(const struct facts *facts)
{
	for (size_t i = 0; i < facts->sections.count; i++) {
		if (!is_text(facts, facts->sections.items[i].name))
			return bad("section", i, "no name");
		if (!is_index(facts->sections.items[i].object, facts->objects.count))
			return bad("section", i, "its object is out of range");
	}
	return NULL;
}

static struct error *check_chains(const struct facts *facts)
{
	for (size_t i = 0; i < facts->chains.count; i++) {
		const struct fact_chain *chain = &facts->chains.items[i];

		if (!is_text(facts, chain->name))
			return bad("chain", i, "no name");
		if (!is_optional(chain->parent, i))
			return bad("chain", i, "its parent does not stand before it");
	}
	return NULL;
}

static struct error *check_prototypes(const struct facts *facts)
{
	for (size_t i = 0; i < facts->params.count; i++) {
		const struct fact_param *param = &facts->params.items[i];

		if (!is_text(facts, param->name) || !is_text(facts, param->decl))
			return bad("parameter", i, "no name or no declaration");
	}
	for (size_t i = 0; i < facts->prototypes.count; i++) {
		const struct fact_prototype *prototype = &facts->prototypes.items[i];

		if (!is_text(facts, prototype->returns))
			return bad("prototype", i, "no return type");
		if (!is_run(prototype->first_param, prototype->params, facts->params.count))
			return bad("prototype", i, "its parameters are out of range");
	}
	return NULL;
}

static struct error *check_symbols(const struct facts *facts)
{
	for (size_t i = 0; i < facts->symbols.count; i++) {
		const struct fact_symbol *symbol = &facts->symbols.items[i];

		if (!is_text(facts, symbol->name))
			return bad("symbol", i, "no name");
		if (!is_index(symbol->function, facts->functions.count))
			return bad("symbol", i, "no function owns it");
		if (!is_index(symbol->object, facts->objects.count))
			return bad("symbol", i, "its object is out of range");
	}
	return NULL;
}

static struct error *check_exports(const struct facts *facts)
{
	for (size_t i = 0; i < facts->exports.count; i++) {
		const struct fact_export *entry = &facts->exports.items[i];

		if (!is_text(facts, entry->name) || !is_optional_text(facts, entry->namespace) ||
		    !is_optional_text(facts, entry->file))
			return bad("export", i, "its name, namespace or file is no string");
		if (!is_optional(entry->function, facts->functions.count))
			return bad("export", i, "its function is out of range");
		if (!is_index(entry->object, facts->objects.count))
			return bad("export", i, "its object is out of range");
	}
	return NULL;
}

static struct error *check_units(const struct facts *facts)
{
	for (size_t i = 0; i < facts->units.count; i++) {
		if (!is_text(facts, facts->units.items[i].file))
			return bad("unit", i, "no path");
		if (!is_index(facts->units.items[i].object, facts->objects.count))
			return bad("unit", i, "its object is out of range");
	}
	return NULL;
}

static struct error *check_initcalls(const struct facts *facts)
{
	for (size_t i = 0; i < facts->initcalls.count; i++) {
		const struct fact_initcall *call = &facts->initcalls.items[i];

		if (!is_text(facts, call->name) || !is_text(facts, call->level))
			return bad("initcall", i, "no name or no level");
		if (!is_optional_text(facts, call->file) || !is_optional_text(facts, call->module))
			return bad("initcall", i, "its file or module is no string");
		if (!is_index(call->object, facts->objects.count))
			return bad("initcall", i, "its object is out of range");
	}
	return NULL;
}

static struct error *check_instances_of(const struct facts *facts, size_t f)
{
	const struct fact_function *function = &facts->functions.items[f];
	bool mentioned = false;

	if (!is_run(function->first_instance, function->instances, facts->instances.count))
		return bad("function", f, "its instances are out of range");
	for (uint32_t i = 0; i < function->instances; i++) {
		uint32_t row = function->first_instance + i;
		const struct fact_instance *instance = &facts->instances.items[row];

		if (instance->function != f)
			return bad("instance", row, "it stands among those of another function");
		if (instance->object != facts->instances.items[function->first_instance].object)
			return bad("instance", row, "it is in another object than its function's first");
		if (mentioned && !(instance->flags & INSTANCE_MENTIONED))
			return bad("instance", row, "a read instance stands after a mentioned one");
		mentioned = instance->flags & INSTANCE_MENTIONED;
	}
	return NULL;
}

static struct error *check_symbols_of(const struct facts *facts, size_t f)
{
	const struct fact_function *function = &facts->functions.items[f];

	if (!is_run(function->first_symbol, function->symbols, facts->symbols.count))
		return bad("function", f, "its symbols are out of range");
	for (uint32_t i = 0; i < function->symbols; i++) {
		const struct fact_symbol *symbol = &facts->symbols.items[function->first_symbol + i];

		if (symbol->function != f)
			return bad("symbol", function->first_symbol + i, "it stands among those of another function");
		if (symbol->object != facts_object_of(facts, (uint32_t)f))
			return bad("symbol", function->first_symbol + i, "it is in another object than its function");
	}
	return NULL;
}

static struct error *check_functions(const struct facts *facts)
{
	uint64_t instances = 0, symbols = 0;
	uint32_t object = 0;

	for (size_t i = 0; i < facts->functions.count; i++) {
		const struct fact_function *function = &facts->functions.items[i];

		if (!is_text(facts, function->name))
			return bad("function", i, "no name");
		if (!is_optional_text(facts, function->readable))
			return bad("function", i, "its readable name is no string");
		if (!is_optional(function->prototype, facts->prototypes.count))
			return bad("function", i, "its prototype is out of range");
		if (function->language > LANGUAGE_OTHER)
			return bad("function", i, "unknown language");
		TRY(check_instances_of(facts, i));
		TRY(check_symbols_of(facts, i));
		if (facts_object_of(facts, (uint32_t)i) < object)
			return bad("function", i, "it stands behind those of a later object");
		object = facts_object_of(facts, (uint32_t)i);
		instances += function->instances;
		symbols += function->symbols;
	}
	/* Runs do not overlap since each row names its one owner, so equal sums mean that they cover. */
	if (instances != facts->instances.count)
		return error_new(ERROR_INPUT, "facts: some instance stands in no function's run");
	if (symbols != facts->symbols.count)
		return error_new(ERROR_INPUT, "facts: some symbol stands in no function's run");
	return NULL;
}

static struct error *check_edge(const struct facts *facts, uint32_t e, size_t callee, bool inlined)
{
	const struct fact_edge *edge = &facts->edges.items[e];

	if (edge->callee != callee)
		return bad("edge", e, "it stands among those of another instance");
	if (!is_index(edge->caller, facts->instances.count))
		return bad("edge", e, "its caller is out of range");
	if (!is_optional(edge->chain, facts->chains.count))
		return bad("edge", e, "its chain is out of range");
	if (edge->kind > EDGE_CODE || (edge->kind == EDGE_INLINED) != inlined)
		return bad("edge", e, "its kind does not fit its place");
	return NULL;
}

static struct error *check_edges_of(const struct facts *facts, size_t i)
{
	const struct fact_instance *instance = &facts->instances.items[i];
	uint64_t count = (uint64_t)instance->inlined_edges + instance->call_edges;

	if (!is_run(instance->first_edge, count, facts->edges.count))
		return bad("instance", i, "its edges are out of range");
	if (count && instance->flags & INSTANCE_MENTIONED)
		return bad("instance", i, "it is only mentioned but has callers");
	for (uint32_t e = 0; e < count; e++)
		TRY(check_edge(facts, instance->first_edge + e, i, e < instance->inlined_edges));
	return NULL;
}

static struct error *check_instance(const struct facts *facts, size_t i)
{
	const struct fact_instance *instance = &facts->instances.items[i];

	if (!is_index(instance->function, facts->functions.count))
		return bad("instance", i, "its function is out of range");
	if (!is_optional_text(facts, instance->file) || !is_optional_text(facts, instance->decl_file) ||
	    !is_optional_text(facts, instance->copy_of) || !is_optional_text(facts, instance->linkage))
		return bad("instance", i, "a path or a name is no string");
	if (!is_optional(instance->prototype, facts->prototypes.count))
		return bad("instance", i, "its prototype is out of range");
	if (!is_index(instance->object, facts->objects.count))
		return bad("instance", i, "its object is out of range");
	if (!is_optional(instance->symbol, facts->symbols.count))
		return bad("instance", i, "its symbol is out of range");
	if (instance->dw_inline > 3)
		return bad("instance", i, "DW_AT_inline is above 3");
	return NULL;
}

static struct error *check_instances(const struct facts *facts)
{
	uint64_t edges = 0;

	for (size_t i = 0; i < facts->instances.count; i++) {
		TRY(check_instance(facts, i));
		TRY(check_edges_of(facts, i));
		edges += (uint64_t)facts->instances.items[i].inlined_edges + facts->instances.items[i].call_edges;
	}
	if (edges != facts->edges.count)
		return error_new(ERROR_INPUT, "facts: some edge stands in no instance's run");
	return NULL;
}

static struct error *check_taken_target(const struct facts *facts, size_t i)
{
	const struct fact_taken *taken = &facts->taken.items[i];

	if (taken->import) {
		if (!is_text(facts, taken->import))
			return bad("place", i, "its import is no string");
		if (taken->function != NO_INDEX || taken->symbol != NO_INDEX)
			return bad("place", i, "an import has a function");
		return NULL;
	}
	if (!is_index(taken->function, facts->functions.count))
		return bad("place", i, "it holds the address of no function");
	if (!is_optional(taken->symbol, facts->symbols.count))
		return bad("place", i, "its symbol is out of range");
	return NULL;
}

static struct error *check_taken(const struct facts *facts)
{
	for (size_t i = 0; i < facts->taken.count; i++) {
		const struct fact_taken *taken = &facts->taken.items[i];

		TRY(check_taken_target(facts, i));
		if (!is_optional(taken->holder, facts->functions.count))
			return bad("place", i, "its holder is out of range");
		if (!is_optional_text(facts, taken->data) || !is_optional_text(facts, taken->field) ||
		    !is_optional_text(facts, taken->file))
			return bad("place", i, "its data, field or file is no string");
		if (!is_index(taken->object, facts->objects.count))
			return bad("place", i, "its object is out of range");
		if (taken->kind > TAKEN_CODE)
			return bad("place", i, "unknown kind");
		if (taken->kind == TAKEN_DATA && (!taken->data || taken->holder != NO_INDEX))
			return bad("place", i, "data has a symbol and no holder");
		if (i && taken->function < taken[-1].function)
			return bad("place", i, "it stands behind those of a later function");
	}
	return NULL;
}

static struct error *check_types(const struct facts *facts)
{
	for (size_t i = 0; i < facts->types.count; i++) {
		const struct fact_type *type = &facts->types.items[i];

		if (!is_index(type->type, type_pool_count()))
			return bad("type", i, "it is no definition");
		if (!is_index(type->object, facts->objects.count))
			return bad("type", i, "its object is out of range");
		if (!is_optional_text(facts, type->decl_file))
			return bad("type", i, "its file is no string");
		if (type->first_unit > facts->type_units.count ||
		    type->units > facts->type_units.count - type->first_unit)
			return bad("type", i, "its units are out of range");
		for (uint32_t k = 0; k < type->units; k++)
			if (!is_text(facts, facts->type_units.items[type->first_unit + k]))
				return bad("type", i, "a unit is no string");
	}
	return NULL;
}

struct error *facts_check(const struct facts *facts)
{
	TRY(check_sizes(facts));
	TRY(check_image(facts));
	TRY(check_objects(facts));
	TRY(check_sections(facts));
	TRY(check_chains(facts));
	TRY(check_prototypes(facts));
	TRY(check_symbols(facts));
	TRY(check_exports(facts));
	TRY(check_units(facts));
	TRY(check_initcalls(facts));
	TRY(check_types(facts));
	TRY(check_instances(facts));
	TRY(check_functions(facts));
	return check_taken(facts);
}
