// SPDX-License-Identifier: GPL-2.0-or-later
/* The template engine: what it writes, and what it says of templates that are wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "atlas/template.h"

enum { NAME, ITEMS, FLAG, TEXT, KEYS };

static const char *const key_names[] = {"name", "items", "flag", "text"};
static const struct template_names names = {key_names, KEYS};
static char dir[] = "/tmp/atlasgen-template.XXXXXX";

static int make_dir(void **state)
{
	(void)state;
	return mkdtemp(dir) ? 0 : -1;
}

static void write_file(const char *name, const char *text)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void remove_file(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	unlink(path);
}

static int remove_dir(void **state)
{
	(void)state;
	remove_file("t");
	remove_file("p");
	return rmdir(dir);
}

/* items: one with its own name, one without; flag true; text "a<b". */
static struct object *values(struct arena *arena)
{
	struct object *root = object_new(arena);
	struct list *items = object_list(root, ITEMS);

	object_text(root, NAME, "outer");
	object_flag(root, FLAG, true);
	object_text(root, TEXT, "a<b");
	object_text(list_object(items), NAME, "inner");
	list_object(items);
	return root;
}

static void check(const char *source, enum escape escape, const char *expected)
{
	struct templates *templates;
	const struct template *template;
	struct arena arena;
	AUTO_STR struct str out = {0};

	write_file("t", source);
	arena_init(&arena);
	templates_open(dir, &names, &templates);
	struct error *err = templates_get(templates, "t", &template);

	assert_null(err);
	template_run(template, values(&arena), escape, &out);
	assert_string_equal(out.data ? out.data : "", expected);
	templates_close(templates);
	arena_fini(&arena);
}

static void check_error(const char *source, const char *expected)
{
	struct templates *templates;
	const struct template *template;

	write_file("t", source);
	templates_open(dir, &names, &templates);
	struct error *err = templates_get(templates, "t", &template);

	assert_non_null(err);
	if (!strstr(err->text, expected))
		fail_msg("'%s' does not say '%s'", err->text, expected);
	error_free(err);
	templates_close(templates);
}

static void values_and_escaping(void **state)
{
	(void)state;
	check("{{name}}-{{ text }}", ESCAPE_NONE, "outer-a<b");
	check("{{text}} {{{text}}} {{&text}}", ESCAPE_HTML, "a&lt;b a<b a<b");
	check("{{! nothing }}x", ESCAPE_NONE, "x");
}

static void sections(void **state)
{
	(void)state;
	check("{{#items}}[{{name}}]{{/items}}", ESCAPE_NONE, "[inner][outer]");
	check("{{#flag}}yes{{/flag}}{{^flag}}no{{/flag}}", ESCAPE_NONE, "yes");
	check("{{#text}}({{.}}){{/text}}", ESCAPE_NONE, "(a<b)");
	check("{{^items}}none{{/items}}{{#items}}{{#flag}}.{{/flag}}{{/items}}", ESCAPE_NONE, "..");
}

static void lines_of_their_own_vanish(void **state)
{
	(void)state;
	check("a\n{{#flag}}\nb\n{{/flag}}\nc\n", ESCAPE_NONE, "a\nb\nc\n");
	check("a\n  {{#flag}}  \n  b\n  {{/flag}}\nc", ESCAPE_NONE, "a\n  b\nc");
	check("a {{#flag}}\nb {{/flag}}\n", ESCAPE_NONE, "a \nb \n");
	check("{{! comment }}\na\n{{! at the end }}", ESCAPE_NONE, "a\n");
	check("{{#flag}}{{#flag}}\nx{{/flag}}{{/flag}}\n", ESCAPE_NONE, "\nx\n");
}

static void partials(void **state)
{
	(void)state;
	write_file("p", "<{{name}}>\n");
	check("{{#items}}\n{{>p}}\n{{/items}}\n", ESCAPE_NONE, "<inner>\n<outer>\n");
	write_file("p", "{{>t}}");
	check_error("x\n{{>p}}", "includes itself");
	write_file("p", "\n{{wrong}}");
	check_error("{{>p}}", "p:2: there is no value called 'wrong'");
}

static void faults_are_told_with_their_line(void **state)
{
	(void)state;
	check_error("a\nb{{nobody}}", "t:2: there is no value called 'nobody'");
	check_error("\n{{#flag}}\nx", "t:2: nothing closes the section 'flag'");
	check_error("{{#flag}}\n{{#text}}{{/flag}}", "t:2: the innermost open section is not 'flag'");
	check_error("{{/flag}}", "t:1: no open section for the end of 'flag'");
	check_error("\n\n{{flag", "t:3: a tag is not closed");
	check_error("{{=<% %>=}}", "delimiters");
	check_error("{{>nothing-like-it}}", "there is no template 'nothing-like-it'");
}

static void deep_nesting_is_refused(void **state)
{
	AUTO_STR struct str source = {0};

	(void)state;
	for (int i = 0; i < 100; i++)
		str_add(&source, "{{#flag}}");
	check_error(source.data, "nested too deep");
}

static void check_escape(enum escape escape, const char *text, const char *expected)
{
	AUTO_STR struct str out = {0};

	escape_text(&out, text, strlen(text), escape);
	assert_string_equal(out.data ? out.data : "", expected);
}

static void escaping(void **state)
{
	(void)state;
	check_escape(ESCAPE_NONE, "<a> *b*", "<a> *b*");
	check_escape(ESCAPE_HTML, "<script>&\"", "&lt;script&gt;&amp;&quot;");
	check_escape(ESCAPE_MARKDOWN, "<script>", "&lt;script&gt;");
	check_escape(ESCAPE_MARKDOWN, "__free_pages", "__free_pages");
	check_escape(ESCAPE_MARKDOWN, "_x_ y_", "_x&#95; y&#95;");
	check_escape(ESCAPE_MARKDOWN, "void *a, char **b", "void *a, char **b");
	check_escape(ESCAPE_MARKDOWN, "int (*)(int)", "int (&#42;)(int)");
	check_escape(ESCAPE_MARKDOWN, "[a](b)`c`\\", "&#91;a&#93;(b)&#96;c&#96;&#92;");
	check_escape(ESCAPE_MARKDOWN, "7.3~rc1 ~~x~~", "7.3~rc1 &#126;~x&#126;~");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_and_escaping),
		cmocka_unit_test(sections),
		cmocka_unit_test(lines_of_their_own_vanish),
		cmocka_unit_test(partials),
		cmocka_unit_test(faults_are_told_with_their_line),
		cmocka_unit_test(deep_nesting_is_refused),
		cmocka_unit_test(escaping),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
