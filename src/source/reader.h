/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All files of a tree into an index: one thread finds them, others read and parse. */
#ifndef SOURCE_READER_H
#define SOURCE_READER_H

#include "source/index_writer.h"
#include "source/place.h"

struct reading {
	const struct place *place;
	const struct source_options *options;
	const struct index *old; /* of an earlier run; may be empty */
	struct index_writer *writer;
	struct source_counts counts;
	char *version; /* of the tree's Makefile; owned; NULL: it has none */
};

struct error *reader_run(struct reading *reading) MUST_CHECK;

#endif
