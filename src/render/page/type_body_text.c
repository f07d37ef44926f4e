// SPDX-License-Identifier: GPL-2.0-or-later
#include "type_body_text.h"

#include <string.h>

#include "atlas/str.h"
#include "atlas/template.h"
#include "model/type_graph.h"
#include "render/words/text.h"
#include "urls.h"

/* Where comments begin: C text of most members is shorter. */
#define COMMENT_COLUMN 56
#define TAB_COLUMNS    8

struct body {
	struct arena *arena;
	const struct type *type;
	const struct type_text_options *options;
	struct str out;
	/* Counted for the last line. */
	unsigned holes;
	uint64_t hole_bits;
};

static void add_escaped(struct body *body, const char *text, size_t length)
{
	if (body->options->html)
		escape_text(&body->out, text, length, ESCAPE_HTML);
	else
		str_addn(&body->out, text, length);
}

/* Links are put around names while the text is gone through. */
struct linking {
	struct arena *arena;
	const struct type_text_options *options;
	struct str *out;
	const char *at; /* what is not written yet */
};

static void add_link(void *context, const struct type_name *name)
{
	struct linking *linking = context;
	const char *text = arena_strndup(linking->arena, name->text, name->length);
	const char *link = url_type(linking->arena, linking->options->plan, text);

	if (!link)
		return;
	escape_text(linking->out, linking->at, (size_t)(name->text - linking->at), ESCAPE_HTML);
	str_addf(linking->out, "<a href=\"%s%s\">", linking->options->root, link);
	escape_text(linking->out, name->text, name->length, ESCAPE_HTML);
	str_add(linking->out, "</a>");
	linking->at = name->text + name->length;
}

/* One text with links to the types it names; HTML. */
static void type_text_linked(struct arena *arena, const char *text, const struct type_text_options *options,
			     struct str *out)
{
	struct linking linking = {arena, options, out, text};

	type_names_in(text, add_link, &linking);
	escape_text(out, linking.at, strlen(linking.at), ESCAPE_HTML);
}

static void add_type_text(struct body *body, const char *text)
{
	text = text_visible(body->arena, text);
	if (body->options->html)
		type_text_linked(body->arena, text, body->options, &body->out);
	else
		str_add(&body->out, text);
}

static void indent(struct body *body, unsigned depth)
{
	for (unsigned i = 0; i < depth; i++)
		str_addc(&body->out, '\t');
}

/* From the column `length` characters behind `depth` tabs. */
static void pad(struct body *body, unsigned depth, size_t length)
{
	size_t column = (size_t)depth * TAB_COLUMNS + length;

	for (str_addc(&body->out, ' '), column++; column < COMMENT_COLUMN; column++)
		str_addc(&body->out, ' ');
}

static void add_place(struct body *body, unsigned depth, size_t length, const struct type_member *member)
{
	unsigned bit = (unsigned)(member->offset_bits % 8);

	if (!body->options->layout) {
		str_addc(&body->out, '\n');
		return;
	}
	pad(body, depth, length);
	str_addf(&body->out, "/* %5llu", (unsigned long long)(member->offset_bits / 8));
	if (member->bit_size)
		str_addf(&body->out, ":%u", bit);
	else
		str_add(&body->out, "  ");
	str_addf(&body->out, " %5llu */\n", (unsigned long long)member->size_bytes);
}

static const char *amount(struct arena *arena, uint64_t bits)
{
	if (bits % 8)
		return arena_printf(arena, "%llu bit%s", (unsigned long long)bits, bits == 1 ? "" : "s");
	return arena_printf(arena, "%llu byte%s", (unsigned long long)(bits / 8), bits == 8 ? "" : "s");
}

static void add_hole(struct body *body, unsigned depth, uint64_t bits, const char *what)
{
	if (!body->options->layout || bits == 0)
		return;
	indent(body, depth);
	str_addf(&body->out, "/* %s: %s */\n", what, amount(body->arena, bits));
}

static void add_enumerators(struct body *body, uint32_t member, unsigned depth)
{
	const struct type *type = body->type;

	for (uint32_t i = 0; i < type->enumerator_count; i++) {
		const struct type_enumerator *enumerator = &type->enumerators[i];
		const char *name = text_visible(body->arena, enumerator->name);

		if (enumerator->member != member)
			continue;
		indent(body, depth);
		add_escaped(body, name, strlen(name));
		str_addf(&body->out, type->is_unsigned ? " = %llu,\n" : " = %lld,\n",
			 (unsigned long long)enumerator->value);
	}
}

static bool is_union(const char *text)
{
	const char *anonymous = strstr(text, "(anon)");

	if (!anonymous)
		return strncmp(text, "union ", 6) == 0;
	return anonymous - text >= 6 && strncmp(anonymous - 6, "union ", 6) == 0;
}

static void add_members(struct body *body, uint32_t first, uint32_t end, unsigned depth, bool in_union,
			uint64_t start_bits, uint64_t size_bits);

static bool has_enumerators(const struct type *type, uint32_t member)
{
	for (uint32_t i = 0; i < type->enumerator_count; i++)
		if (type->enumerators[i].member == member)
			return true;
	return false;
}

/* What an anonymous struct, union or enum holds. */
static void add_inside(struct body *body, uint32_t member, uint32_t first, uint32_t end, unsigned depth,
		       const char *text, uint64_t size_bytes)
{
	bool whole = !strchr(text, '[') && !strchr(text, '*');

	add_enumerators(body, member, depth);
	add_members(body, first, end, depth, is_union(text),
		    member != NO_INDEX && whole ? body->type->members[member].offset_bits : 0,
		    whole ? size_bytes * 8 : 0);
}

/* "struct {", what it holds, "} name;" */
static void add_block(struct body *body, uint32_t index, unsigned depth)
{
	const struct type_member *member = &body->type->members[index];
	const char *anonymous = strstr(member->type, "(anon)");
	struct type_member rest = *member;

	indent(body, depth);
	if (anonymous)
		add_escaped(body, member->type, (size_t)(anonymous - member->type));
	else
		add_type_text(body, arena_printf(body->arena, "%s ", member->type));
	str_add(&body->out, "{\n");
	add_inside(body, index, index + 1, index + 1 + member->nested, depth + 1, member->type, member->size_bytes);
	rest.type = anonymous ? arena_printf(body->arena, "}%s", anonymous + strlen("(anon)")) : "}";
	indent(body, depth);
	const char *text = text_visible(body->arena, type_member_text(body->arena, &rest));

	add_escaped(body, text, strlen(text));
	str_addc(&body->out, ';');
	add_place(body, depth, strlen(text) + 1, member);
}

static void add_member(struct body *body, uint32_t index, unsigned depth)
{
	const struct type_member *member = &body->type->members[index];

	if (member->nested || has_enumerators(body->type, index)) {
		add_block(body, index, depth);
		return;
	}
	const char *text = text_visible(body->arena, type_member_text(body->arena, member));

	indent(body, depth);
	add_type_text(body, text);
	str_addc(&body->out, ';');
	add_place(body, depth, strlen(text) + 1, member);
}

static uint64_t end_of(const struct type_member *member)
{
	return member->offset_bits + (member->bit_size ? member->bit_size : member->size_bytes * 8);
}

/* Members first to end - 1; `size_bits` is of what they stand in, 0: unknown. */
static void add_members(struct body *body, uint32_t first, uint32_t end, unsigned depth, bool in_union,
			uint64_t start_bits, uint64_t size_bits)
{
	const struct type *type = body->type;
	uint64_t at = start_bits, last = start_bits + size_bits;

	for (uint32_t i = first; i < end && i < type->member_count; i += 1 + type->members[i].nested) {
		const struct type_member *member = &type->members[i];

		if (!in_union && member->offset_bits > at) {
			add_hole(body, depth, member->offset_bits - at, "hole");
			body->holes++;
			body->hole_bits += member->offset_bits - at;
		}
		add_member(body, i, depth);
		if (end_of(member) > at)
			at = end_of(member);
	}
	if (size_bits && last > at && first < end)
		add_hole(body, depth, last - at, "padding");
}

static void add_summary(struct body *body, unsigned depth)
{
	uint32_t members = 0;

	if (!body->options->layout || body->type->declared)
		return;
	for (uint32_t i = 0; i < body->type->member_count; i += 1 + body->type->members[i].nested)
		members++;
	indent(body, depth);
	str_addf(&body->out, "/* size: %llu", (unsigned long long)body->type->size_bytes);
	if (body->type->kind != TYPE_ENUM)
		str_addf(&body->out, ", members: %u", members);
	if (body->holes)
		str_addf(&body->out, ", holes: %u (%s)", body->holes, amount(body->arena, body->hole_bits));
	str_add(&body->out, " */\n");
}

static void add_typedef(struct body *body)
{
	const struct type *type = body->type;
	const char *text = type->text ? type->text : "void", *anonymous = strstr(text, "(anon)");
	struct type_member named = {.name = type->name, .type = text, .parent = NO_INDEX};

	str_add(&body->out, "typedef ");
	if (anonymous && (type->member_count || has_enumerators(type, NO_INDEX))) {
		add_escaped(body, text, (size_t)(anonymous - text));
		str_add(&body->out, "{\n");
		add_inside(body, NO_INDEX, 0, type->member_count, 1, text, type->size_bytes);
		add_summary(body, 1);
		named.type = arena_printf(body->arena, "}%s", anonymous + strlen("(anon)"));
	}
	add_type_text(body, type_member_text(body->arena, &named));
	str_add(&body->out, ";\n");
}

static void add_tagged(struct body *body)
{
	const struct type *type = body->type;
	const char *name = text_visible(body->arena, type->name);

	str_addf(&body->out, "%s ", type_kind_text(type->kind));
	add_escaped(body, name, strlen(name));
	if (type->declared) {
		str_add(&body->out, ";\n");
		return;
	}
	str_add(&body->out, " {\n");
	add_enumerators(body, NO_INDEX, 1);
	add_members(body, 0, type->member_count, 1, type->kind == TYPE_UNION, 0, type->size_bytes * 8);
	add_summary(body, 1);
	str_addc(&body->out, '}');
	if (type->align_bytes)
		str_addf(&body->out, " __attribute__((aligned(%u)))", type->align_bytes);
	str_add(&body->out, ";\n");
}

const char *type_definition(struct arena *arena, const struct type *type, const struct type_text_options *options)
{
	struct body body = {.arena = arena, .type = type, .options = options};

	if (type->kind == TYPE_TYPEDEF && !type->declared)
		add_typedef(&body);
	else
		add_tagged(&body);
	const char *text = arena_strndup(arena, body.out.data, body.out.length);

	str_free(&body.out);
	return text;
}

/* The list being made. */
struct named {
	struct arena *arena;
	const struct site_plan *plan;
	VEC(const char *) names;
};

static void add_name(void *context, const struct type_name *name)
{
	struct named *named = context;
	const char *text = arena_strndup(named->arena, name->text, name->length);

	for (size_t i = 0; i < named->names.count; i++)
		if (strcmp(named->names.items[i], text) == 0)
			return;
	if (url_type(named->arena, named->plan, text))
		vec_add(&named->names, text);
}

void type_names_linked(struct arena *arena, const struct site_plan *plan, const struct prototype *prototype,
		       const char *const **names, size_t *count)
{
	struct named named = {.arena = arena, .plan = plan};

	type_names_in(prototype->returns, add_name, &named);
	for (uint32_t i = 0; i < prototype->count; i++)
		type_names_in(type_of_param(arena, &prototype->params[i]), add_name, &named);
	*names = vec_keep(arena, &named.names);
	*count = named.names.count;
	vec_free(&named.names);
}
