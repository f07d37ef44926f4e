/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Members of a JSON object by key and type.  A member that is absent or null
 * leaves the result as it was; one of another type is an error that names it.
 * Texts are borrowed from the object.
 */
#ifndef EXCHANGE_VALUE_H
#define EXCHANGE_VALUE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "atlas/error.h"

/* What an error calls the type of `value`: "a string". */
const char *value_type_text(const json_t *value);

struct error *value_text(const json_t *object, const char *key, const char **ret) MUST_CHECK;
/* The same, but it must be there and not empty. */
struct error *value_name(const json_t *object, const char *key, const char **ret) MUST_CHECK;
struct error *value_bool(const json_t *object, const char *key, bool *ret) MUST_CHECK;
struct error *value_number(const json_t *object, const char *key, uint64_t max, uint64_t *ret) MUST_CHECK;
/* A string "0x...". */
struct error *value_address(const json_t *object, const char *key, uint64_t *ret) MUST_CHECK;
struct error *value_list(const json_t *object, const char *key, const json_t **ret) MUST_CHECK;
struct error *value_object(const json_t *object, const char *key, const json_t **ret) MUST_CHECK;

#endif
