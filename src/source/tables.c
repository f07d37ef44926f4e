// SPDX-License-Identifier: GPL-2.0-or-later
#ifdef ATLASGEN_TREE_SITTER
#include "source/tables.h"

#include <ctype.h>
#include <string.h>

#include "source/syntax_nodes.h"

/* Initialisers in one another; what is deeper is no table of operations. */
#define MAX_DEPTH 8

struct tabling {
	struct gather *gather;
	const char *text;
	size_t base;
	VEC(struct source_operation) operations;
};

static const char *text_of(const struct tabling *t, TSNode node)
{
	uint32_t at = ts_node_start_byte(node);

	return arena_strndup(t->gather->arena, t->text + at, ts_node_end_byte(node) - at);
}

static uint32_t line_of(const struct tabling *t, uint32_t at)
{
	return gather_line_at(t->gather, t->base + at);
}

/* The name a value comes down to: f, (type)f, wrapper(f); null if it is an expression. */
static TSNode plain_name(TSNode value)
{
	const struct nodes *kinds = nodes();

	for (int depth = 0; depth < MAX_DEPTH && !ts_node_is_null(value); depth++) {
		TSSymbol symbol = ts_node_symbol(value);

		if (symbol == kinds->identifier)
			return value;
		if (symbol == kinds->cast_expression) {
			value = ts_node_child_by_field_id(value, kinds->value);
		} else if (symbol == kinds->pointer_expression) {
			value = ts_node_child_by_field_id(value, kinds->argument);
		} else if (symbol == kinds->parenthesized_expression) {
			value = ts_node_named_child(value, 0);
		} else if (symbol == kinds->call_expression) {
			TSNode arguments = ts_node_child_by_field_id(value, kinds->arguments);

			if (ts_node_is_null(arguments) || ts_node_named_child_count(arguments) != 1)
				break;
			value = ts_node_named_child(arguments, 0);
		} else {
			break;
		}
	}
	return (TSNode){0};
}

/* NULL, THIS_MODULE and other constants are no functions. */
static bool may_be_function(const char *name)
{
	for (const char *c = name; *c; c++)
		if (islower((unsigned char)*c))
			return strcmp(name, "true") != 0 && strcmp(name, "false") != 0;
	return false;
}

static void add_operation(struct tabling *t, const char *field, TSNode value)
{
	TSNode name = plain_name(value);

	if (ts_node_is_null(name))
		return;
	const char *function = text_of(t, name);

	if (may_be_function(function))
		vec_add(&t->operations,
			((struct source_operation){field, function, line_of(t, ts_node_start_byte(value))}));
}

static void visit_list(struct tabling *t, TSNode list, const char *prefix, int depth);

/* ".driver.pm" as "driver.pm"; of "[2].open" the field alone. */
static const char *field_of(const struct tabling *t, TSNode pair, const char *prefix)
{
	AUTO_STR struct str field = {0};

	str_add(&field, prefix);
	for (uint32_t i = 0; i < ts_node_named_child_count(pair); i++) {
		TSNode child = ts_node_named_child(pair, i);

		if (ts_node_symbol(child) != nodes()->field_designator)
			continue;
		const char *text = text_of(t, child);

		while (*text == '.' || *text == ' ')
			text++;
		if (field.length)
			str_addc(&field, '.');
		str_add(&field, text);
	}
	return arena_strndup(t->gather->arena, field.data ? field.data : "", field.length);
}

static void visit_pair(struct tabling *t, TSNode pair, const char *prefix, int depth)
{
	TSNode value = ts_node_child_by_field_id(pair, nodes()->value);

	if (ts_node_is_null(value))
		return;
	const char *field = field_of(t, pair, prefix);

	if (ts_node_symbol(value) == nodes()->initializer_list)
		visit_list(t, value, field, depth + 1);
	else if (*field)
		add_operation(t, field, value);
}

static void visit_list(struct tabling *t, TSNode list, const char *prefix, int depth)
{
	if (depth > MAX_DEPTH)
		return;
	for (uint32_t i = 0; i < ts_node_named_child_count(list); i++) {
		TSNode child = ts_node_named_child(list, i);

		if (ts_node_symbol(child) == nodes()->initializer_pair)
			visit_pair(t, child, prefix, depth);
		else if (ts_node_symbol(child) == nodes()->initializer_list)
			visit_list(t, child, prefix, depth + 1);
	}
}

static TSNode name_of(TSNode declarator)
{
	while (!ts_node_is_null(declarator) && ts_node_symbol(declarator) != nodes()->identifier)
		declarator = node_declarator(declarator);
	return declarator;
}

static bool has_leading(const char *text, size_t length, const char *word)
{
	const char *at = memmem(text, length, word, strlen(word));

	return at && (at == text || isspace((unsigned char)at[-1])) && isspace((unsigned char)at[strlen(word)]);
}

static void add_table(struct tabling *t, TSNode declaration, TSNode type, TSNode declarator, TSNode list)
{
	struct gather *gather = t->gather;
	TSNode name = name_of(declarator), tag = ts_node_child_by_field_id(type, nodes()->name);

	if (ts_node_is_null(name) || t->operations.count == 0)
		return;
	size_t bytes = t->operations.count * sizeof(*t->operations.items);
	struct source_operation *operations = arena_alloc(gather->arena, bytes);
	uint32_t start = ts_node_start_byte(declaration);
	size_t head = ts_node_start_byte(name) - start;

	memcpy(operations, t->operations.items, bytes);
	vec_add(&gather->tables, ((struct source_table){
					 .name = text_of(t, name),
					 .type = text_of(t, ts_node_is_null(tag) ? type : tag),
					 .condition = gather->item_condition,
					 .line = line_of(t, ts_node_start_byte(name)),
					 .end_line = line_of(t, ts_node_end_byte(list) - 1),
					 .operations = operations,
					 .operation_count = t->operations.count,
					 .is_static = has_leading(t->text + start, head, "static"),
					 .is_const = has_leading(t->text + start, head, "const"),
				 }));
}

void table_gather(struct gather *gather, const char *text, size_t base, TSNode declaration)
{
	struct tabling t = {.gather = gather, .text = text, .base = base};
	TSNode type = ts_node_child_by_field_id(declaration, nodes()->type);

	if (ts_node_is_null(type))
		return;
	for (uint32_t i = 0; i < ts_node_named_child_count(declaration); i++) {
		TSNode child = ts_node_named_child(declaration, i);

		if (ts_node_symbol(child) != nodes()->init_declarator)
			continue;
		TSNode value = ts_node_child_by_field_id(child, nodes()->value);

		if (ts_node_is_null(value) || ts_node_symbol(value) != nodes()->initializer_list)
			continue;
		t.operations.count = 0;
		visit_list(&t, value, "", 0);
		add_table(&t, declaration, type, ts_node_child_by_field_id(child, nodes()->declarator), value);
	}
	vec_free(&t.operations);
}

#endif
