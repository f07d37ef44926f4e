/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files of a tree, wherever it is. */
#ifndef SOURCE_FIND_H
#define SOURCE_FIND_H

#include "source/queue.h"
#include "source/reader.h"

/* Puts every file into the queue, and finds the tree's version. */
struct error *find_files(struct reading *reading, struct queue *queue) MUST_CHECK;

#endif
