/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One function, or one type, over the images of an atlas: for the terminal, and as JSON. */
#ifndef ATLAS_RENDER_SHOW_H
#define ATLAS_RENDER_SHOW_H

#include <stdio.h>

#include "atlas/store.h"
#include "render/page/page.h"

struct show_options {
	const char *atlas_path;
	const char *name;
	const char *image_glob; /* NULL: all images */
	bool callees;
	bool json;
	bool all;    /* every image's callers, every line */
	bool colour; /* headings in bold */
};

/* What is shown; images are those chosen. */
struct show {
	const struct show_options *options;
	struct store *store;
	struct arena *arena;
	struct page_input input;
	FILE *out;
};

/* An unknown name is an error that tells the nearest ones. */
struct error *show_run(const struct show_options *options, FILE *out) MUST_CHECK;

struct error *show_text(const struct show *show) MUST_CHECK;
/* The one image told in detail: the newest regular one that has the function, else the newest of all. */
size_t show_image_in_detail(const struct show *show);
struct error *show_json(const struct show *show) MUST_CHECK;

/* "struct mempool_s": a name that can be of no function. */
bool show_is_type_name(const char *name);
/* Types of the name, with or without their kind in front; `found` is false if no image has any. */
struct error *show_type(const struct show *show, bool *found) MUST_CHECK;

#endif
