// SPDX-License-Identifier: GPL-2.0-or-later
/* Callers: "CU path:function", or an object with what else is known of the site. */
#include <string.h>

#include "reader.h"
#include "value.h"

/* The last colon separates: the name of a C function has none, a path may. */
static struct error *split_caller(struct reader *reader, const char *text, size_t length, struct caller *ret)
{
	struct intern *strings = &reader->facts->strings;
	const char *colon = memrchr(text, ':', length);

	if (!colon)
		return error_new(ERROR_INPUT, "caller \"%.200s\" is not of the form \"path:function\"", text);
	const char *name = colon + 1;

	if (!*name)
		return error_new(ERROR_INPUT, "caller \"%.200s\" names no function", text);
	ret->path = intern_n(strings, text, (size_t)(colon - text));
	ret->name = intern_n(strings, name, length - (size_t)(name - text));
	return NULL;
}

/* "path" and "name" are said apart where "caller" could be split in more than one way. */
struct error *reader_caller_name(struct reader *reader, const json_t *item, struct caller *ret)
{
	const char *caller = NULL, *path = NULL, *name = NULL;

	TRY(value_text(item, "name", &name));
	if (!name) {
		TRY(value_name(item, "caller", &caller));
		return split_caller(reader, caller, strlen(caller), ret);
	}
	TRY(value_name(item, "name", &name));
	TRY(value_text(item, "path", &path));
	ret->name = intern(&reader->facts->strings, name);
	ret->path = intern(&reader->facts->strings, path);
	return NULL;
}

/* The chain `name` below `parent`: one row however many sites stand in it. */
static uint32_t add_chain(struct reader *reader, uint32_t parent, const char *name)
{
	struct fact_chain chain = {parent, intern(&reader->facts->strings, name)};
	str_id id = intern_n(&reader->chains, (const char *)&chain, sizeof(chain));

	if (id > reader->facts->chains.count)
		vec_add(&reader->facts->chains, chain);
	return id - 1;
}

static struct error *read_through(struct reader *reader, const json_t *item, uint32_t *ret)
{
	const json_t *list = NULL;

	TRY(value_list(item, "through", &list));
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *name = json_array_get(list, i);

		if (!json_is_string(name) || json_string_length(name) == 0)
			return error_new(ERROR_INPUT, "\"through\" must be a list of names");
		*ret = add_chain(reader, *ret, json_string_value(name));
	}
	return NULL;
}

static struct error *read_kind(const json_t *item, struct fact_edge *edge)
{
	const char *via = NULL;
	bool tail = false, self = false, code = false;

	TRY(value_bool(item, "tail", &tail));
	TRY(value_bool(item, "code", &code));
	TRY(value_bool(item, "self", &self));
	TRY(value_text(item, "via", &via));
	code |= str_eq(via, "code");
	if (edge->kind == EDGE_INLINED && (tail || code))
		return error_new(ERROR_INPUT, "an inlined copy is no call: \"tail\" and \"code\" mean nothing");
	if (str_eq(via, "copy"))
		edge->flags |= EDGE_COPY;
	else if (via && !str_eq(via, "code"))
		return error_new(ERROR_INPUT, "\"via\" must be copy or code, not \"%.40s\"", via);
	if (code)
		edge->kind = EDGE_CODE;
	if (tail)
		edge->kind = EDGE_TAIL;
	if (self)
		edge->flags |= EDGE_SELF;
	return NULL;
}

static struct fact_instance *last_instance(struct reader *reader)
{
	return &reader->facts->instances.items[reader->facts->instances.count - 1];
}

/* The facts know one linkage name an instance. */
static struct error *set_linkage(struct reader *reader, const char *symbol)
{
	struct fact_instance *callee = last_instance(reader);
	str_id id = intern(&reader->facts->strings, symbol);

	if (callee->linkage && callee->linkage != id)
		return error_new(ERROR_INPUT, "\"symbol\" says %.200s here and %.200s before", symbol,
				 intern_text(&reader->facts->strings, callee->linkage));
	callee->linkage = id;
	return NULL;
}

static struct error *read_site(struct reader *reader, const json_t *item, struct caller *caller, struct fact_edge *edge)
{
	const char *module = NULL, *symbol = NULL;
	uint64_t line = 0;

	TRY(reader_caller_name(reader, item, caller));
	TRY(read_kind(item, edge));
	TRY(read_through(reader, item, &edge->chain));
	TRY(value_number(item, "line", UINT32_MAX, &line));
	TRY(value_address(item, "address", &edge->address));
	TRY(value_text(item, "module", &module));
	TRY(value_text(item, "symbol", &symbol));
	edge->line = (uint32_t)line;
	caller->object = reader_object(reader, module);
	TRY(reader_address(reader, item, caller->object, &edge->address));
	return symbol ? set_linkage(reader, symbol) : NULL;
}

static struct error *read_caller(struct reader *reader, const json_t *item, enum edge_kind kind)
{
	struct caller caller = {.object = reader_object(reader, NULL)};
	struct fact_edge edge = {
		.callee = (uint32_t)(reader->facts->instances.count - 1),
		.chain = NO_INDEX,
		.kind = (uint8_t)kind,
	};

	if (json_is_string(item))
		TRY(split_caller(reader, json_string_value(item), json_string_length(item), &caller));
	else if (json_is_object(item))
		TRY(read_site(reader, item, &caller, &edge));
	else
		return error_new(ERROR_INPUT, "a caller must be a string or an object, not %s", value_type_text(item));
	edge.caller = reader_caller(reader, caller);
	vec_add(&reader->facts->edges, edge);
	return NULL;
}

static struct error *read_list(struct reader *reader, const json_t *instance, const char *key, enum edge_kind kind,
			       uint32_t *count)
{
	const json_t *list = NULL;

	TRY(value_list(instance, key, &list));
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		struct error *err = read_caller(reader, item, kind);

		if (err)
			return error_prefix(err, "\"%s\" %zu", key, i + 1);
	}
	*count = (uint32_t)json_array_size(list);
	return NULL;
}

struct error *read_callers(struct reader *reader, const json_t *instance)
{
	uint32_t inlined = 0, calls = 0;

	TRY(read_list(reader, instance, "inline_callers", EDGE_INLINED, &inlined));
	TRY(read_list(reader, instance, "direct_callers", EDGE_DIRECT, &calls));
	last_instance(reader)->inlined_edges = inlined;
	last_instance(reader)->call_edges = calls;
	return NULL;
}
