// SPDX-License-Identifier: GPL-2.0-or-later
#include "value.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define ADDRESS_DIGITS 16

const char *value_type_text(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return "an object";
	case JSON_ARRAY:
		return "a list";
	case JSON_STRING:
		return "a string";
	case JSON_INTEGER:
		return "a number";
	case JSON_REAL:
		return "a real number";
	case JSON_TRUE:
	case JSON_FALSE:
		return "true or false";
	case JSON_NULL:
		return "null";
	}
	return "unknown";
}

static const json_t *member(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_null(value) ? NULL : value;
}

static struct error *wrong_type(const char *key, const char *wanted, const json_t *value)
{
	return error_new(ERROR_INPUT, "\"%s\" must be %s, not %s", key, wanted, value_type_text(value));
}

struct error *value_text(const json_t *object, const char *key, const char **ret)
{
	const json_t *value = member(object, key);

	if (!value)
		return NULL;
	if (!json_is_string(value))
		return wrong_type(key, "a string", value);
	*ret = json_string_value(value);
	return NULL;
}

struct error *value_name(const json_t *object, const char *key, const char **ret)
{
	const char *text = NULL;

	TRY(value_text(object, key, &text));
	if (!text)
		return error_new(ERROR_INPUT, "\"%s\" is missing", key);
	if (!*text)
		return error_new(ERROR_INPUT, "\"%s\" is empty", key);
	*ret = text;
	return NULL;
}

struct error *value_bool(const json_t *object, const char *key, bool *ret)
{
	const json_t *value = member(object, key);

	if (!value)
		return NULL;
	if (!json_is_boolean(value))
		return wrong_type(key, "true or false", value);
	*ret = json_is_true(value);
	return NULL;
}

struct error *value_number(const json_t *object, const char *key, uint64_t max, uint64_t *ret)
{
	const json_t *value = member(object, key);

	if (!value)
		return NULL;
	if (!json_is_integer(value))
		return wrong_type(key, "a whole number", value);
	json_int_t number = json_integer_value(value);

	if (number < 0 || (uint64_t)number > max)
		return error_new(ERROR_INPUT, "\"%s\" must be from 0 to %" PRIu64 ", not %" JSON_INTEGER_FORMAT, key,
				 max, number);
	*ret = (uint64_t)number;
	return NULL;
}

struct error *value_address(const json_t *object, const char *key, uint64_t *ret)
{
	const char *text = NULL;

	TRY(value_text(object, key, &text));
	if (!text)
		return NULL;
	const char *digits = text + 2;

	if (strncmp(text, "0x", 2) != 0 || strspn(digits, "0123456789abcdefABCDEF") != strlen(digits) || !*digits ||
	    strlen(digits) > ADDRESS_DIGITS)
		return error_new(ERROR_INPUT, "\"%s\" must be \"0x\" and up to %d hexadecimal digits, not \"%.40s\"",
				 key, ADDRESS_DIGITS, text);
	*ret = strtoull(digits, NULL, 16);
	return NULL;
}

struct error *value_list(const json_t *object, const char *key, const json_t **ret)
{
	const json_t *value = member(object, key);

	if (!value)
		return NULL;
	if (!json_is_array(value))
		return wrong_type(key, "a list", value);
	*ret = value;
	return NULL;
}

struct error *value_object(const json_t *object, const char *key, const json_t **ret)
{
	const json_t *value = member(object, key);

	if (!value)
		return NULL;
	if (!json_is_object(value))
		return wrong_type(key, "an object", value);
	*ret = value;
	return NULL;
}
