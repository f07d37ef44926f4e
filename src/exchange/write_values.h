/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys with their values, as all lines of the stream write them. */
#ifndef EXCHANGE_WRITE_VALUES_H
#define EXCHANGE_WRITE_VALUES_H

#include "atlas/json_writer.h"

/* NULL is written as null. */
void write_text(struct json_writer *json, const char *key, const char *text);
/* Nothing for NULL. */
void write_known_text(struct json_writer *json, const char *key, const char *text);
void write_bool(struct json_writer *json, const char *key, bool value);
/* Nothing for false. */
void write_if(struct json_writer *json, const char *key, bool value);
void write_number(struct json_writer *json, const char *key, uint64_t number);
void write_hex(struct json_writer *json, const char *key, uint64_t number);
/* "module", unless it is vmlinux. */
void write_module(struct json_writer *json, const char *object);
/* A list of the words of the bits; nothing if none is set. */
void write_words(struct json_writer *json, const char *key, uint16_t bits, const char *(*word)(unsigned bit));

#endif
