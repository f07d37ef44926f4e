// SPDX-License-Identifier: GPL-2.0-or-later
/* The invariants of struct facts: one good table, and every way to break it that facts_check() must see. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "atlas/facts.h"
#include "atlas/str.h"

/*
 * Two functions: `f` with two instances, the second of which calls the first
 * (through `between`) and is inlined into it; `g` is only mentioned and calls f.
 */
static void add_instances(struct facts *facts)
{
	struct fact_instance none = {.prototype = NO_INDEX, .symbol = NO_INDEX, .flags = INSTANCE_DEFINED};
	struct fact_instance first = none, second = none, mentioned = none;

	first.file = first.decl_file = intern(&facts->strings, "mm/f.c");
	first.symbol = 0;
	first.prototype = 0;
	first.inlined_edges = 1;
	first.call_edges = 2;
	second.file = intern(&facts->strings, "mm/g.c");
	second.first_edge = 3;
	mentioned.file = second.file;
	mentioned.function = 1;
	mentioned.first_edge = 3;
	mentioned.flags = INSTANCE_MENTIONED;
	vec_add(&facts->instances, first);
	vec_add(&facts->instances, second);
	vec_add(&facts->instances, mentioned);
}

static void add_edges(struct facts *facts)
{
	struct fact_edge edge = {.caller = 1, .chain = NO_INDEX, .kind = EDGE_INLINED};

	vec_add(&facts->edges, edge);
	edge.kind = EDGE_DIRECT;
	edge.chain = 1;
	vec_add(&facts->edges, edge);
	edge.kind = EDGE_TAIL;
	edge.caller = 2;
	vec_add(&facts->edges, edge);
}

/* A pointer to f in data, instructions of g that make its address, and an import in data. */
static void add_taken(struct facts *facts)
{
	str_id table = intern(&facts->strings, "table");

	vec_add(&facts->taken, ((struct fact_taken){.data = table, .holder = NO_INDEX, .kind = TAKEN_DATA}));
	vec_add(&facts->taken, ((struct fact_taken){.symbol = NO_INDEX, .holder = 1, .kind = TAKEN_CODE}));
	vec_add(&facts->taken, ((struct fact_taken){
				       .function = NO_INDEX,
				       .symbol = NO_INDEX,
				       .import = table,
				       .data = table,
				       .holder = NO_INDEX,
				       .kind = TAKEN_DATA,
			       }));
}

static void fill(struct facts *facts)
{
	struct intern *strings = &facts->strings;
	str_id f = intern(strings, "f"), between = intern(strings, "between");

	facts->image.version = xstrdup("6.1.0");
	facts->image.flavor = xstrdup("generic");
	facts->image.arch = xstrdup("amd64");
	vec_add(&facts->objects, ((struct fact_object){.name = intern(strings, "vmlinux")}));
	vec_add(&facts->params, ((struct fact_param){f, f}));
	vec_add(&facts->prototypes, ((struct fact_prototype){.returns = f, .params = 1}));
	vec_add(&facts->chains, ((struct fact_chain){NO_INDEX, between}));
	vec_add(&facts->chains, ((struct fact_chain){0, between}));
	vec_add(&facts->functions, ((struct fact_function){.name = f, .instances = 2, .symbols = 1, .prototype = 0}));
	vec_add(&facts->functions, ((struct fact_function){.name = intern(strings, "g"),
							   .first_instance = 2,
							   .instances = 1,
							   .prototype = NO_INDEX,
							   .flags = FUNCTION_MENTIONED}));
	vec_add(&facts->symbols, ((struct fact_symbol){.name = f}));
	add_instances(facts);
	add_edges(facts);
	add_taken(facts);
}

static int setup(void **state)
{
	struct facts *facts = xmalloc(sizeof(*facts));

	facts_init(facts);
	fill(facts);
	*state = facts;
	return 0;
}

static int teardown(void **state)
{
	facts_fini(*state);
	free(*state);
	return 0;
}

static void assert_bad(const struct facts *facts, const char *part)
{
	struct error *err = facts_check(facts);

	assert_non_null(err);
	if (!strstr(err->text, part))
		fail_msg("'%s' does not say '%s'", err->text, part);
	assert_int_equal(err->kind, ERROR_INPUT);
	error_free(err);
}

static void test_good(void **state)
{
	assert_null(facts_check(*state));
}

static void test_empty_needs_a_name(void **state)
{
	struct facts facts;

	(void)state;
	facts_init(&facts);
	assert_bad(&facts, "version");
	facts_fini(&facts);
}

/* One wrong value at a time, each put right again: no case hides behind another. */
#define BREAK(place, value, part)                     \
	do {                                          \
		__typeof__(place) old_ = (place);     \
		(place) = (__typeof__(place))(value); \
		assert_bad(facts, part);              \
		(place) = old_;                       \
		assert_null(facts_check(facts));      \
	} while (0)

static void test_texts(void **state)
{
	struct facts *facts = *state;

	BREAK(facts->objects.items[0].name, 0, "object 0: no name");
	BREAK(facts->objects.items[0].path, 999, "object 0: path");
	BREAK(facts->params.items[0].decl, 0, "parameter 0");
	BREAK(facts->params.items[0].name, 999, "parameter 0");
	BREAK(facts->prototypes.items[0].returns, 0, "prototype 0: no return type");
	BREAK(facts->chains.items[0].name, 0, "chain 0: no name");
	BREAK(facts->functions.items[1].name, 0, "function 1: no name");
	BREAK(facts->functions.items[0].readable, 999, "function 0: its readable name");
	BREAK(facts->symbols.items[0].name, 999, "symbol 0: no name");
	BREAK(facts->instances.items[1].file, 999, "instance 1: a path or a name");
	BREAK(facts->instances.items[1].linkage, 999, "instance 1: a path or a name");
	BREAK(facts->instances.items[1].copy_of, NO_INDEX, "instance 1: a path or a name");
}

static void test_indexes(void **state)
{
	struct facts *facts = *state;

	BREAK(facts->prototypes.items[0].params, 2, "prototype 0: its parameters");
	BREAK(facts->prototypes.items[0].first_param, UINT32_MAX, "prototype 0: its parameters");
	BREAK(facts->chains.items[1].parent, 1, "chain 1: its parent");
	BREAK(facts->chains.items[0].parent, 1, "chain 0: its parent");
	BREAK(facts->symbols.items[0].function, 2, "symbol 0: no function");
	BREAK(facts->symbols.items[0].object, 1, "symbol 0: its object");
	BREAK(facts->functions.items[0].prototype, 1, "function 0: its prototype");
	BREAK(facts->functions.items[0].language, 9, "function 0: unknown language");
	BREAK(facts->instances.items[0].prototype, 1, "instance 0: its prototype");
	BREAK(facts->instances.items[0].symbol, 1, "instance 0: its symbol");
	BREAK(facts->instances.items[0].object, 1, "instance 0: its object");
	BREAK(facts->instances.items[0].function, 7, "instance 0: its function");
	BREAK(facts->instances.items[0].dw_inline, 4, "instance 0: DW_AT_inline");
	BREAK(facts->edges.items[0].caller, 3, "edge 0: its caller");
	BREAK(facts->edges.items[1].chain, 2, "edge 1: its chain");
}

static void test_runs(void **state)
{
	struct facts *facts = *state;

	BREAK(facts->functions.items[0].instances, 3, "instance 2: it stands among those of another function");
	BREAK(facts->functions.items[0].instances, 4, "function 0: its instances");
	BREAK(facts->functions.items[0].instances, 1, "some instance stands in no function's run");
	BREAK(facts->functions.items[0].symbols, 2, "function 0: its symbols");
	BREAK(facts->functions.items[0].symbols, 0, "some symbol stands in no function's run");
	BREAK(facts->functions.items[1].symbols, 1, "symbol 0: it stands among those of another function");
	BREAK(facts->instances.items[0].call_edges, 3, "instance 0: its edges");
	BREAK(facts->instances.items[0].call_edges, UINT32_MAX, "instance 0: its edges");
	BREAK(facts->instances.items[0].call_edges, 1, "some edge stands in no instance's run");
	BREAK(facts->edges.items[0].callee, 1, "edge 0: it stands among those of another instance");
}

static void test_kinds(void **state)
{
	struct facts *facts = *state;

	BREAK(facts->edges.items[0].kind, EDGE_DIRECT, "edge 0: its kind");
	BREAK(facts->edges.items[2].kind, EDGE_INLINED, "edge 2: its kind");
	BREAK(facts->edges.items[2].kind, 17, "edge 2: its kind");
	BREAK(facts->instances.items[0].flags, INSTANCE_MENTIONED, "instance 0: it is only mentioned");
}

static void test_read_after_mentioned(void **state)
{
	struct facts *facts = *state;

	facts->instances.items[0].inlined_edges = facts->instances.items[0].call_edges = 0;
	facts->edges.count = 0;
	BREAK(facts->instances.items[0].flags, INSTANCE_MENTIONED, "instance 1: a read instance");
}

static void test_taken(void **state)
{
	struct facts *facts = *state;
	struct fact_taken *taken = facts->taken.items;

	BREAK(taken[0].function, 2, "place 0: it holds the address of no function");
	BREAK(taken[0].symbol, 1, "place 0: its symbol");
	BREAK(taken[0].object, 1, "place 0: its object");
	BREAK(taken[0].data, 0, "place 0: data has a symbol");
	BREAK(taken[0].data, 9999, "place 0: its data");
	BREAK(taken[0].field, 9999, "place 0: its data, field");
	BREAK(taken[0].file, 9999, "place 0: its data, field");
	BREAK(taken[0].holder, 1, "place 0: data has a symbol and no holder");
	BREAK(taken[0].kind, 2, "place 0: unknown kind");
	BREAK(taken[0].function, 1, "place 1: it stands behind");
	BREAK(taken[1].holder, 2, "place 1: its holder");
	BREAK(taken[2].import, 9999, "place 2: its import");
	BREAK(taken[2].symbol, 0, "place 2: an import has a function");
	BREAK(taken[2].function, 1, "place 2: an import has a function");
}

/* Code without a DIE may be called, and is no instance to the classes. */
static void test_no_die(void **state)
{
	struct facts *facts = *state;

	facts->instances.items[0].flags = INSTANCE_NO_DIE | INSTANCE_HAS_ADDRESS;
	assert_null(facts_check(facts));
}

static void test_image_names(void **state)
{
	struct facts *facts = *state;
	char *plain = image_name_text(&facts->image);

	facts->image.revision = xstrdup("7");
	facts->image.label = xstrdup("mine");
	char *full = image_name_text(&facts->image);

	assert_string_equal(plain, "6.1.0-generic-amd64");
	assert_string_equal(full, "6.1.0-7-generic-amd64+mine");
	free(plain);
	free(full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_good, setup, teardown),
		cmocka_unit_test(test_empty_needs_a_name),
		cmocka_unit_test_setup_teardown(test_texts, setup, teardown),
		cmocka_unit_test_setup_teardown(test_indexes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_runs, setup, teardown),
		cmocka_unit_test_setup_teardown(test_kinds, setup, teardown),
		cmocka_unit_test_setup_teardown(test_read_after_mentioned, setup, teardown),
		cmocka_unit_test_setup_teardown(test_taken, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_die, setup, teardown),
		cmocka_unit_test_setup_teardown(test_image_names, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
