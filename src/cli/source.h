/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLI_SOURCE_H
#define CLI_SOURCE_H

#include "atlas/json_writer.h"
#include "atlas/source.h"

/* One line. */
void source_print_json(struct json_writer *json, const struct source_file *file);

#endif
