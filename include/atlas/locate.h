/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: scan */
/* From an address of a trace or an oops to function, inline chain and line. */
#ifndef ATLAS_LOCATE_H
#define ATLAS_LOCATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "atlas/error.h"
#include "atlas/mem.h"

/* One function the address stands in; the innermost inlined one first. */
struct location_frame {
	const char *function; /* NULL unknown */
	const char *file;     /* NULL unknown */
	uint32_t line;	      /* 0 unknown */
};

struct location {
	uint64_t address;    /* in a module: of the section */
	const char *section; /* module only */
	const char *symbol;  /* the symbol that holds the address, NULL none */
	uint64_t offset;     /* into the symbol */
	uint64_t size_bytes; /* of the symbol */
	const struct location_frame *frames;
	size_t frame_count; /* 0: no DWARF there */
};

struct located_object;

/*
 * Opens the vmlinux or module at `path`; `build_id` (NULL: any) must be its
 * build id, since addresses of another build would answer wrongly.
 */
struct error *located_object_open(const char *path, const char *build_id, struct located_object **object) MUST_CHECK;
/* The same from memory, which must stay until it is closed. */
struct error *located_object_open_memory(const char *path, const void *bytes, size_t size_bytes, const char *build_id,
					 struct located_object **object) MUST_CHECK;
void located_object_close(struct located_object *object);

/*
 * `where`: ADDRESS (0x..., vmlinux only) or SYMBOL[+0xOFFSET[/0xSIZE]].  What of
 * several symbols of that name is meant is told by SIZE; else all are answered.
 * `return_address`: the line is that of the call in front of it.
 */
struct error *locate(struct located_object *object, const char *where, bool return_address, struct arena *arena,
		     const struct location **locations, size_t *count) MUST_CHECK;

#endif
