// SPDX-License-Identifier: GPL-2.0-or-later
/* Types: what C text names, packed bodies, what names mean, fingerprints, differences by path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "atlas/str.h"
#include "atlas/type_pool.h"
#include "model/type_graph.h"
#include "store/type_body.h"

/* A small graph: pool_t is a typedef of struct pool, which points at struct lock and holds struct list by value. */
struct world {
	struct type_graph *graph;
	struct arena arena;
};

static const struct type *add_in(struct world *world, const char *object, const char *file, const struct type *draft)
{
	const struct type *type = type_pool_get(type_pool_add(draft));

	*vec_push(&world->graph->places) =
		(struct type_place){.type = type, .object = object, .decl_file = file, .decl_line = 1};
	return type;
}

static const struct type *add(struct world *world, const struct type *draft)
{
	return add_in(world, "vmlinux", "include/x.h", draft);
}

#define MEMBER(n, t, bytes, wide)                                                                            \
	{                                                                                                    \
		.name = (n), .type = (t), .offset_bits = (bytes)*8, .size_bytes = (wide), .parent = NO_INDEX \
	}

static void make(struct world *world, unsigned lock_offset, const char *deep_member)
{
	const struct type_member pool[] = {MEMBER("min_nr", "int", 0, 4),
					   MEMBER("lock", "struct lock *", lock_offset, 8),
					   MEMBER("list", "struct list", lock_offset + 8, 16)};
	const struct type_member list[] = {MEMBER("next", "struct list *", 0, 8), MEMBER("pool", "pool_t *", 8, 8)};
	const struct type_member lock[] = {MEMBER(deep_member, "int", 0, 4), MEMBER("owner", "struct opaque *", 8, 8)};

	arena_init(&world->arena);
	world->graph = type_graph_new();
	vec_add(&world->graph->objects, "vmlinux");
	add(world, &(struct type){.kind = TYPE_TYPEDEF, .name = "pool_t", .text = "struct pool", .size_bytes = 40});
	add(world, &(struct type){.kind = TYPE_STRUCT,
				  .name = "pool",
				  .size_bytes = lock_offset + 24,
				  .members = pool,
				  .member_count = 3});
	add(world,
	    &(struct type){.kind = TYPE_STRUCT, .name = "list", .size_bytes = 16, .members = list, .member_count = 2});
	add(world,
	    &(struct type){.kind = TYPE_STRUCT, .name = "lock", .size_bytes = 16, .members = lock, .member_count = 2});
	add(world, &(struct type){.kind = TYPE_STRUCT, .name = "opaque", .declared = true});
	type_graph_finish(world->graph);
}

static void end(struct world *world)
{
	type_graph_free(world->graph);
	arena_fini(&world->arena);
}

static const struct param params[] = {{"pool", "pool_t *pool"}, {"n", "int n"}};
static const struct prototype takes_pool = {"void", params, 2};
static const struct type_scope anywhere;

static void note_name(void *context, const struct type_name *name)
{
	str_addf(context, "%s%s:%.*s", ((struct str *)context)->length ? " " : "", type_kind_text(name->kind),
		 (int)name->length, name->text);
}

static void test_names_in_text(void **state)
{
	AUTO_STR struct str seen = {0};

	(void)state;
	type_names_in("struct list_head *", note_name, &seen);
	type_names_in("int (*)(const struct file *, loff_t, enum mode)", note_name, &seen);
	type_names_in("union (anon)[16]", note_name, &seen);
	assert_string_equal(seen.data,
			    "struct:list_head typedef:int typedef:const struct:file typedef:loff_t enum:mode");
	assert_true(type_is_pointer("struct a *"));
	assert_true(type_is_pointer("int(void)"));
	assert_false(type_is_pointer("struct (anon)[4]"));
	assert_false(type_is_pointer("struct a"));
}

static void test_param_types(void **state)
{
	static const struct param cases[] = {
		{"f", "struct f *f"},
		{"done", "void (*done)(int done)"},
		{"a", "char a[4]"},
		{"(anon)", "int (anon)"},
	};
	static const char *const types[] = {"struct f *", "void (*)(int done)", "char [4]", "int (anon)"};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(type_of_param(&arena, &cases[i]), types[i]);
	arena_fini(&arena);
}

struct words {
	const char *texts[64];
	uint32_t count;
};

static uint32_t word(void *context, const char *text)
{
	struct words *words = context;

	for (uint32_t i = 0; i < words->count; i++)
		if (strcmp(words->texts[i], text) == 0)
			return i + 1;
	words->texts[words->count] = text;
	return ++words->count;
}

static const char *word_text(void *context, uint64_t number)
{
	const struct words *words = context;

	return number <= words->count ? words->texts[number - 1] : NULL;
}

/* Everything a body can say: nesting, bit-fields, what stands behind a pointer, enumerators of two owners. */
static const struct type_member full_members[] = {
	{.type = "union (anon)", .offset_bits = 64, .size_bytes = 16, .parent = NO_INDEX, .nested = 2},
	{.name = "x", .type = "int", .offset_bits = 64, .size_bytes = 4, .parent = 0},
	{.name = "y", .type = "long", .offset_bits = 128, .size_bytes = 8, .parent = 0},
	{.name = "bit", .type = "unsigned int", .offset_bits = 195, .size_bytes = 4, .bit_size = 5, .parent = NO_INDEX},
	{.name = "p", .type = "struct (anon) *", .offset_bits = 256, .size_bytes = 8, .parent = NO_INDEX, .nested = 1},
	{.name = "in", .type = "char", .offset_bits = 8, .size_bytes = 1, .parent = 4, .behind = true},
	{.name = "own", .type = "enum (anon)", .offset_bits = 0, .size_bytes = 4, .parent = NO_INDEX},
};
static const struct type_enumerator full_enumerators[] = {
	{"STATE_A", -3, 6},
	{"STATE_B", INT64_MAX, 6},
	{"STATE_BC", INT64_MIN, NO_INDEX},
	{"", 0, NO_INDEX},
};
static const struct type full = {
	.kind = TYPE_STRUCT,
	.name = "full",
	.text = "what",
	.align_bytes = 64,
	.members = full_members,
	.member_count = ARRAY_LEN(full_members),
	.enumerators = full_enumerators,
	.enumerator_count = ARRAY_LEN(full_enumerators),
};

static void test_body(void **state)
{
	AUTO_STR struct str body = {0};
	struct words words = {.count = 0};
	struct type read = {.kind = TYPE_STRUCT, .name = "full"};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	type_body_write(&full, word, &words, &body);
	assert_true(type_body_read(body.data, body.length, &arena, word_text, &words, &read));
	assert_true(type_equal(&full, &read));
	assert_int_equal(type_hash(&full), type_hash(&read));
	/* Cut anywhere it is damaged; with any byte changed it is read or refused, never more. */
	for (size_t length = 0; length < body.length; length++)
		assert_false(type_body_read(body.data, length, &arena, word_text, &words, &read));
	for (size_t i = 0; i < body.length; i++) {
		for (int flip = 1; flip < 256; flip++) {
			body.data[i] = (char)(body.data[i] ^ flip);
			(void)!type_body_read(body.data, body.length, &arena, word_text, &words, &read);
			body.data[i] = (char)(body.data[i] ^ flip);
		}
		arena_reset(&arena);
	}
	arena_fini(&arena);
}

static void test_pool(void **state)
{
	struct type other = full;

	(void)state;
	assert_int_equal(type_pool_add(&full), type_pool_add(&full));
	other.size_bytes = 1;
	assert_int_not_equal(type_pool_add(&full), type_pool_add(&other));
	assert_true(type_equal(type_pool_get(type_pool_add(&full)), &full));
}

static void test_several_definitions(void **state)
{
	static const char *const units[] = {"fs/compat.c"}, *const unclear[] = {"fs/only.c"};
	struct world world = {.graph = type_graph_new()};
	const struct type_place *place;

	(void)state;
	arena_init(&world.arena);
	add(&world, &(struct type){.kind = TYPE_STRUCT, .name = "note", .size_bytes = 8});
	add(&world, &(struct type){.kind = TYPE_STRUCT, .name = "note", .size_bytes = 4});
	world.graph->places.items[1].units = units;
	world.graph->places.items[1].unit_count = 1;
	add(&world, &(struct type){.kind = TYPE_STRUCT, .name = "note", .declared = true});
	world.graph->places.items[2].units = unclear;
	world.graph->places.items[2].unit_count = 1;
	add_in(&world, "dm_mod", "drivers/md/dm.c",
	       &(struct type){.kind = TYPE_STRUCT, .name = "note", .size_bytes = 2});
	type_graph_finish(world.graph);
	const struct type_scope compat = {"vmlinux", "fs/compat.c"}, other = {"vmlinux", "fs/other.c"},
				only = {NULL, "fs/only.c"};
	const struct type_scope module = {"dm_mod", "drivers/md/dm.c"}, elsewhere = {"xfs", "fs/xfs/x.c"};

	assert_int_equal(type_find(world.graph, TYPE_STRUCT, "note", &compat, &place), TYPE_FOUND);
	assert_int_equal(place->type->size_bytes, 4);
	assert_int_equal(place->same_name, 2);
	assert_int_equal(type_find(world.graph, TYPE_STRUCT, "note", &other, &place), TYPE_FOUND);
	assert_int_equal(place->type->size_bytes, 8);
	assert_int_equal(type_find(world.graph, TYPE_STRUCT, "note", &only, &place), TYPE_AMBIGUOUS);
	assert_int_equal(type_find(world.graph, TYPE_STRUCT, "note", &anywhere, &place), TYPE_AMBIGUOUS);
	assert_int_equal(type_find(world.graph, TYPE_STRUCT, "note", &module, &place), TYPE_FOUND);
	assert_int_equal(place->type->size_bytes, 2);
	assert_int_equal(type_find(world.graph, TYPE_STRUCT, "note", &elsewhere, &place), TYPE_FOUND);
	assert_int_equal(place->type->size_bytes, 8);
	assert_int_equal(type_find(world.graph, TYPE_UNION, "note", &other, &place), TYPE_ABSENT);
	end(&world);
}

static struct type_fingerprint print(const struct world *world)
{
	struct type_fingerprint result;

	type_fingerprint(world->graph, &takes_pool, &anywhere, &result);
	return result;
}

static void test_fingerprints(void **state)
{
	struct world base, same, moved, deep;

	(void)state;
	make(&base, 8, "count");
	make(&same, 8, "count");
	make(&moved, 16, "count");
	make(&deep, 8, "depth");
	assert_int_equal(print(&base).whole, print(&same).whole);
	assert_int_equal(print(&base).near, print(&same).near);
	assert_int_not_equal(print(&base).near, print(&moved).near);
	assert_int_not_equal(print(&base).whole, print(&moved).whole);
	/* Behind a second pointer: the layouts the prototype names are the same, what they lead to is not. */
	assert_int_equal(print(&base).near, print(&deep).near);
	assert_int_not_equal(print(&base).whole, print(&deep).whole);
	assert_true(print(&base).incomplete);
	base.graph->objects.count = 0;
	assert_int_equal(print(&base).whole, 0);
	end(&base);
	end(&same);
	end(&moved);
	end(&deep);
}

static char *changes_between(struct world *before, struct world *after, size_t limit)
{
	const struct type_side old = {before->graph, &takes_pool, {0}}, new = {after->graph, &takes_pool, {0}};
	struct type_changes changes = {0};
	struct str text = {0};

	str_add(&text, "");
	type_differences(&before->arena, &old, &new, limit, &changes);
	for (size_t i = 0; i < changes.changes.count; i++) {
		const struct type_change *change = &changes.changes.items[i];

		str_addf(&text, "%s %s [%s|%s] %u\n", change->path, type_change_text(change->kind),
			 change->before ? change->before : "", change->after ? change->after : "", change->steps);
	}
	if (changes.more)
		str_add(&text, "more\n");
	type_changes_fini(&changes);
	return str_take(&text);
}

static void test_differences(void **state)
{
	struct world base, same, moved, deep;

	(void)state;
	make(&base, 8, "count");
	make(&same, 8, "count");
	make(&moved, 16, "count");
	make(&deep, 8, "depth");
	AUTO_FREE char *none = changes_between(&base, &same, 0), *near = changes_between(&base, &moved, 0);
	AUTO_FREE char *far = changes_between(&base, &deep, 0), *cut = changes_between(&base, &moved, 2);

	assert_string_equal(none, "");
	assert_string_equal(near, "pool size changed [32 bytes|40 bytes] 0\n"
				  "pool->lock offset changed [8|16] 0\n"
				  "pool->list offset changed [16|24] 0\n");
	assert_string_equal(far, "pool->lock->count member renamed [count|depth] 1\n");
	assert_string_equal(cut, "pool size changed [32 bytes|40 bytes] 0\npool->lock offset changed [8|16] 0\nmore\n");
	end(&base);
	end(&same);
	end(&moved);
	end(&deep);
}

static void test_reach(void **state)
{
	const struct type_place *const *places;
	struct world world;
	size_t count;

	(void)state;
	make(&world, 8, "count");
	type_reach(world.graph, &takes_pool, &anywhere, 0, &world.arena, &places, &count);
	assert_int_equal(count, 5);
	assert_string_equal(places[0]->type->name, "pool_t");
	assert_string_equal(places[1]->type->name, "pool");
	type_reach(world.graph, &takes_pool, &anywhere, 1, &world.arena, &places, &count);
	assert_int_equal(count, 2);
	end(&world);
}

static void test_enumerators(void **state)
{
	static const struct type_enumerator one[] = {{"A", 0, NO_INDEX}, {"B", 1, NO_INDEX}};
	static const struct type_enumerator two[] = {{"A", 0, NO_INDEX}, {"C", 1, NO_INDEX}, {"B", -2, NO_INDEX}};
	struct type before = {.kind = TYPE_ENUM, .name = "e", .enumerators = one, .enumerator_count = 2};
	struct type after = {.kind = TYPE_ENUM, .name = "e", .enumerators = two, .enumerator_count = 3};
	struct type_changes changes = {0};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	type_compare(&arena, &before, &after, &changes);
	assert_int_equal(changes.changes.count, 2);
	assert_string_equal(changes.changes.items[0].path, "e.B");
	assert_string_equal(changes.changes.items[0].after, "-2");
	assert_int_equal(changes.changes.items[1].kind, TYPE_CHANGE_ENUMERATOR_ADDED);
	type_changes_fini(&changes);
	arena_fini(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_in_text),
		cmocka_unit_test(test_param_types),
		cmocka_unit_test(test_body),
		cmocka_unit_test(test_pool),
		cmocka_unit_test(test_several_definitions),
		cmocka_unit_test(test_fingerprints),
		cmocka_unit_test(test_differences),
		cmocka_unit_test(test_reach),
		cmocka_unit_test(test_enumerators),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
