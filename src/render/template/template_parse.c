// SPDX-License-Identifier: GPL-2.0-or-later
/* From template text to nodes. */
#include <stdio.h>
#include <string.h>

#include "atlas/embed.h"
#include "template_parts.h"

#define NESTING_MAX 32

struct parser {
	struct templates *set;
	struct template *template;
	const char *at;
	unsigned line;
	bool line_clean; /* since the line began: blanks only, all of them in the last text node */
	size_t indent;	 /* those blanks */
	struct {
		uint32_t node;
		unsigned line;
		const char *name;
		size_t length;
	} open[NESTING_MAX];
	size_t depth;
};

struct tag {
	char sigil; /* '\0' for a plain value */
	const char *name;
	size_t length;
	const char *after;
	unsigned line;
};

static struct error *bad(const struct parser *parser, unsigned line, const char *what, const char *name, size_t length)
{
	return error_new(ERROR_INPUT, "template %s:%u: %s '%.*s'", parser->template->file, line, what, (int)length,
			 name);
}

static struct error *find_key(const struct parser *parser, const struct tag *tag, template_key *key)
{
	const struct template_names *names = &parser->set->names;

	if (tag->length == 1 && *tag->name == '.') {
		*key = KEY_ITEM;
		return NULL;
	}
	for (size_t i = 0; i < names->count; i++) {
		if (strlen(names->names[i]) == tag->length && memcmp(names->names[i], tag->name, tag->length) == 0) {
			*key = (template_key)i;
			return NULL;
		}
	}
	return bad(parser, tag->line, "there is no value called", tag->name, tag->length);
}

static void add_text(struct parser *parser, const char *text, size_t length)
{
	if (length)
		vec_add(&parser->template->nodes,
			((struct node){.kind = NODE_TEXT, .text = text, .length = (uint32_t)length}));
}

static void trim(struct tag *tag)
{
	while (tag->length && strchr(" \t\n", tag->name[0])) {
		tag->name++;
		tag->length--;
	}
	while (tag->length && strchr(" \t\n", tag->name[tag->length - 1]))
		tag->length--;
}

/* parser->at stands on "{{". */
static struct error *read_tag(struct parser *parser, struct tag *tag)
{
	const char *start = parser->at + 2;
	const char *close = *start == '{' ? "}}}" : "}}";
	const char *end = strstr(start, close);

	tag->line = parser->line;
	if (!end)
		return error_new(ERROR_INPUT, "template %s:%u: a tag is not closed", parser->template->file,
				 parser->line);
	tag->sigil = *start && strchr("{&#^/>!=", *start) ? *start : '\0';
	tag->name = start + (tag->sigil != '\0');
	tag->length = (size_t)(end - tag->name);
	tag->after = end + strlen(close);
	for (const char *p = start; p < end; p++)
		parser->line += *p == '\n';
	trim(tag);
	return NULL;
}

static struct error *open_section(struct parser *parser, const struct tag *tag)
{
	template_key key;

	TRY(find_key(parser, tag, &key));
	if (parser->depth == NESTING_MAX)
		return bad(parser, tag->line, "sections are nested too deep at", tag->name, tag->length);
	parser->open[parser->depth].node = (uint32_t)parser->template->nodes.count;
	parser->open[parser->depth].line = tag->line;
	parser->open[parser->depth].name = tag->name;
	parser->open[parser->depth++].length = tag->length;
	vec_add(&parser->template->nodes,
		((struct node){.kind = tag->sigil == '#' ? NODE_SECTION : NODE_INVERTED, .key = key}));
	return NULL;
}

static struct error *close_section(struct parser *parser, const struct tag *tag)
{
	if (parser->depth == 0)
		return bad(parser, tag->line, "no open section for the end of", tag->name, tag->length);
	parser->depth--;
	if (parser->open[parser->depth].length != tag->length ||
	    memcmp(parser->open[parser->depth].name, tag->name, tag->length) != 0)
		return bad(parser, tag->line, "the innermost open section is not", tag->name, tag->length);
	parser->template->nodes.items[parser->open[parser->depth].node].end = (uint32_t)parser->template->nodes.count;
	return NULL;
}

static struct error *include(struct parser *parser, const struct tag *tag)
{
	AUTO_FREE char *file = xstrndup(tag->name, tag->length);
	const struct template *included;
	struct error *err = templates_get(parser->set, file, &included);

	if (err)
		return error_prefix(err, "template %s:%u", parser->template->file, tag->line);
	vec_add(&parser->template->nodes, ((struct node){.kind = NODE_PARTIAL, .included = included}));
	return NULL;
}

static struct error *add_value(struct parser *parser, const struct tag *tag)
{
	struct node node = {.kind = tag->sigil ? NODE_RAW : NODE_VALUE};

	TRY(find_key(parser, tag, &node.key));
	vec_add(&parser->template->nodes, node);
	return NULL;
}

static struct error *add_tag(struct parser *parser, const struct tag *tag)
{
	switch (tag->sigil) {
	case '#':
	case '^':
		return open_section(parser, tag);
	case '/':
		return close_section(parser, tag);
	case '>':
		return include(parser, tag);
	case '!':
		return NULL;
	case '=':
		return bad(parser, tag->line, "delimiters cannot be changed:", tag->name, tag->length);
	default:
		return add_value(parser, tag);
	}
}

/* A tag alone on its line takes the line with it. */
static void take_line(struct parser *parser, struct tag *tag)
{
	const char *rest = tag->after + strspn(tag->after, " \t\r");

	if (!parser->line_clean || tag->sigil == '\0' || strchr("{&", tag->sigil) || (*rest != '\n' && *rest))
		return;
	if (parser->indent)
		parser->template->nodes.items[parser->template->nodes.count - 1].length -= (uint32_t)parser->indent;
	if (*rest == '\n') {
		parser->line++;
		rest++;
	}
	tag->after = rest;
}

/* Text up to the next tag, which becomes a node; notes how its last line stands. */
static void read_text(struct parser *parser, const char *end)
{
	const char *line_start = NULL;

	for (const char *p = parser->at; p < end; p++) {
		if (*p == '\n') {
			parser->line++;
			line_start = p + 1;
		}
	}
	const char *from = line_start ? line_start : parser->at;

	parser->line_clean = line_start ? true : parser->line_clean;
	parser->indent = (size_t)(end - from);
	if (strspn(from, " \t") < parser->indent)
		parser->line_clean = false;
	add_text(parser, parser->at, (size_t)(end - parser->at));
	parser->at = end;
}

static struct error *parse(struct parser *parser)
{
	parser->line_clean = true;
	for (;;) {
		const char *next = strstr(parser->at, "{{");
		struct tag tag;

		read_text(parser, next ? next : parser->at + strlen(parser->at));
		if (!next)
			break;
		TRY(read_tag(parser, &tag));
		const char *plain_after = tag.after;

		take_line(parser, &tag);
		parser->line_clean = tag.after != plain_after;
		TRY(add_tag(parser, &tag));
		parser->at = tag.after;
	}
	if (parser->depth)
		return bad(parser, parser->open[parser->depth - 1].line, "nothing closes the section",
			   parser->open[parser->depth - 1].name, parser->open[parser->depth - 1].length);
	return NULL;
}

static struct error *read_stream(FILE *stream, const char *path, char **source)
{
	AUTO_STR struct str text = {0};
	char buffer[4096];
	size_t got;

	while ((got = fread(buffer, 1, sizeof(buffer), stream)) > 0)
		str_addn(&text, buffer, got);
	if (ferror(stream))
		return error_errno("%s", path);
	if (text.data && strlen(text.data) != text.length)
		return error_new(ERROR_INPUT, "template %s: holds a null byte", path);
	*source = str_take(&text);
	return NULL;
}

/* From the user's directory if the file is there, else from the program. */
static struct error *load_source(const struct templates *set, const char *file, char **path, char **source)
{
	AUTO_FREE char *own = set->dir ? xasprintf("%s/%s", set->dir, file) : NULL;
	FILE *stream = own && !strchr(file, '/') ? fopen(own, "r") : NULL;

	if (stream) {
		struct error *err = read_stream(stream, own, source);

		fclose(stream);
		if (!err)
			*path = xstrdup(own);
		return err;
	}
	AUTO_FREE char *name = xasprintf("templates/%s", file);
	const char *text = embedded(name, NULL);

	if (!text)
		return error_new(ERROR_INPUT, "there is no template '%s'", file);
	*path = xstrdup(file);
	*source = xstrdup(text);
	return NULL;
}

void templates_open(const char *dir, const struct template_names *names, struct templates **templates)
{
	*templates = xcalloc(1, sizeof(**templates));
	(*templates)->dir = dir;
	(*templates)->names = *names;
}

void templates_close(struct templates *templates)
{
	if (!templates)
		return;
	for (size_t i = 0; i < templates->loaded.count; i++) {
		struct template *template = templates->loaded.items[i];

		vec_free(&template->nodes);
		free(template->source);
		free(template->file);
		free(template->name);
		free(template);
	}
	vec_free(&templates->loaded);
	free(templates);
}

struct error *templates_get(struct templates *templates, const char *file, const struct template **found)
{
	for (size_t i = 0; i < templates->loaded.count; i++) {
		struct template *known = templates->loaded.items[i];

		if (strcmp(known->name, file) != 0)
			continue;
		if (known->compiling)
			return error_new(ERROR_INPUT, "template %s includes itself", known->file);
		*found = known;
		return NULL;
	}
	char *path = NULL, *source = NULL;

	TRY(load_source(templates, file, &path, &source));
	struct template *template = xcalloc(1, sizeof(*template));

	*template = (struct template){.name = xstrdup(file), .file = path, .source = source, .compiling = true};
	vec_add(&templates->loaded, template);
	struct parser parser = {.set = templates, .template = template, .at = source, .line = 1};

	TRY(parse(&parser));
	template->compiling = false;
	*found = template;
	return NULL;
}
