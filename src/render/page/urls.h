/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the site's pages are, and the places elsewhere they lead to.  Links
 * within the site are relative to its top and fit for an attribute; templates
 * put {{root}} before them.  All texts live in the arena.
 */
#ifndef ATLAS_RENDER_URLS_H
#define ATLAS_RENDER_URLS_H

#include "atlas/function.h"
#include "site_plan.h"

/* "function/m/mempool_alloc.html"; NULL for a name without a page in this run. */
const char *url_function(struct arena *arena, const struct site_plan *plan, const char *name);
/* "struct/m/mempool_s.html"; NULL for a type without a page in this run. */
const char *url_type(struct arena *arena, const struct site_plan *plan, const char *name);
/* "function/k/kfree.more/6.1.176-1-generic-amd64/2.html": of what is too long for the function's own page.
 */
const char *url_extra(struct arena *arena, const struct site_plan *plan, const char *name, const struct image *image,
		      unsigned number);
/* "image/6.1.176-1-generic-amd64.html" */
const char *url_image(struct arena *arena, const struct image *image);
/* "diff/BEFORE..AFTER.html" */
const char *url_pair(struct arena *arena, const struct image *before, const struct image *after);
/* "source/mm/mempool.c.html"; NULL for a path no function is declared in. */
const char *url_source(struct arena *arena, const struct site_plan *plan, const char *path);
/* The same, at the row of a function that is defined there. */
const char *url_source_function(struct arena *arena, const struct site_plan *plan, const char *path, const char *name);
/* The id of that row; NULL for a name that is not fit for one. */
const char *url_function_id(struct arena *arena, const char *name);
/* "x.md" of "x.html", whatever follows; another link as it is. */
const char *url_markdown(struct arena *arena, const char *link);
/* "source/mm/index.html"; `folder` as folder_of() gives it, "" is the top. */
const char *url_folder(struct arena *arena, const char *folder);
/* "mm" of "mm/mempool.c"; "" where there is none, or where the path is not one to follow. */
const char *folder_of(struct arena *arena, const char *path);
/* The file behind a link: the link with its %XX undone. */
char *url_file(struct arena *arena, const char *link);
/* "../../" for a page at "function/m/x.html" */
const char *url_root(struct arena *arena, const char *page_link);

/* The line in the kernel's source as published; NULL where no such page can exist. */
const char *url_elixir(struct arena *arena, const struct image *image, const char *path, uint32_t line);
const char *url_git(struct arena *arena, const struct image *image, const char *path, uint32_t line);
/* "v6.1.176", "v6.12-rc7", "v5.4"; NULL if the version is no release of kernel.org. */
const char *url_tag(struct arena *arena, const struct image *image);

#endif
