// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader.h"

#include "value.h"

/* What tells the sections of all modules apart. */
struct section_key {
	uint32_t object;
	str_id name;
};

/* A stream does not say how large sections are, so each has room for any: 4 GiB. */
#define SECTION_ROOM (UINT64_C(1) << 32)

void reader_init(struct reader *reader, struct facts *facts, struct str *warnings)
{
	*reader = (struct reader){.facts = facts, .warnings = warnings};
	intern_init(&reader->callers);
	intern_init(&reader->chains);
	intern_init(&reader->sections);
	reader_object(reader, VMLINUX);
}

void reader_fini(struct reader *reader)
{
	intern_fini(&reader->callers);
	intern_fini(&reader->chains);
	intern_fini(&reader->sections);
	vec_free(&reader->taken);
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

struct error *reader_address(struct reader *reader, const json_t *owner, uint32_t object, uint64_t *address)
{
	struct facts *facts = reader->facts;
	const char *name = NULL;

	TRY(value_text(owner, "section", &name));
	if (!name)
		return NULL;
	if (*address >= SECTION_ROOM)
		return error_new(ERROR_INPUT, "\"address\" is no offset in section %.80s", name);
	const struct section_key key = {object, intern(&facts->strings, name)};
	str_id id = intern_n(&reader->sections, (const char *)&key, sizeof(key));

	if (id > facts->sections.count)
		vec_add(&facts->sections, ((struct fact_section){
						  .base = id * SECTION_ROOM,
						  .size_bytes = SECTION_ROOM - 1,
						  .name = key.name,
						  .object = object,
					  }));
	*address += facts->sections.items[id - 1].base;
	return NULL;
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
