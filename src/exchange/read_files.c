// SPDX-License-Identifier: GPL-2.0-or-later
/* A line of kind "object": compiled files, initcalls, exports, and what a kernel can do about probes. */
#include "atlas/attach.h"
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

static struct error *read_export(struct reader *reader, const json_t *item, uint32_t object)
{
	struct fact_export export = {.function = NO_INDEX, .object = object};
	const char *name = NULL, *namespace = NULL, *file = NULL;
	struct intern *strings = &reader->facts->strings;
	uint64_t crc = 0;

	if (!json_is_object(item))
		return error_new(ERROR_INPUT, "\"exports\" must be a list of objects; it holds %s",
				 value_type_text(item));
	TRY(value_name(item, "name", &name));
	TRY(value_text(item, "namespace", &namespace));
	TRY(value_text(item, "file", &file));
	TRY(value_bool(item, "gpl", &export.gpl));
	TRY(value_address(item, "crc", &crc));
	if (crc > UINT32_MAX)
		return error_new(ERROR_INPUT, "export '%.80s': \"crc\" has 32 bits", name);
	export.name = intern(strings, name);
	export.namespace = intern(strings, namespace);
	export.file = intern(strings, file);
	export.crc = (uint32_t)crc;
	vec_add(&reader->facts->exports, export);
	return NULL;
}

static struct error *read_exports(struct reader *reader, const json_t *line, uint32_t object)
{
	const json_t *list = NULL;

	TRY(value_list(line, "exports", &list));
	reader->facts->objects.items[object].exports_read = list != NULL;
	for (size_t i = 0; i < json_array_size(list); i++)
		TRY(read_export(reader, json_array_get(list, i), object));
	return NULL;
}

struct error *read_words(const json_t *owner, const char *key, const char *(*word)(unsigned bit), uint16_t *bits)
{
	const json_t *list = NULL;

	*bits = 0;
	TRY(value_list(owner, key, &list));
	if (!list)
		return NULL;
	/* Bit 0: there is something to know. */
	uint16_t found = 1;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);
		unsigned bit = 1;

		if (!json_is_string(item))
			return error_new(ERROR_INPUT, "\"%s\" must be a list of words; it holds %s", key,
					 value_type_text(item));
		while (word(bit) && !str_eq(word(bit), json_string_value(item)))
			bit++;
		/* What a word of another release means is not known, and so is what it is evidence of. */
		if (!word(bit))
			return NULL;
		found |= (uint16_t)(1u << bit);
	}
	*bits = found;
	return NULL;
}

static bool is_known(const struct fact_object *object)
{
	return object->units_read || object->inits_read || object->exports_read || object->gates;
}

struct error *read_files(struct reader *reader, const json_t *line)
{
	const char *module = NULL;
	const json_t *list = NULL;

	TRY(value_text(line, "module", &module));
	uint32_t object = reader_object(reader, module);

	if (is_known(&reader->facts->objects.items[object]))
		return error_new(ERROR_INPUT, "object '%.80s' comes twice", module ? module : VMLINUX);
	TRY(read_units(reader, line, object));
	TRY(value_list(line, "initcalls", &list));
	reader->facts->objects.items[object].inits_read = list != NULL;
	for (size_t i = 0; i < json_array_size(list); i++)
		TRY(read_initcall(reader, json_array_get(list, i), object));
	TRY(read_words(line, "gates", attach_gate_word, &reader->facts->objects.items[object].gates));
	return read_exports(reader, line, object);
}
