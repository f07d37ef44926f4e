// SPDX-License-Identifier: GPL-2.0-or-later
/* The class rules on facts made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "atlas/classify.h"
#include "atlas/facts.h"

/* One function, f, in vmlinux (object 0) and a module (object 1). */
struct world {
	struct facts facts;
};

static void start(struct world *world)
{
	struct facts *facts = &world->facts;

	facts_init(facts);
	*vec_push(&facts->objects) = (struct fact_object){.name = intern(&facts->strings, "vmlinux")};
	*vec_push(&facts->objects) = (struct fact_object){.name = intern(&facts->strings, "dm_mod")};
	*vec_push(&facts->functions) =
		(struct fact_function){.name = intern(&facts->strings, "f"), .prototype = NO_INDEX};
}

static void add_instance(struct world *world, const char *file, const char *decl_file, uint32_t line, uint8_t flags,
			 uint8_t dw_inline, uint32_t object)
{
	struct facts *facts = &world->facts;

	*vec_push(&facts->instances) = (struct fact_instance){
		.file = intern(&facts->strings, file),
		.decl_file = intern(&facts->strings, decl_file),
		.decl_line = line,
		.flags = (uint8_t)(flags | INSTANCE_DEFINED),
		.dw_inline = dw_inline,
		.object = object,
		.first_edge = (uint32_t)facts->edges.count,
		.prototype = NO_INDEX,
		.symbol = NO_INDEX,
	};
	facts->functions.items[0].instances++;
}

static void add_edge(struct world *world, enum edge_kind kind, uint8_t flags)
{
	struct facts *facts = &world->facts;
	struct fact_instance *last = &facts->instances.items[facts->instances.count - 1];

	*vec_push(&facts->edges) = (struct fact_edge){.kind = (uint8_t)kind, .flags = flags, .chain = NO_INDEX};
	if (kind == EDGE_INLINED)
		last->inlined_edges++;
	else
		last->call_edges++;
}

static void add_symbol(struct world *world, const char *name, uint32_t object)
{
	struct facts *facts = &world->facts;

	*vec_push(&facts->symbols) = (struct fact_symbol){.name = intern(&facts->strings, name), .object = object};
	facts->functions.items[0].symbols++;
}

static struct class finish(struct world *world)
{
	struct class class = classify(&world->facts, 0);

	facts_fini(&world->facts);
	return class;
}

static void unique(void **state)
{
	struct world world;

	(void)state;
	start(&world);
	add_instance(&world, "a.c", "a.c", 1, INSTANCE_EXTERNAL, 0, 0);
	add_symbol(&world, "f", 0);
	struct class class = finish(&world);

	assert_int_equal(class.collision, COLLISION_UNIQUE_GLOBAL);
	assert_int_equal(class.inlining, INLINE_NO);
	assert_false(class.transformed);
	start(&world);
	add_instance(&world, "a.c", "a.c", 1, 0, 0, 0);
	add_symbol(&world, "f", 0);
	assert_int_equal(finish(&world).collision, COLLISION_UNIQUE_STATIC);
}

static void definitions_of_an_external_name_are_one(void **state)
{
	struct world world;

	(void)state;
	start(&world);
	add_instance(&world, "a.c", "a.c", 1, INSTANCE_EXTERNAL, 0, 0);
	add_instance(&world, "b.c", "b.c", 2, INSTANCE_EXTERNAL, 0, 0);
	add_symbol(&world, "f", 0);
	assert_int_equal(finish(&world).collision, COLLISION_UNIQUE_GLOBAL);
}

static void modules_have_their_own_externals(void **state)
{
	struct world world;

	(void)state;
	start(&world);
	*vec_push(&world.facts.objects) = (struct fact_object){.name = intern(&world.facts.strings, "ext4")};
	add_instance(&world, "a.c", "a.c", 1, INSTANCE_EXTERNAL, 0, 1);
	add_instance(&world, "b.c", "b.c", 2, INSTANCE_EXTERNAL, 0, 2);
	assert_int_equal(finish(&world).collision, COLLISION_STATIC_GLOBAL);
}

static void collisions(void **state)
{
	struct world world;

	(void)state;
	start(&world);
	add_instance(&world, "a.c", "x.h", 7, 0, 0, 0);
	add_instance(&world, "b.c", "x.h", 7, 0, 0, 0);
	assert_int_equal(finish(&world).collision, COLLISION_STATIC_DUPLICATION);
	start(&world);
	add_instance(&world, "a.c", "x.h", 7, 0, 0, 0);
	add_instance(&world, "b.c", "x.h", 8, 0, 0, 0);
	assert_int_equal(finish(&world).collision, COLLISION_STATIC_STATIC);
	start(&world);
	add_instance(&world, "a.c", "a.c", 7, 0, 0, 0);
	add_instance(&world, "b.c", "b.c", 8, INSTANCE_EXTERNAL, 0, 0);
	assert_int_equal(finish(&world).collision, COLLISION_STATIC_GLOBAL);
	/* The same place is tested first: a header's function, external in one unit. */
	start(&world);
	add_instance(&world, "a.c", "x.h", 7, 0, 0, 0);
	add_instance(&world, "b.c", "x.h", 7, INSTANCE_EXTERNAL, 0, 0);
	assert_int_equal(finish(&world).collision, COLLISION_STATIC_DUPLICATION);
}

static void full_means_inlined(void **state)
{
	struct world world;

	(void)state;
	start(&world);
	add_instance(&world, "a.c", "a.c", 1, 0, 1, 0);
	add_edge(&world, EDGE_INLINED, 0);
	struct class class = finish(&world);

	assert_int_equal(class.inlining, INLINE_FULL);
	assert_int_equal(class.inlined_sites, 1);
	start(&world);
	add_instance(&world, "a.c", "a.c", 1, 0, 1, 0);
	assert_int_equal(finish(&world).inlining, INLINE_NO_SYMBOL);
	/* Imported facts may leave the copies out, so there the flag is enough. */
	start(&world);
	world.facts.image.evidence = EVIDENCE_IMPORTED;
	add_instance(&world, "a.c", "a.c", 1, 0, 1, 0);
	assert_int_equal(finish(&world).inlining, INLINE_FULL);
}

static void selective_and_what_is_counted(void **state)
{
	struct world world;

	(void)state;
	start(&world);
	add_instance(&world, "a.c", "a.c", 1, INSTANCE_EXTERNAL, 1, 0);
	add_symbol(&world, "f", 0);
	add_edge(&world, EDGE_INLINED, 0);
	add_edge(&world, EDGE_INLINED, EDGE_SELF);
	add_edge(&world, EDGE_DIRECT, 0);
	add_edge(&world, EDGE_TAIL, EDGE_COPY);
	add_edge(&world, EDGE_DIRECT, EDGE_SELF);
	struct class class = finish(&world);

	assert_int_equal(class.inlining, INLINE_SELECTIVE);
	assert_int_equal(class.inlined_sites, 1);
	assert_int_equal(class.call_sites, 2);
	/* Declared inline, not inlined. */
	start(&world);
	add_instance(&world, "a.c", "a.c", 1, INSTANCE_EXTERNAL, 2, 0);
	add_symbol(&world, "f", 0);
	assert_int_equal(finish(&world).inlining, INLINE_NO);
}

static void only_a_symbol_is_unknown(void **state)
{
	struct world world;

	(void)state;
	start(&world);
	add_symbol(&world, "f", 0);
	struct class class = finish(&world);

	assert_int_equal(class.collision, COLLISION_UNKNOWN);
	assert_int_equal(class.inlining, INLINE_UNKNOWN);
	/* What only a caller's words know of is no instance. */
	start(&world);
	add_instance(&world, "a.c", "a.c", 1, INSTANCE_MENTIONED, 0, 0);
	add_symbol(&world, "f", 0);
	assert_int_equal(finish(&world).collision, COLLISION_UNKNOWN);
}

static void transformation(void **state)
{
	static const struct {
		const char *first, *second;
		bool transformed, only_split;
	} cases[] = {
		{"f", NULL, false, false},	 {"f", "f.cold", true, true},	{"f", "f.cold.12", true, true},
		{"f", "f.isra.0", true, false},	 {"f.cold", NULL, true, false}, {"f", "f.isra.0.cold", true, false},
		{"f", "f.coldish", true, false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct world world;

		start(&world);
		add_instance(&world, "a.c", "a.c", 1, 0, 0, 0);
		add_symbol(&world, cases[i].first, 0);
		if (cases[i].second)
			add_symbol(&world, cases[i].second, 0);
		struct class class = finish(&world);

		assert_int_equal(class.transformed, cases[i].transformed);
		assert_int_equal(class.only_split, cases[i].only_split);
	}
}

static void vmlinux_decides_where_it_knows(void **state)
{
	struct world world;

	(void)state;
	start(&world);
	add_instance(&world, "a.c", "a.c", 1, 0, 0, 0);
	add_instance(&world, "b.c", "b.c", 2, 0, 0, 1);
	add_symbol(&world, "f", 0);
	add_symbol(&world, "f.isra.0", 1);
	struct class class = finish(&world);

	assert_int_equal(class.collision, COLLISION_UNIQUE_STATIC);
	assert_false(class.transformed);
	start(&world);
	add_instance(&world, "b.c", "b.c", 2, 0, 0, 1);
	add_symbol(&world, "f.isra.0", 1);
	assert_true(finish(&world).transformed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unique),
		cmocka_unit_test(definitions_of_an_external_name_are_one),
		cmocka_unit_test(modules_have_their_own_externals),
		cmocka_unit_test(collisions),
		cmocka_unit_test(full_means_inlined),
		cmocka_unit_test(selective_and_what_is_counted),
		cmocka_unit_test(only_a_symbol_is_unknown),
		cmocka_unit_test(transformation),
		cmocka_unit_test(vmlinux_decides_where_it_knows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
