/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys with their values, as all lines of the stream write them. */
#ifndef EXCHANGE_WRITE_VALUES_H
#define EXCHANGE_WRITE_VALUES_H

#include "atlas/json_writer.h"

/* "module", unless it is vmlinux. */
void write_module(struct json_writer *json, const char *object);
/* A list of the words of the bits; nothing if none is set. */
void write_words(struct json_writer *json, const char *key, uint16_t bits, const char *(*word)(unsigned bit));

#endif
