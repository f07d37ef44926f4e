/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From an atlas to files: which pages there are, and writing them. */
#ifndef ATLAS_RENDER_H
#define ATLAS_RENDER_H

#include <stdbool.h>

#include "atlas/error.h"
#include "atlas/store.h"

enum page_style { STYLE_ATLAS, STYLE_DEPSURF };

struct generate_options {
	const char *atlas_path;
	const char *out_dir;	  /* made if missing */
	const char *template_dir; /* NULL: the installed or built-in ones */
	const char *baseline;	  /* image name or glob; NULL: newest plain amd64, by the rules of groups.h */
	struct globs names;
	enum page_style style;
	const char *const *sources; /* source trees, as source_open() takes them */
	size_t source_count;
	const char *source_cache; /* where what was parsed is kept; NULL: nowhere */
	const char *data_dir;	  /* tables that take the place of the built-in ones of data/; NULL: none */
	const char *base_url;	  /* "https://example.org/atlas/", ends in a slash; NULL: no sitemap, feed and canonical
				     links */
	bool markdown, html;
	bool graphs; /* call graphs on HTML pages */
	int jobs;    /* worker processes, at least 1 */
	bool quiet;
};

/* `pages` is the number of function pages written. */
struct error *generate(const struct generate_options *options, size_t *pages) MUST_CHECK;

#endif
