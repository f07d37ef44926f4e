// SPDX-License-Identifier: GPL-2.0-or-later
/* From a compiled template and values to text. */
#include "template_parts.h"

/* Where names are looked up: the innermost item first, then what it stands in. */
struct scope {
	const struct value *item;
	const struct scope *outer;
};

struct run {
	struct str *out;
	enum escape escape;
};

static const struct value *object_find(const struct object *object, template_key key)
{
	for (uint32_t i = 0; i < object->count; i++)
		if (object->fields[i].key == key)
			return &object->fields[i].value;
	return NULL;
}

static const struct value *scope_find(const struct scope *scope, template_key key)
{
	if (key == KEY_ITEM)
		return scope->item;
	for (; scope; scope = scope->outer) {
		if (scope->item->kind != VALUE_OBJECT)
			continue;
		const struct value *found = object_find(scope->item->object, key);

		if (found)
			return found;
	}
	return NULL;
}

static bool is_true(const struct value *value)
{
	if (!value)
		return false;
	switch (value->kind) {
	case VALUE_TEXT:
		return value->length > 0;
	case VALUE_FLAG:
		return value->flag;
	case VALUE_OBJECT:
		return true;
	case VALUE_LIST:
		return value->list->count > 0;
	}
	return false;
}

static void run_nodes(const struct run *run, const struct node *nodes, uint32_t from, uint32_t to,
		      const struct scope *scope);

static void run_section(const struct run *run, const struct node *nodes, uint32_t at, const struct scope *scope)
{
	const struct value *value = scope_find(scope, nodes[at].key);

	if (!is_true(value))
		return;
	if (value->kind == VALUE_LIST) {
		for (uint32_t i = 0; i < value->list->count; i++) {
			struct scope item = {&value->list->items[i], scope};

			run_nodes(run, nodes, at + 1, nodes[at].end, &item);
		}
	} else if (value->kind == VALUE_FLAG) {
		run_nodes(run, nodes, at + 1, nodes[at].end, scope);
	} else {
		struct scope item = {value, scope};

		run_nodes(run, nodes, at + 1, nodes[at].end, &item);
	}
}

static void run_value(const struct run *run, const struct node *node, const struct scope *scope)
{
	const struct value *value = scope_find(scope, node->key);

	if (!value || value->kind != VALUE_TEXT)
		return;
	escape_text(run->out, value->text, value->length, node->kind == NODE_RAW ? ESCAPE_NONE : run->escape);
}

static void run_nodes(const struct run *run, const struct node *nodes, uint32_t from, uint32_t to,
		      const struct scope *scope)
{
	for (uint32_t i = from; i < to; i++) {
		const struct node *node = &nodes[i];

		switch (node->kind) {
		case NODE_TEXT:
			str_addn(run->out, node->text, node->length);
			break;
		case NODE_VALUE:
		case NODE_RAW:
			run_value(run, node, scope);
			break;
		case NODE_SECTION:
			run_section(run, nodes, i, scope);
			i = node->end - 1;
			break;
		case NODE_INVERTED:
			if (!is_true(scope_find(scope, node->key)))
				run_nodes(run, nodes, i + 1, node->end, scope);
			i = node->end - 1;
			break;
		case NODE_PARTIAL:
			run_nodes(run, node->included->nodes.items, 0, (uint32_t)node->included->nodes.count, scope);
			break;
		}
	}
}

void template_run(const struct template *template, const struct object *root, enum escape escape, struct str *out)
{
	struct run run = {out, escape};
	struct value item = {.kind = VALUE_OBJECT};
	struct scope scope = {&item, NULL};
	struct object copy = *root; /* a value holds an object that may change; the copy shares its fields */

	item.object = &copy;
	run_nodes(&run, template->nodes.items, 0, (uint32_t) template->nodes.count, &scope);
}
