// SPDX-License-Identifier: GPL-2.0-or-later
/* Which functions are taken for renamed ones, and above all which are not. */
#include "store_bench.h"

#include "diff/internal.h"

#define FUNCTIONS_MAX 8

/* A file's functions in order: name, line, and the type of the only parameter. */
struct line {
	const char *name;
	uint32_t line;
	const char *param;
	const char *file; /* NULL: "mm/pool.c" */
};

struct made {
	struct function functions[FUNCTIONS_MAX];
	struct instance instances[FUNCTIONS_MAX];
	struct prototype prototypes[FUNCTIONS_MAX];
	struct param params[FUNCTIONS_MAX];
};

static const struct image image = {.name = "image"};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct function *)a)->name, ((const struct function *)b)->name);
}

static void make_side(struct made *made, const struct line *lines, struct diff_side *side)
{
	size_t count = 0;

	for (; lines[count].name; count++) {
		made->params[count] = (struct param){"p", lines[count].param};
		made->prototypes[count] = (struct prototype){"int", &made->params[count], 1};
		made->instances[count] = (struct instance){
			.id = 1000 + (int64_t)count, /* the store has none: no callees are known */
			.decl_file = lines[count].file ? lines[count].file : "mm/pool.c",
			.decl_line = lines[count].line,
		};
		made->functions[count] = (struct function){
			.object = "vmlinux",
			.name = lines[count].name,
			.prototype = &made->prototypes[count],
			.instances = &made->instances[count],
			.instance_count = 1,
		};
	}
	qsort(made->functions, count, sizeof(*made->functions), by_name);
	side->image = &image;
	side->functions = made->functions;
	side->function_count = count;
}

/* What `name` is found to be called now; NULL: nothing else. */
static const char *renamed(struct bench *b, const struct line *old, const struct line *new, const char *name)
{
	struct diff diff = {.arena = &b->arena, .old.store = b->store, .new.store = b->store};
	struct made old_made, new_made;
	const char *found = NULL;

	make_side(&old_made, old, &diff.old);
	make_side(&new_made, new, &diff.new);
	pair_functions(&diff);
	ok(find_moves(&diff));
	for (size_t i = 0; i < diff.functions.items.count; i++) {
		const struct function_pair *pair = &diff.functions.items.items[i];

		if (pair->old && pair->renamed && strcmp(pair->old->name, name) == 0)
			found = pair->new->name;
	}
	vec_free(&diff.functions.items);
	vec_free(&diff.renames);
	return found;
}

#define LINE(name, line, param)         \
	{                               \
		name, line, param, NULL \
	}
#define LINES(...) ((const struct line[]){__VA_ARGS__, LINE(NULL, 0, NULL)})

static void between_the_same_neighbours(void **state)
{
	const struct line *old = LINES(LINE("a", 10, "int p"), LINE("f", 20, "struct pool *p"), LINE("b", 40, "int p"));
	const struct line *new = LINES(LINE("a", 15, "int p"), LINE("g", 25, "struct pool *p"), LINE("b", 45, "int p"));

	assert_string_equal(renamed(*state, old, new, "f"), "g");
}

static void other_lines_or_prototype(void **state)
{
	const struct line *old = LINES(LINE("a", 10, "int p"), LINE("f", 20, "struct pool *p"), LINE("b", 40, "int p"));

	assert_null(renamed(*state, old,
			    LINES(LINE("a", 10, "int p"), LINE("g", 20, "struct pool *p"), LINE("b", 41, "int p")),
			    "f"));
	assert_null(renamed(*state, old,
			    LINES(LINE("a", 10, "int p"), LINE("g", 20, "struct poll *p"), LINE("b", 40, "int p")),
			    "f"));
}

static void short_functions_are_too_alike(void **state)
{
	const struct line *old = LINES(LINE("a", 10, "int p"), LINE("f", 20, "struct pool *p"), LINE("b", 26, "int p"));
	const struct line *new = LINES(LINE("a", 10, "int p"), LINE("g", 20, "struct pool *p"), LINE("b", 26, "int p"));

	assert_null(renamed(*state, old, new, "f"));
}

static void two_candidates_are_none(void **state)
{
	const struct line *old = LINES(LINE("a", 10, "int p"), LINE("f", 20, "long p"), LINE("b", 40, "int p"));
	const struct line *new =
		LINES(LINE("a", 10, "int p"), LINE("g", 20, "long p"), LINE("h", 40, "long p"), LINE("b", 60, "int p"));
	const struct line *others =
		LINES(LINE("a", 10, "int p"), LINE("g", 20, "long p"), LINE("h", 40, "char p"), LINE("b", 60, "int p"));

	assert_null(renamed(*state, old, new, "f"));
	assert_null(renamed(*state, new, old, "g"));
	assert_string_equal(renamed(*state, old, others, "f"), "g");
}

static void neighbours_must_be_the_same(void **state)
{
	const struct line *old =
		LINES(LINE("a", 10, "int p"), LINE("f", 20, "long p"), LINE("b", 40, "int p"), LINE("c", 60, "int p"));

	/* Another function of both images stands between, the neighbours changed places, or there is only one. */
	assert_null(renamed(
		*state, old,
		LINES(LINE("a", 10, "int p"), LINE("g", 20, "long p"), LINE("c", 40, "int p"), LINE("b", 60, "int p")),
		"f"));
	assert_null(renamed(
		*state, old,
		LINES(LINE("b", 10, "int p"), LINE("g", 20, "long p"), LINE("a", 40, "int p"), LINE("c", 60, "int p")),
		"f"));
	assert_null(renamed(*state, LINES(LINE("a", 10, "int p"), LINE("f", 20, "long p")),
			    LINES(LINE("a", 10, "int p"), LINE("g", 20, "long p")), "f"));
}

static void a_whole_file_may_have_moved(void **state)
{
	const struct line *old = LINES(LINE("a", 10, "int p"), LINE("f", 20, "long p"), LINE("b", 40, "int p"));
	const struct line *new =
		LINES({"a", 10, "int p", "mm/new.c"}, {"g", 20, "long p", "mm/new.c"}, {"b", 40, "int p", "mm/new.c"});
	const struct line *split =
		LINES({"a", 10, "int p", "mm/new.c"}, {"g", 20, "long p", "mm/new.c"}, LINE("b", 40, "int p"));

	assert_string_equal(renamed(*state, old, new, "f"), "g");
	assert_null(renamed(*state, old, split, "f"));
}

static void generated_functions_are_left(void **state)
{
	const char *header = "include/trace/events/pool.h";
	const struct line *old =
		LINES({"a", 10, "int p", header}, {"f", 20, "long p", header}, {"b", 40, "int p", header});
	const struct line *new =
		LINES({"a", 10, "int p", header}, {"g", 20, "long p", header}, {"b", 40, "int p", header});

	assert_null(renamed(*state, old, new, "f"));
}

static void macros_by_table_and_by_ending(void **state)
{
	const struct line *old = LINES(LINE("mempool_alloc", 10, "int p"), LINE("own_alloc", 12, "int p"),
				       LINE("other_alloc", 14, "int p"));
	const struct line *new = LINES(LINE("mempool_alloc_noprof", 90, "int p"), LINE("own_alloc_noprof", 12, "int p"),
				       LINE("other_alloc_noprof", 14, "long p"));

	assert_string_equal(renamed(*state, old, new, "mempool_alloc"), "mempool_alloc_noprof");
	assert_string_equal(renamed(*state, old, new, "own_alloc"), "own_alloc_noprof");
	assert_null(renamed(*state, old, new, "other_alloc"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(between_the_same_neighbours, setup, teardown),
		cmocka_unit_test_setup_teardown(other_lines_or_prototype, setup, teardown),
		cmocka_unit_test_setup_teardown(short_functions_are_too_alike, setup, teardown),
		cmocka_unit_test_setup_teardown(two_candidates_are_none, setup, teardown),
		cmocka_unit_test_setup_teardown(neighbours_must_be_the_same, setup, teardown),
		cmocka_unit_test_setup_teardown(a_whole_file_may_have_moved, setup, teardown),
		cmocka_unit_test_setup_teardown(generated_functions_are_left, setup, teardown),
		cmocka_unit_test_setup_teardown(macros_by_table_and_by_ending, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
