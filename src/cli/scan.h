/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the verb `scan` share. */
#ifndef CLI_SCAN_H
#define CLI_SCAN_H

#include <stdbool.h>

#include "atlas/package.h"
#include "atlas/scan.h"
#include "atlas/store.h"

/* What belongs together and is written in one transaction. */
enum scan_job_kind {
	JOB_KERNEL,  /* a vmlinux, with the modules found for it in a tree (none if it was given alone) */
	JOB_PACKAGE, /* a package: whatever kernel and modules it holds */
	JOB_MODULES, /* modules that join images the atlas has */
};

struct scan_job {
	enum scan_job_kind kind;
	const char *path;     /* vmlinux or package; JOB_MODULES: the first module */
	const char **modules; /* files */
	size_t module_count;
};

struct scan_run {
	struct scan_options options;
	const char *atlas_path;
	const char **debug_dirs;
	const char *image; /* --image: what lone modules join */
	enum store_conflict conflict;
	struct package_limits limits;
	bool no_modules;
	bool quiet;
	int jobs;
	struct arena arena;
	VEC(struct scan_job) work;
	size_t failed;
};

/* Turns the arguments into jobs.  What cannot be read is reported and counted in `run->failed`. */
struct error *scan_find_jobs(struct scan_run *run, char **inputs, size_t count) MUST_CHECK;

/*
 * Does one job and writes it.  Adds a line a kernel to `output`; reports broken
 * modules on standard error as they are met and counts them in `failed`.
 */
struct error *scan_do_job(const struct scan_run *run, const struct scan_job *job, struct str *output,
			  size_t *failed) MUST_CHECK;

#endif
