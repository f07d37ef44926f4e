// SPDX-License-Identifier: GPL-2.0-or-later
/* The rules of `diff`: their ids, what docs/rules.md tells of them, and that tests/diff makes each of them happen. */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <string.h>

#include "atlas/diff.h"
#include "diff/rules.h"

static char *in_source(const char *path)
{
	const char *source = getenv("SOURCE_DIR");

	return xasprintf("%s/%s", source ? source : ".", path);
}

static void add_file(const char *path, struct str *text)
{
	FILE *file = fopen(path, "r");
	char block[4096];
	size_t got;

	assert_non_null(file);
	while ((got = fread(block, 1, sizeof(block), file)) > 0)
		str_addn(text, block, got);
	fclose(file);
}

static char *read_page(void)
{
	AUTO_FREE char *path = in_source("docs/rules.md");
	struct str text = {0};

	add_file(path, &text);
	return str_take(&text);
}

/* What all pairs of tests/diff are expected to show, in the form of `pattern`. */
static char *read_expectations(const char *pattern)
{
	AUTO_FREE char *path = in_source(pattern);
	struct str text = {0};
	glob_t found;

	assert_int_equal(glob(path, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		add_file(found.gl_pathv[i], &text);
	globfree(&found);
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

/* Without exception so far: a rule that no pair of kernels can make happen would be one that nobody ever sees. */
static void pairs_make_every_rule_happen(void **state)
{
	AUTO_FREE char *texts = read_expectations("tests/diff/*/expected.text");
	AUTO_FREE char *objects = read_expectations("tests/diff/*/expected.json");
	const struct rule *rule;
	enum diff_area area;

	(void)state;
	for (size_t i = 0; (rule = diff_rule_at(i, &area)); i++) {
		AUTO_FREE char *in_text = xasprintf(" [%s]\n", rule->id);
		AUTO_FREE char *in_object = xasprintf("\"outcome\":\"finding\",\"rule\":\"%s\"", rule->id);

		if (!strstr(texts, in_text) || !strstr(objects, in_object))
			fail_msg("no pair of tests/diff is expected to show %s", rule->id);
	}
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
		cmocka_unit_test(collisions_and_namespaces),	 cmocka_unit_test(pairs_make_every_rule_happen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
