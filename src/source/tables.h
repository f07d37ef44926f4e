/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Operation tables: initialised structs with functions in their fields. */
#ifndef SOURCE_TABLES_H
#define SOURCE_TABLES_H

#include <tree_sitter/api.h>

#include "source/gather.h"

/* The tables of one declaration; some may turn out to be none, see tables_settle(). */
void table_gather(struct gather *gather, const char *text, size_t base, TSNode declaration);

#endif
