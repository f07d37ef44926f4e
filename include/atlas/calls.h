/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: model */
/* The calls of one linked object in bulk, as the atlas recorded them: what validation holds against the machine code.
 */
#ifndef ATLAS_CALLS_H
#define ATLAS_CALLS_H

#include <stddef.h>
#include <stdint.h>

#include "atlas/facts.h"

/* One end of a call: an instance.  Texts live as long as the store. */
struct call_end {
	int64_t id;	     /* in the store */
	const char *name;    /* of the function */
	const char *linkage; /* linkage name where it differs, NULL else */
	const char *copy_of; /* symbol its code really stands under, NULL: its own */
	const char *file;    /* unit that defines it, NULL: only declared */
	uint64_t address;    /* entry; with INSTANCE_HAS_ADDRESS */
	uint8_t flags;	     /* enum instance_flag */
};

struct recorded_call {
	uint64_t address; /* return address, else the call's own; 0 unknown */
	uint32_t callee;  /* index into `ends` */
	uint32_t caller;
	uint8_t kind;  /* enum edge_kind, never EDGE_INLINED */
	uint8_t flags; /* enum edge_flag */
};

struct recorded_calls {
	const char *path;     /* where the object was read from; NULL: imported */
	const char *build_id; /* NULL unknown */
	int64_t object_id;
	struct call_end *ends; /* every instance of the object, ascending ids */
	size_t end_count;
	struct recorded_call *calls;
	size_t call_count;
};

#endif
