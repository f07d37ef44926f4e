/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef EXCHANGE_WRITE_CALLERS_H
#define EXCHANGE_WRITE_CALLERS_H

#include "atlas/function.h"
#include "atlas/json_writer.h"

/* "caller", and its parts where that could be split in more than one way. */
void write_caller_keys(struct json_writer *json, const struct site *site);
/* Calls from other objects, those of `imported` unless it is NULL, follow the object's own. */
void write_callers(struct json_writer *json, const struct instance *instance, const struct function *imported);

#endif
