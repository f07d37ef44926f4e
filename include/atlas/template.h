/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: render/template */
/*
 * Page templates: a subset of mustache, compiled once per run.
 *
 *   {{x}}             the value, escaped for the output
 *   {{{x}}} {{&x}}    the value as it is
 *   {{#x}}..{{/x}}    once per item of a list; once if x is true, a text or an object
 *   {{^x}}..{{/x}}    once if x is absent, false, an empty list or an empty text
 *   {{>file}}         another template file
 *   {{!x}}            comment
 *   {{.}}             the item of a list of texts, or the text of the section
 *
 * A line that holds only one section, partial or comment tag leaves no line
 * behind.  Names are resolved against a fixed table when a template is
 * compiled, so a mistyped one is an error with file and line, not a hole in
 * thousands of pages.
 *
 * Values form a tree in an arena.  Texts are borrowed and must live as long as
 * the arena.  A key may be set once per object.
 */
#ifndef ATLAS_TEMPLATE_H
#define ATLAS_TEMPLATE_H

#include <stdbool.h>
#include <stdint.h>

#include "atlas/error.h"
#include "atlas/mem.h"
#include "atlas/str.h"

typedef uint16_t template_key; /* index into the table of names */

struct template_names {
	const char *const *names; /* borrowed for the life of the templates */
	size_t count;
};

struct object;
struct list;

struct object *object_new(struct arena *arena);
void object_text(struct object *object, template_key key, const char *text); /* NULL: the key stays absent */
void object_number(struct object *object, template_key key, uint64_t number);
void object_flag(struct object *object, template_key key, bool flag);
struct object *object_object(struct object *object, template_key key);
struct list *object_list(struct object *object, template_key key);
struct object *list_object(struct list *list);
void list_text(struct list *list, const char *text);
size_t list_length(const struct list *list);

enum escape {
	ESCAPE_NONE,
	ESCAPE_MARKDOWN, /* as character references, so that it holds in Markdown text and inside its HTML */
	ESCAPE_HTML,
};

void escape_text(struct str *out, const char *text, size_t length, enum escape escape);

struct templates;
struct template;

/* `dir` may be NULL; a file there replaces the built-in one of the same name. */
void templates_open(const char *dir, const struct template_names *names, struct templates **templates);
void templates_close(struct templates *templates); /* NULL is allowed */
/* Compiled on first use, with what it includes.  Borrowed until the close. */
struct error *templates_get(struct templates *templates, const char *file, const struct template **found) MUST_CHECK;

void template_run(const struct template *template, const struct object *root, enum escape escape, struct str *out);

#endif
