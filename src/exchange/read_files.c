// SPDX-License-Identifier: GPL-2.0-or-later
/* A line of kind "object": compiled files and initcalls. */
#include "reader.h"
#include "value.h"

static struct error *read_units(struct reader *reader, const json_t *line, uint32_t object)
{
	const json_t *list = NULL;

	TRY(value_list(line, "units", &list));
	if (!list)
		return NULL;
	reader->facts->objects.items[object].units_read = true;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		if (!json_is_string(item) || !*json_string_value(item))
			return error_new(ERROR_INPUT, "\"units\" must be a list of paths; it holds %s",
					 value_type_text(item));
		vec_add(&reader->facts->units,
			((struct fact_unit){intern(&reader->facts->strings, json_string_value(item)), object}));
	}
	return NULL;
}

static struct error *read_initcall(struct reader *reader, const json_t *item, uint32_t object)
{
	const char *name = NULL, *level = NULL, *file = NULL, *module = NULL;
	struct intern *strings = &reader->facts->strings;
	uint64_t number = 0;

	if (!json_is_object(item))
		return error_new(ERROR_INPUT, "\"initcalls\" must be a list of objects; it holds %s",
				 value_type_text(item));
	TRY(value_name(item, "name", &name));
	TRY(value_name(item, "level", &level));
	TRY(value_text(item, "file", &file));
	TRY(value_text(item, "kbuild", &module));
	TRY(value_number(item, "line", UINT32_MAX, &number));
	vec_add(&reader->facts->initcalls, ((struct fact_initcall){
						   .name = intern(strings, name),
						   .level = intern(strings, level),
						   .file = intern(strings, file),
						   .module = intern(strings, module),
						   .line = (uint32_t)number,
						   .object = object,
					   }));
	return NULL;
}

struct error *read_files(struct reader *reader, const json_t *line)
{
	const char *module = NULL;
	const json_t *list = NULL;

	TRY(value_text(line, "module", &module));
	uint32_t object = reader_object(reader, module);

	if (reader->facts->objects.items[object].units_read || reader->facts->objects.items[object].inits_read)
		return error_new(ERROR_INPUT, "object '%.80s' comes twice", module ? module : VMLINUX);
	TRY(read_units(reader, line, object));
	TRY(value_list(line, "initcalls", &list));
	reader->facts->objects.items[object].inits_read = list != NULL;
	for (size_t i = 0; i < json_array_size(list); i++)
		TRY(read_initcall(reader, json_array_get(list, i), object));
	return NULL;
}
