/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layer: check */
/*
 * Do the kernels of an atlas have what something depends on?  The dependencies
 * come from a list, a kernel module, or eBPF objects; the answer is a report
 * with a result for each dependency and image.
 */
#ifndef ATLAS_CHECK_H
#define ATLAS_CHECK_H

#include <stdbool.h>

#include "atlas/error.h"
#include "atlas/report.h"
#include "atlas/store.h"
#include "atlas/str.h"

struct check_options {
	const char *dependencies;   /* path of the list, module, eBPF object or program that holds such */
	struct globs images;	    /* empty: all */
	const char *baseline_image; /* name or glob of one image; NULL: the first that has the dependency */
	const char *baseline_file;  /* compare with this instead; NULL: none */
	const char *write_baseline; /* NULL: none */
	bool layouts;		    /* compare what prototypes reach, too */
};

/*
 * Fills `report`, which report_init() has not seen yet; the caller ends it with
 * report_fini() if this succeeded.  Findings the baseline knows are marked.  A
 * baseline that was asked for is written before this returns.
 */
struct error *check_run(struct store *store, const struct check_options *options, struct report *report) MUST_CHECK;

#endif
