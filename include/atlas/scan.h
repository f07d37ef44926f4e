/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a vmlinux to facts. */
#ifndef ATLAS_SCAN_H
#define ATLAS_SCAN_H

#include "atlas/decoder.h"
#include "atlas/error.h"
#include "atlas/facts.h"
#include "atlas/str.h"

struct scan_options {
	struct globs names; /* empty: every function */
	/* Overrides of what the image says of itself; NULL: none. */
	const char *version, *revision, *flavor, *arch, *label;
	enum decoder decoder;
	int jobs; /* threads over the units of one image, at least 1 */
};

/* Reads the image at `path` into `facts` (initialised by the caller).  `warnings`: lines, empty if none. */
struct error *scan_vmlinux(const char *path, const struct scan_options *options, struct facts *facts,
			   struct str *warnings) MUST_CHECK;

#endif
