/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a vmlinux to facts. */
#ifndef ATLAS_SCAN_H
#define ATLAS_SCAN_H

#include "atlas/error.h"
#include "atlas/facts.h"
#include "atlas/str.h"

enum scan_decoder {
	DECODER_OWN,	  /* src/dwarf/cursor.c */
	DECODER_LIBDWARF, /* src/dwarf/libdwarf.c: slower, independent; the tests hold one against the other */
};

struct scan_options {
	struct globs names; /* empty: every function */
	/* Overrides of what the image says of itself; NULL: none. */
	const char *version, *revision, *flavor, *arch, *label;
	enum scan_decoder decoder;
	int jobs; /* threads over the units of one image, at least 1 */
};

/* Reads the image at `path` into `facts` (initialised by the caller).  `warnings`: lines, empty if none. */
struct error *scan_vmlinux(const char *path, const struct scan_options *options, struct facts *facts,
			   struct str *warnings) MUST_CHECK;

#endif
