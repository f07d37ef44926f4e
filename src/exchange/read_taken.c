// SPDX-License-Identifier: GPL-2.0-or-later
/* Places that hold a function's address: elements of "taken", and to which functions they lead in the end. */
#include <stdlib.h>

#include "reader.h"
#include "value.h"

static str_id text_id(struct reader *reader, const char *text)
{
	return text ? intern(&reader->facts->strings, text) : 0;
}

static struct error *read_data(struct reader *reader, const json_t *item, const char *data, struct fact_taken *taken)
{
	const char *field = NULL, *file = NULL;

	TRY(value_text(item, "field", &field));
	TRY(value_text(item, "file", &file));
	taken->kind = TAKEN_DATA;
	taken->data = text_id(reader, data);
	taken->field = text_id(reader, field);
	taken->file = text_id(reader, file);
	return NULL;
}

static struct error *read_code(struct reader *reader, const json_t *item, struct pending_taken *pending)
{
	struct caller caller = {.object = pending->taken.object};
	const char *label = NULL, *part = NULL;

	pending->taken.kind = TAKEN_CODE;
	TRY(value_text(item, "label", &label));
	if (label) {
		pending->taken.data = *label ? text_id(reader, label) : 0;
		return NULL;
	}
	TRY(reader_caller_name(reader, item, &caller));
	TRY(value_text(item, "part", &part));
	pending->taken.data = text_id(reader, part);
	pending->taken.file = caller.path;
	pending->holder = caller.name;
	/* A holder that no line describes is mentioned, like a caller. */
	reader_caller(reader, caller);
	return NULL;
}

/* Whose address it is, where the name alone does not say it. */
static struct error *read_target(struct reader *reader, const json_t *item, struct pending_taken *pending)
{
	const char *of = NULL, *symbol = NULL;

	TRY(value_text(item, "of", &of));
	pending->of = reader_object(reader, of);
	TRY(value_text(item, "symbol", &symbol));
	pending->symbol = text_id(reader, symbol);
	TRY(value_address(item, "address", &pending->address));
	return reader_address(reader, item, pending->of, &pending->address);
}

static struct error *read_place(struct reader *reader, const json_t *item)
{
	struct pending_taken pending = {
		.taken = {.function = NO_INDEX, .symbol = NO_INDEX, .holder = NO_INDEX},
		.name = reader->facts->functions.items[reader->facts->functions.count - 1].name,
	};
	const char *data = NULL, *module = NULL;
	uint64_t offset = 0;

	if (!json_is_object(item))
		return error_new(ERROR_INPUT, "it must be an object, not %s", value_type_text(item));
	TRY(value_text(item, "module", &module));
	pending.taken.object = reader_object(reader, module);
	TRY(value_number(item, "offset", UINT32_MAX, &offset));
	pending.taken.offset = (uint32_t)offset;
	TRY(value_text(item, "data", &data));
	if (data && !*data)
		return error_new(ERROR_INPUT, "\"data\" is empty");
	if (data)
		TRY(read_data(reader, item, data, &pending.taken));
	else
		TRY(read_code(reader, item, &pending));
	TRY(read_target(reader, item, &pending));
	vec_add(&reader->taken, pending);
	return NULL;
}

struct error *read_taken(struct reader *reader, const json_t *line)
{
	const json_t *list = NULL;

	TRY(value_list(line, "taken", &list));
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct error *err = read_place(reader, json_array_get(list, i));

		if (err)
			return error_prefix(err, "\"taken\" %zu", i + 1);
	}
	return NULL;
}

static struct error *read_searched_list(struct reader *reader, const json_t *line, const char *key, bool code)
{
	const json_t *list = NULL;

	TRY(value_list(line, key, &list));
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		if (!json_is_string(item) || json_string_length(item) == 0)
			return error_new(ERROR_INPUT, "\"%s\" must be a list of names", key);
		/* It may be new and move the others. */
		uint32_t row = reader_object(reader, json_string_value(item));
		struct fact_object *object = &reader->facts->objects.items[row];

		object->taken_data = true;
		object->taken_code |= code;
	}
	return NULL;
}

struct error *read_searched(struct reader *reader, const json_t *line)
{
	TRY(read_searched_list(reader, line, "taken_data", false));
	return read_searched_list(reader, line, "taken_code", true);
}

/* Functions by name and object, now that each is of one object. */
struct owner_key {
	str_id name;
	uint32_t object;
};

struct owners {
	struct intern keys;	 /* of the bytes of a struct owner_key */
	VEC(uint32_t) functions; /* by key id */
};

static void add_owner(struct owners *owners, str_id name, uint32_t object, uint32_t function)
{
	const struct owner_key key = {name, object};
	str_id id = intern_n(&owners->keys, (const char *)&key, sizeof(key));

	while (owners->functions.count <= id)
		vec_add(&owners->functions, NO_INDEX);
	if (owners->functions.items[id] == NO_INDEX)
		owners->functions.items[id] = function;
}

/* In that object, else the first of the name. */
static uint32_t find_owner(struct owners *owners, str_id name, uint32_t object)
{
	const struct owner_key exact = {name, object}, any = {name, NO_INDEX};
	str_id ids[] = {
		intern_n(&owners->keys, (const char *)&exact, sizeof(exact)),
		intern_n(&owners->keys, (const char *)&any, sizeof(any)),
	};

	for (size_t i = 0; i < ARRAY_LEN(ids); i++)
		if (ids[i] < owners->functions.count && owners->functions.items[ids[i]] != NO_INDEX)
			return owners->functions.items[ids[i]];
	return NO_INDEX;
}

static uint32_t find_target_symbol(const struct facts *facts, uint32_t function, const struct pending_taken *pending)
{
	const struct fact_function *of = &facts->functions.items[function];

	/* A function's only symbol needs no telling. */
	if (!pending->symbol)
		return of->symbols == 1 ? of->first_symbol : NO_INDEX;
	for (uint32_t i = 0; i < of->symbols; i++) {
		const struct fact_symbol *symbol = &facts->symbols.items[of->first_symbol + i];

		if (symbol->name == pending->symbol && symbol->address == pending->address)
			return of->first_symbol + i;
	}
	return NO_INDEX;
}

static int by_function(const void *a, const void *b)
{
	const struct fact_taken *x = a, *y = b;

	if (x->function != y->function)
		return x->function < y->function ? -1 : 1;
	/* No addresses here: they stay in the order of the stream. */
	return x->address < y->address ? -1 : x->address > y->address;
}

/* An exported function is one of its own object; what none is, is a variable. */
static void resolve_exports(struct facts *facts, struct owners *owners)
{
	for (size_t i = 0; i < facts->exports.count; i++) {
		struct fact_export *export = &facts->exports.items[i];
		const struct owner_key key = {export->name, export->object};
		str_id id = intern_n(&owners->keys, (const char *)&key, sizeof(key));

		if (id < owners->functions.count && !export->file)
			export->function = owners->functions.items[id];
	}
}

void reader_resolve_taken(struct reader *reader)
{
	struct facts *facts = reader->facts;
	struct owners owners = {0};

	if (reader->taken.count == 0 && facts->exports.count == 0)
		return;
	intern_init(&owners.keys);
	for (size_t i = 0; i < facts->functions.count; i++) {
		str_id name = facts->functions.items[i].name;

		add_owner(&owners, name, facts_object_of(facts, (uint32_t)i), (uint32_t)i);
		add_owner(&owners, name, NO_INDEX, (uint32_t)i);
	}
	resolve_exports(facts, &owners);
	for (size_t i = 0; i < reader->taken.count; i++) {
		const struct pending_taken *pending = &reader->taken.items[i];
		struct fact_taken taken = pending->taken;

		taken.address = i;
		taken.function = find_owner(&owners, pending->name, pending->of);
		taken.symbol = find_target_symbol(facts, taken.function, pending);
		if (pending->holder)
			taken.holder = find_owner(&owners, pending->holder, taken.object);
		vec_add(&facts->taken, taken);
	}
	if (facts->taken.count)
		qsort(facts->taken.items, facts->taken.count, sizeof(*facts->taken.items), by_function);
	for (size_t i = 0; i < facts->taken.count; i++)
		facts->taken.items[i].address = 0;
	intern_fini(&owners.keys);
	vec_free(&owners.functions);
}
