// SPDX-License-Identifier: GPL-2.0-or-later
#ifdef ATLASGEN_TREE_SITTER
#include "source/syntax_nodes.h"

#include <pthread.h>
#include <string.h>

const TSLanguage *tree_sitter_c(void);

static struct nodes known;

static TSSymbol symbol(const TSLanguage *language, const char *name)
{
	return ts_language_symbol_for_name(language, name, (uint32_t)strlen(name), true);
}

static TSFieldId field(const TSLanguage *language, const char *name)
{
	return ts_language_field_id_for_name(language, name, (uint32_t)strlen(name));
}

static void fill(void)
{
	const TSLanguage *language = tree_sitter_c();

#define X(name) known.name = symbol(language, #name);
	NODE_KINDS(X)
#undef X
	known.error = (TSSymbol)-1;
#define X(name) known.name = field(language, #name);
	NODE_FIELDS(X)
#undef X
}

const struct nodes *nodes(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, fill);
	return &known;
}

TSNode node_declarator(TSNode declarator)
{
	TSNode inner = ts_node_child_by_field_id(declarator, nodes()->declarator);

	if (ts_node_is_null(inner) && ts_node_symbol(declarator) == nodes()->parenthesized_declarator)
		inner = ts_node_named_child(declarator, 0);
	return inner;
}

bool node_is_field(TSNode parent, uint32_t child, TSFieldId id)
{
	TSTreeCursor cursor = ts_tree_cursor_new(parent);
	bool found = ts_tree_cursor_goto_first_child(&cursor);

	while (found && child--)
		found = ts_tree_cursor_goto_next_sibling(&cursor);
	found = found && ts_tree_cursor_current_field_id(&cursor) == id;
	ts_tree_cursor_delete(&cursor);
	return found;
}

#endif
