// SPDX-License-Identifier: GPL-2.0-or-later
/* The rules of `diff`: ids, and that docs/rules.md tells of each what the program says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <string.h>

#include "atlas/diff.h"
#include "diff/rules.h"

static char *read_page(void)
{
	const char *source = getenv("SOURCE_DIR");
	AUTO_FREE char *path = xasprintf("%s/docs/rules.md", source ? source : ".");
	FILE *file = fopen(path, "r");
	struct str text = {0};
	char block[4096];
	size_t got;

	assert_non_null(file);
	while ((got = fread(block, 1, sizeof(block), file)) > 0)
		str_addn(&text, block, got);
	fclose(file);
	return str_take(&text);
}

static void page_tells_every_rule(void **state)
{
	AUTO_FREE char *page = read_page();
	const struct rule *rule;
	enum diff_area area;

	(void)state;
	for (size_t i = 0; (rule = diff_rule_at(i, &area)); i++) {
		const char *consequence = rule_consequence((enum diff_rule)i);
		AUTO_FREE char *row =
			xasprintf("\n| `%s` | %s | %s | %s. %s |\n", rule->id, severity_name(rule->severity),
				  consequence ? consequence : "", rule->title, rule->help);

		if (!strstr(page, row))
			fail_msg("docs/rules.md lacks or tells otherwise:%s", row);
	}
}

static void page_tells_no_other_rule(void **state)
{
	AUTO_FREE char *page = read_page();
	size_t rows = 0, rules = 0;
	enum diff_area area;

	(void)state;
	for (const char *at = page; (at = strstr(at, "\n| `")); at++)
		rows++;
	while (diff_rule_at(rules, &area))
		rules++;
	assert_int_equal(rows, rules);
}

static void ids_are_kebab_case_and_unique(void **state)
{
	const struct rule *rule, *other;
	enum diff_area area;

	(void)state;
	for (size_t i = 0; (rule = diff_rule_at(i, &area)); i++) {
		assert_int_equal(strspn(rule->id, "abcdefghijklmnopqrstuvwxyz-"), strlen(rule->id));
		for (size_t j = 0; j < i; j++) {
			other = diff_rule_at(j, &area);
			assert_string_not_equal(rule->id, other->id);
		}
	}
}

static enum diff_rule rule_for(enum change_kind kind, const char *before, const char *after)
{
	const struct change change = {kind, before, after};

	return rule_of_change(&change);
}

static void qualifiers_are_told_apart(void **state)
{
	(void)state;
	assert_int_equal(rule_for(CHANGE_PARAM_TYPE, "char *name", "const char *name"), RULE_PARAM_QUALIFIER);
	assert_int_equal(rule_for(CHANGE_PARAM_TYPE, "char *name", "char *const name"), RULE_PARAM_QUALIFIER);
	assert_int_equal(rule_for(CHANGE_PARAM_TYPE, "char *name", "char **name"), RULE_PARAM_TYPE);
	assert_int_equal(rule_for(CHANGE_PARAM_TYPE, "struct constant x", "struct ant x"), RULE_PARAM_TYPE);
	assert_int_equal(rule_for(CHANGE_PARAM_TYPE, "unsigned int x", "int x"), RULE_PARAM_TYPE);
	assert_int_equal(rule_for(CHANGE_RETURN_TYPE, "void *", "const void *"), RULE_RETURN_QUALIFIER);
}

static void collisions_and_namespaces(void **state)
{
	(void)state;
	assert_int_equal(rule_for(CHANGE_COLLISION, "Unique Global", "Static-Global Collision"), RULE_COLLISION);
	assert_int_equal(rule_for(CHANGE_COLLISION, "Unique Static", "Static Duplication"), RULE_DUPLICATION);
	assert_int_equal(rule_for(CHANGE_COLLISION, "Static Duplication", "Unique Static"), RULE_COLLISION_GONE);
	assert_int_equal(rule_for(CHANGE_COLLISION, "Static Duplication", "Static-Static Collision"),
			 RULE_COLLISION_OTHER);
	assert_int_equal(rule_for(CHANGE_NAMESPACE, NULL, "POOLS"), RULE_EXPORT_NAMESPACE);
	assert_int_equal(rule_for(CHANGE_NAMESPACE, "POOLS", NULL), RULE_EXPORT_NO_NAMESPACE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(page_tells_every_rule),	 cmocka_unit_test(page_tells_no_other_rule),
		cmocka_unit_test(ids_are_kebab_case_and_unique), cmocka_unit_test(qualifiers_are_told_apart),
		cmocka_unit_test(collisions_and_namespaces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
