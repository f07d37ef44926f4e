// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader.h"

void reader_init(struct reader *reader, struct facts *facts, struct str *warnings)
{
	*reader = (struct reader){.facts = facts, .warnings = warnings};
	intern_init(&reader->callers);
	intern_init(&reader->chains);
	reader_object(reader, VMLINUX);
}

void reader_fini(struct reader *reader)
{
	intern_fini(&reader->callers);
	intern_fini(&reader->chains);
	vec_free(&reader->functions);
	vec_free(&reader->objects);
}

static uint32_t row_of(const row_by_name *rows, str_id name)
{
	return name < rows->count ? rows->items[name] : NO_INDEX;
}

static void set_row(row_by_name *rows, str_id name, size_t row)
{
	while (rows->count <= name)
		vec_add(rows, NO_INDEX);
	rows->items[name] = (uint32_t)row;
}

uint32_t reader_object(struct reader *reader, const char *name)
{
	struct facts *facts = reader->facts;
	str_id id = intern(&facts->strings, name ? name : VMLINUX);
	uint32_t row = row_of(&reader->objects, id);

	if (row != NO_INDEX)
		return row;
	row = (uint32_t)facts->objects.count;
	*vec_push(&facts->objects) = (struct fact_object){.name = id};
	set_row(&reader->objects, id, row);
	return row;
}

uint32_t reader_function(const struct reader *reader, str_id name)
{
	return row_of(&reader->functions, name);
}

struct fact_function *reader_add_function(struct reader *reader, str_id name)
{
	struct facts *facts = reader->facts;

	set_row(&reader->functions, name, facts->functions.count);
	struct fact_function *function = vec_push(&facts->functions);

	*function = (struct fact_function){
		.name = name,
		.first_instance = (uint32_t)facts->instances.count,
		.first_symbol = (uint32_t)facts->symbols.count,
		.prototype = NO_INDEX,
	};
	return function;
}

str_id reader_caller(struct reader *reader, struct caller caller)
{
	return intern_n(&reader->callers, (const char *)&caller, sizeof(caller));
}
