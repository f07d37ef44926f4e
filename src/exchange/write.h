/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the writers of the stream's parts share. */
#ifndef EXCHANGE_WRITE_H
#define EXCHANGE_WRITE_H

#include "atlas/exchange.h"

/* "caller", and its parts where that could be split in more than one way. */
void write_caller_keys(struct json_writer *json, const struct site *site);
/* "module", unless it is vmlinux. */
void write_module(struct json_writer *json, const char *object);
/* write_files.c: a list of the words of the bits; nothing if none is set. */
void write_words(struct json_writer *json, const char *key, uint16_t bits, const char *(*word)(unsigned bit));
/* write_taken.c: "taken" of a line, unless nothing is known. */
void write_places_taken(struct json_writer *json, const struct function *const *functions, size_t count);

#endif
