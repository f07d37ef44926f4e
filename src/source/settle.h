/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What can be told of a file only when all of it was read. */
#ifndef SOURCE_SETTLE_H
#define SOURCE_SETTLE_H

#include "source/gather.h"

/* Leaves the tables that are some: of a type of operations, or with functions of this file. */
void settle_tables(struct gather *gather);
/* The piece of the file that shows best what it is for. */
struct source_snippet settle_snippet(const struct gather *gather);

#endif
