/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef EXCHANGE_WRITE_TAKEN_H
#define EXCHANGE_WRITE_TAKEN_H

#include "atlas/function.h"
#include "atlas/json_writer.h"

/* "taken" of a line, unless nothing is known. */
void write_places_taken(struct json_writer *json, const struct function *const *functions, size_t count);

#endif
