// SPDX-License-Identifier: GPL-2.0-or-later
/* What is told of two accounts of one function. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "atlas/differences.h"
#include "atlas/presence.h"
#include "atlas/prototype_differences.h"
#include "atlas/str.h"

#define PARAMS_MAX 8

/* "int a; char *b" with the name last; "(anon)" for none. */
struct parsed {
	struct prototype prototype;
	struct param params[PARAMS_MAX];
};

static void parse(struct arena *arena, const char *returns, const char *list, struct parsed *parsed)
{
	uint32_t count = 0;

	while (*list) {
		size_t length = strcspn(list, ";");
		char *decl = arena_strndup(arena, list, length);
		char *name = decl + strlen(decl);

		while (name > decl && !strchr(" *", name[-1]))
			name--;
		parsed->params[count++] = (struct param){.name = arena_strdup(arena, name), .decl = decl};
		list += length + (list[length] == ';');
		list += strspn(list, " ");
	}
	parsed->prototype = (struct prototype){returns, parsed->params, count};
}

static void tell(const struct differences *differences, struct str *text)
{
	str_add(text, "");
	for (size_t i = 0; i < differences->changes.count; i++) {
		const struct change *change = &differences->changes.items[i];

		str_addf(text, "%s%s[%s|%s]", text->length ? " " : "", change_text(change->kind),
			 change->before ? change->before : "", change->after ? change->after : "");
	}
	for (size_t i = 0; i < differences->unknown.count; i++)
		str_addf(text, "%s?%s", text->length ? " " : "", differences->unknown.items[i]);
}

typedef void compare(struct arena *arena, const struct prototype *before, const struct prototype *after,
		     struct differences *differences);

static void atlas_way(struct arena *arena, const struct prototype *before, const struct prototype *after,
		      struct differences *differences)
{
	static const struct image image = {.evidence = EVIDENCE_DWARF};
	static const struct class class = {.collision = COLLISION_UNIQUE_GLOBAL, .inlining = INLINE_NO};
	struct function old = {.prototype = before, .class = class}, new = {.prototype = after, .class = class};
	struct compared a = {&image, &old, PRESENT, "A"}, b = {&image, &new, PRESENT, "B"};

	differences_atlas(arena, &a, &b, differences);
}

static void check(compare *way, const char *before, const char *after, const char *expected)
{
	struct arena arena;
	struct parsed old, new;
	struct differences differences = {0};
	AUTO_STR struct str text = {0};

	arena_init(&arena);
	parse(&arena, "int", before, &old);
	parse(&arena, "int", after, &new);
	way(&arena, &old.prototype, &new.prototype, &differences);
	tell(&differences, &text);
	assert_string_equal(text.data, expected);
	differences_fini(&differences);
	arena_fini(&arena);
}

static void published(void **state)
{
	(void)state;
	check(differences_published, "int a; int b", "int a; int b", "");
	check(differences_published, "int a", "int x; int a", "Param added[|int x] Param reordered[a|x, a]");
	check(differences_published, "int a; int b", "long b",
	      "Param removed[int a|] Param reordered[a, b|b] Param type changed[int b|long b]");
	check(differences_published, "int (anon); long (anon)", "int (anon); int (anon)",
	      "Param type changed[long (anon)|int (anon)]");
}

static void atlas_does_not_mislead(void **state)
{
	(void)state;
	check(atlas_way, "int a", "int a", "");
	check(atlas_way, "int a", "int x; int a", "Param added[|int x]");
	check(atlas_way, "int a; int b", "int b; int a", "Param reordered[a, b|b, a]");
	check(atlas_way, "int a; long b", "int a", "Param removed[long b|]");
	check(atlas_way, "int a", "long a", "Param type changed[int a|long a]");
	check(atlas_way, "unsigned int type", "unsigned int kind",
	      "Param renamed[unsigned int type|unsigned int kind]");
	check(atlas_way, "int (anon); long (anon)", "int (anon); int (anon)",
	      "Param type changed[long (anon)|int (anon)]");
	/* A name where there was none, and the other way round, is no change to anyone. */
	check(atlas_way, "struct page *(anon); int (anon)", "struct page *page; int n", "");
	check(atlas_way, "struct page *(anon)", "struct folio *folio",
	      "Param type changed[struct page *(anon)|struct folio *folio]");
	check(atlas_way, "int a; void (anon)", "int a; int b; void (anon)", "Param added[|int b]");
}

static void return_type(void **state)
{
	static const struct prototype old = {"struct page *", NULL, 0}, new = {"void", NULL, 0};
	struct arena arena;
	struct differences differences = {0};
	AUTO_STR struct str text = {0};

	(void)state;
	arena_init(&arena);
	atlas_way(&arena, &old, &new, &differences);
	tell(&differences, &text);
	assert_string_equal(text.data, "Return type changed[struct page *|void]");
	differences_fini(&differences);
	arena_fini(&arena);
}

struct account {
	struct image image;
	struct function function;
	struct instance instance;
	enum presence presence;
};

static const struct prototype no_parameters = {"void", NULL, 0};

static struct account account(const char *file, uint8_t flags, enum collision collision, enum inlining inlining)
{
	return (struct account){
		.function = {.name = "f",
			     .prototype = &no_parameters,
			     .instance_count = 1,
			     .class = {.collision = collision, .inlining = inlining}},
		.instance = {.file = file, .decl_file = file, .flags = (uint8_t)(flags | INSTANCE_DEFINED)},
		.presence = PRESENT,
	};
}

static void check_accounts(struct account *before, struct account *after, const char *expected)
{
	struct arena arena;
	struct differences differences = {0};
	AUTO_STR struct str text = {0};

	before->function.instances = &before->instance;
	after->function.instances = &after->instance;
	struct compared a = {&before->image, &before->function, before->presence, "A"};
	struct compared b = {&after->image, &after->function, after->presence, "B"};

	arena_init(&arena);
	differences_atlas(&arena, &a, &b, &differences);
	tell(&differences, &text);
	assert_string_equal(text.data, expected);
	differences_fini(&differences);
	arena_fini(&arena);
}

static void what_the_published_pages_do_not_tell(void **state)
{
	struct account global = account("a.c", INSTANCE_EXTERNAL, COLLISION_UNIQUE_GLOBAL, INLINE_NO);
	struct account moved = account("b.c", INSTANCE_EXTERNAL, COLLISION_UNIQUE_GLOBAL, INLINE_NO);
	struct account private = account("a.c", 0, COLLISION_UNIQUE_STATIC, INLINE_NO);
	struct account partly = account("a.c", INSTANCE_EXTERNAL, COLLISION_UNIQUE_GLOBAL, INLINE_SELECTIVE);
	struct account full = account("a.c", INSTANCE_EXTERNAL, COLLISION_UNIQUE_GLOBAL, INLINE_FULL);
	struct account clone = global, split = global;

	(void)state;
	partly.function.class.inlined_sites = 1;
	clone.function.class.transformed = true;
	split.function.class.transformed = split.function.class.only_split = true;
	check_accounts(&global, &global, "");
	check_accounts(&global, &moved, "Moved to another file[a.c|b.c]");
	check_accounts(&global, &private, "Became static[|]");
	check_accounts(&private, &global, "Became global[|]");
	check_accounts(&global, &partly, "Became partly inlined[|]");
	check_accounts(&partly, &global, "No longer partly inlined[|]");
	check_accounts(&global, &full, "Became inline everywhere[|]");
	/* Neither has code of its own: nothing to tell. */
	struct account none = account("a.c", INSTANCE_EXTERNAL, COLLISION_UNIQUE_GLOBAL, INLINE_NO_SYMBOL);

	check_accounts(&full, &none, "");
	check_accounts(&none, &full, "");
	check_accounts(&full, &partly, "No longer inline everywhere[|] Became partly inlined[|]");
	check_accounts(&global, &clone, "Became transformed[|]");
	check_accounts(&clone, &split, "No longer transformed[|]");
	check_accounts(&global, &split, "");
}

static void namesakes_are_compared_where_they_are(void **state)
{
	static const struct param param = {"n", "int n"};
	static const struct prototype longer = {"int", &param, 1};
	static const struct class collision = {.collision = COLLISION_STATIC_STATIC, .inlining = INLINE_NO};
	struct instance old[] = {{.decl_file = "a.c", .prototype = &no_parameters},
				 {.decl_file = "b.c", .prototype = &no_parameters}};
	struct instance new[] = {{.decl_file = "a.c", .prototype = &no_parameters},
				 {.decl_file = "b.c", .prototype = &longer}};
	struct function before = {.name = "f", .prototype = &no_parameters, .class = collision};
	struct function after = before;
	struct image image = {.evidence = EVIDENCE_DWARF};
	struct compared a = {&image, &before, PRESENT, "A"}, b = {&image, &after, PRESENT, "B"};
	struct differences differences = {0};
	AUTO_STR struct str text = {0};
	struct arena arena;

	(void)state;
	before.instances = old;
	after.instances = new;
	before.instance_count = after.instance_count = 2;
	arena_init(&arena);
	differences_atlas(&arena, &a, &b, &differences);
	tell(&differences, &text);
	assert_string_equal(text.data, "Declaration of a namesake changed[void () in b.c|int (int n) in b.c]");
	differences_fini(&differences);
	arena_fini(&arena);
}

static void assembler_has_no_known_parameters(void **state)
{
	struct account c = account("a.c", INSTANCE_EXTERNAL, COLLISION_UNIQUE_GLOBAL, INLINE_NO);
	struct account s = account("a.c", INSTANCE_EXTERNAL | INSTANCE_ASM, COLLISION_UNIQUE_GLOBAL, INLINE_NO);

	(void)state;
	check_accounts(&c, &s, "Became assembler[|] ?declaration: assembler, its parameters are unknown in B");
	check_accounts(&s, &s, "?declaration: assembler, its parameters are unknown on both sides");
}

/* memcpy of a stub in C beside the one in assembler: whose prototype it is decides. */
static void assembler_beside_a_namesake(void **state)
{
	const struct prototype in_c = {.returns = "void *"}, in_assembler = {.returns = "void"};
	const struct instance instances[] = {
		{.file = "stub.c", .flags = INSTANCE_DEFINED, .prototype = &in_c},
		{.file = "memcpy.S", .flags = INSTANCE_DEFINED | INSTANCE_ASM, .prototype = &in_assembler},
	};
	struct function function = {.instances = instances, .instance_count = 2, .prototype = &in_assembler};

	(void)state;
	assert_true(function_is_assembler(&function));
	function.prototype = &in_c;
	assert_false(function_is_assembler(&function));
}

static void absence_and_what_is_not_known(void **state)
{
	struct account there = account("a.c", INSTANCE_EXTERNAL, COLLISION_UNIQUE_GLOBAL, INLINE_NO);
	struct account gone = {.presence = ABSENT}, unread = {.presence = NOT_READ};
	struct account elsewhere = {.presence = NOT_IN_VMLINUX}, imported = {.presence = NOT_IMPORTED};

	(void)state;
	check_accounts(&gone, &there, "Appeared[|]");
	check_accounts(&there, &gone, "Vanished[|]");
	check_accounts(&there, &elsewhere, "Vanished from vmlinux[|]");
	check_accounts(&there, &unread, "?not read in B");
	check_accounts(&imported, &there, "?not in the imported facts in A");
	check_accounts(&gone, &unread, "");
}

static void symbols_alone_compare_nothing_else(void **state)
{
	struct account there = account("a.c", INSTANCE_EXTERNAL, COLLISION_UNIQUE_GLOBAL, INLINE_NO);
	static const struct symbol symbol = {.name = "f", .object = "vmlinux"};
	struct account bare = {.presence = PRESENT, .image = {.evidence = EVIDENCE_SYMBOLS}};

	(void)state;
	bare.function.symbols = &symbol;
	bare.function.symbol_count = 1;
	check_accounts(
		&there, &bare,
		"?declaration: only symbols were read in B ?collision and inlining: only symbols were read in B");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published),
		cmocka_unit_test(atlas_does_not_mislead),
		cmocka_unit_test(return_type),
		cmocka_unit_test(what_the_published_pages_do_not_tell),
		cmocka_unit_test(namesakes_are_compared_where_they_are),
		cmocka_unit_test(assembler_has_no_known_parameters),
		cmocka_unit_test(assembler_beside_a_namesake),
		cmocka_unit_test(absence_and_what_is_not_known),
		cmocka_unit_test(symbols_alone_compare_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
