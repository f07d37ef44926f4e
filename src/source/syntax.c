// SPDX-License-Identifier: GPL-2.0-or-later
#ifdef ATLASGEN_TREE_SITTER
#include "source/syntax.h"

#include <tree_sitter/api.h>

#include "source/syntax_nodes.h"
#include "source/tables.h"

/* Far more than the largest function of a kernel takes; only what is no C at all comes near. */
#define MAX_MICROSECONDS (10ull * 1000 * 1000)
/* No definition is that long: a megabyte takes the parser a tenth of a gigabyte. */
#define MAX_BYTES (2u << 20)

const TSLanguage *tree_sitter_c(void);

struct syntax {
	TSParser *parser;
};

struct syntax *syntax_new(void)
{
	struct syntax *syntax = xmalloc(sizeof(*syntax));

	syntax->parser = ts_parser_new();
	/* It cannot fail: the build refuses a grammar of another ABI. */
	ts_parser_set_language(syntax->parser, tree_sitter_c());
	ts_parser_set_timeout_micros(syntax->parser, MAX_MICROSECONDS);
	return syntax;
}

void syntax_free(struct syntax *syntax)
{
	if (!syntax)
		return;
	ts_parser_delete(syntax->parser);
	free(syntax);
}

/* NULL: it took too long. */
static TSTree *parse(struct syntax *syntax, const char *text, size_t length)
{
	TSTree *tree = length > MAX_BYTES ? NULL : ts_parser_parse_string(syntax->parser, NULL, text, (uint32_t)length);

	if (!tree)
		ts_parser_reset(syntax->parser);
	return tree;
}

/* The first function_definition among the children of the root. */
static TSNode find_function(TSNode root)
{
	TSSymbol symbol = nodes()->function_definition;

	for (uint32_t i = 0; i < ts_node_named_child_count(root); i++) {
		TSNode child = ts_node_named_child(root, i);

		if (ts_node_symbol(child) == symbol)
			return child;
	}
	return (TSNode){0};
}

static void read_declarator(TSNode declarator, size_t base, struct syntax_head *head)
{
	const struct nodes *kinds = nodes();
	TSNode outer = {0};

	while (!ts_node_is_null(declarator) && ts_node_symbol(declarator) != kinds->identifier) {
		TSNode inner = node_declarator(declarator);

		if (ts_node_symbol(declarator) == kinds->function_declarator && !ts_node_is_null(inner) &&
		    ts_node_symbol(inner) == kinds->function_declarator)
			outer = inner;
		declarator = inner;
	}
	if (ts_node_is_null(declarator))
		return;
	head->name_at = base + ts_node_start_byte(declarator);
	head->name_length = ts_node_end_byte(declarator) - ts_node_start_byte(declarator);
	if (ts_node_is_null(outer))
		return;
	TSNode list = ts_node_child_by_field_id(outer, kinds->parameters);

	if (ts_node_is_null(list) || ts_node_named_child_count(list) == 0)
		return;
	TSNode argument = ts_node_named_child(list, 0);

	head->made = true;
	head->argument_at = base + ts_node_start_byte(argument);
	head->argument_length = ts_node_end_byte(argument) - ts_node_start_byte(argument);
}

void syntax_head(struct syntax *syntax, const char *text, size_t length, size_t base, struct syntax_head *head)
{
	TSTree *tree = parse(syntax, text, length);

	*head = (struct syntax_head){.name_at = SIZE_MAX};
	if (!tree)
		return;
	TSNode function = find_function(ts_tree_root_node(tree));

	head->errors = ts_node_has_error(ts_tree_root_node(tree));
	if (!ts_node_is_null(function))
		read_declarator(ts_node_child_by_field_id(function, nodes()->declarator), base, head);
	ts_tree_delete(tree);
}

struct visit {
	struct gather *gather;
	const char *text;
	size_t base;
	bool tables;
	size_t errors, first_error, last_error; /* bytes of the file */
	size_t depth;
};

static uint32_t line_of(const struct visit *visit, uint32_t at)
{
	return gather_line_at(visit->gather, visit->base + at);
}

/* Uses are named as they are written, not as they are shown to the parser. */
static void add_use(struct visit *visit, struct uses *uses, TSNode node)
{
	uint32_t at = ts_node_start_byte(node), end = ts_node_end_byte(node);

	if (end > at)
		uses_add(uses, visit->gather->tokens.text + visit->base + at, end - at, line_of(visit, at));
}

static uint32_t last_line_of(const struct visit *visit, TSNode node)
{
	uint32_t end = ts_node_end_byte(node);

	return line_of(visit, end ? end - 1 : 0);
}

static const char *node_text(const struct visit *visit, TSNode node)
{
	uint32_t at = ts_node_start_byte(node);

	return arena_strndup(visit->gather->arena, visit->text + at, ts_node_end_byte(node) - at);
}

static void add_type(struct visit *visit, TSNode node, TSNode name, enum source_type_kind kind, uint32_t members)
{
	if (ts_node_is_null(name) || ts_node_end_byte(name) == ts_node_start_byte(name))
		return;
	vec_add(&visit->gather->types, ((struct source_type){
					       .kind = kind,
					       .name = node_text(visit, name),
					       .condition = visit->gather->item_condition,
					       .line = line_of(visit, ts_node_start_byte(name)),
					       .end_line = last_line_of(visit, node),
					       .members = members,
				       }));
}

static uint32_t count_members(TSNode body)
{
	uint32_t count = ts_node_named_child_count(body), members = 0;

	for (uint32_t i = 0; i < count; i++) {
		TSSymbol symbol = ts_node_symbol(ts_node_named_child(body, i));

		members += symbol == nodes()->field_declaration || symbol == nodes()->enumerator;
	}
	return members;
}

/* struct x { ... }: a definition; struct x alone is none. */
static void visit_tagged(struct visit *visit, TSNode node, enum source_type_kind kind)
{
	TSNode body = ts_node_child_by_field_id(node, nodes()->body);

	if (!ts_node_is_null(body))
		add_type(visit, node, ts_node_child_by_field_id(node, nodes()->name), kind, count_members(body));
}

static void visit_typedef(struct visit *visit, TSNode node)
{
	for (uint32_t i = 0; i < ts_node_child_count(node); i++) {
		TSNode declarator = ts_node_child(node, i);

		if (!node_is_field(node, i, nodes()->declarator))
			continue;
		while (!ts_node_is_null(declarator) && ts_node_symbol(declarator) != nodes()->type_identifier)
			declarator = node_declarator(declarator);
		if (!ts_node_is_null(declarator))
			add_type(visit, node, declarator, SOURCE_TYPEDEF, 0);
	}
}

static void visit_call(struct visit *visit, TSNode node)
{
	TSNode function = ts_node_child_by_field_id(node, nodes()->function);

	if (!ts_node_is_null(function) && ts_node_symbol(function) == nodes()->identifier)
		add_use(visit, &visit->gather->calls, function);
}

static void note_error(struct visit *visit, TSNode node)
{
	size_t at = visit->base + ts_node_start_byte(node), end = visit->base + ts_node_end_byte(node);

	if (visit->errors++ == 0)
		visit->first_error = at;
	if (end > visit->last_error)
		visit->last_error = end;
}

static void visit_node(struct visit *visit, TSNode node)
{
	const struct nodes *kinds = nodes();
	TSSymbol symbol = ts_node_symbol(node);

	if (symbol == kinds->error || ts_node_is_missing(node))
		note_error(visit, node);
	else if (symbol == kinds->call_expression && !visit->tables)
		visit_call(visit, node);
	else if (symbol == kinds->type_identifier)
		add_use(visit, &visit->gather->type_uses, node);
	else if (symbol == kinds->struct_specifier)
		visit_tagged(visit, node, SOURCE_STRUCT);
	else if (symbol == kinds->union_specifier)
		visit_tagged(visit, node, SOURCE_UNION);
	else if (symbol == kinds->enum_specifier)
		visit_tagged(visit, node, SOURCE_ENUM);
	else if (symbol == kinds->type_definition)
		visit_typedef(visit, node);
	else if (symbol == kinds->declaration && visit->tables)
		table_gather(visit->gather, visit->text, visit->base, node);
}

/* Every node once, without recursion: trees are as deep as their text wants. */
static void visit_all(struct visit *visit, TSNode root)
{
	TSTreeCursor cursor = ts_tree_cursor_new(root);
	bool more = true;

	while (more) {
		visit_node(visit, ts_tree_cursor_current_node(&cursor));
		if (ts_tree_cursor_goto_first_child(&cursor))
			continue;
		while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
			if (!ts_tree_cursor_goto_parent(&cursor)) {
				more = false;
				break;
			}
		}
	}
	ts_tree_cursor_delete(&cursor);
}

void syntax_definition(struct gather *gather, const char *text, size_t length, size_t base, const char *what,
		       bool tables)
{
	struct visit visit = {.gather = gather, .text = text, .base = base, .tables = tables};
	TSTree *tree = parse(gather->syntax, text, length);
	uint32_t line = gather_line_at(gather, base);

	if (!tree) {
		gather_problem(gather, PROBLEM_TIME, line, gather_line_at(gather, base + length - 1),
			       "%s: too long to be read", what);
		return;
	}
	visit_all(&visit, ts_tree_root_node(tree));
	ts_tree_delete(tree);
	if (visit.errors)
		gather_problem(gather, PROBLEM_SYNTAX, gather_line_at(gather, visit.first_error),
			       gather_line_at(gather, visit.last_error > base ? visit.last_error - 1 : base),
			       "%s: %zu place%s that %s no plain C", what, visit.errors, visit.errors == 1 ? "" : "s",
			       visit.errors == 1 ? "is" : "are");
}

#endif
