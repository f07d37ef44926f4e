/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The numbers tree-sitter's C grammar gives to what is looked for. */
#ifndef SOURCE_SYNTAX_NODES_H
#define SOURCE_SYNTAX_NODES_H

#include <stdbool.h>
#include <tree_sitter/api.h>

#define NODE_KINDS(X)               \
	X(identifier)               \
	X(type_identifier)          \
	X(function_definition)      \
	X(function_declarator)      \
	X(parenthesized_declarator) \
	X(struct_specifier)         \
	X(union_specifier)          \
	X(enum_specifier)           \
	X(type_definition)          \
	X(declaration)              \
	X(init_declarator)          \
	X(initializer_list)         \
	X(initializer_pair)         \
	X(field_designator)         \
	X(field_declaration)        \
	X(enumerator)               \
	X(call_expression)          \
	X(cast_expression)          \
	X(parenthesized_expression) \
	X(pointer_expression)

#define NODE_FIELDS(X) \
	X(declarator)  \
	X(parameters)  \
	X(body)        \
	X(name)        \
	X(type)        \
	X(value)       \
	X(designator)  \
	X(function)    \
	X(arguments)   \
	X(argument)

struct nodes {
#define X(name) TSSymbol name;
	NODE_KINDS(X)
#undef X
	TSSymbol error;
#define X(name) TSFieldId name;
	NODE_FIELDS(X)
#undef X
};

/* Static; filled by the first call, for any thread. */
const struct nodes *nodes(void);
/* The declarator within a declarator, (*x)'s too; null at its end. */
TSNode node_declarator(TSNode declarator);
/* Whether the child of that number stands in the field. */
bool node_is_field(TSNode parent, uint32_t child, TSFieldId field);

#endif
